import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { loadMasterKey } from "#db/keys/key-file.ts";
import type { Database } from "#db/store/database.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import { ranInThread, runInThread } from "./warm-commands.ts";
import type { Folder } from "../unit/config/folder.ts";

const CLI = join(import.meta.dirname, "..", "..", "src", "cli.ts");
/** What a command asks of the outside is refused as it is in the tests themselves. */
const ALONE = { NODE_OPTIONS: `--import=${join(import.meta.dirname, "this-machine-only.ts")}` };

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

type Env = Readonly<Record<string, string>>;

/** The command line on the program and database of a folder, as an operator's shell runs it. */
export interface CommandLine {
  run(...args: readonly string[]): Ran;
  /** The same with these variables, too. */
  runWith(env: Env, ...args: readonly string[]): Ran;
  /** Runs it beside this process. */
  start(...args: readonly string[]): Promise<Ran>;
  startWith(env: Env, ...args: readonly string[]): Promise<Ran>;
  /** Reads its first line, and closes the pipe. */
  firstLine(...args: readonly string[]): Promise<Ran>;
  /** Begins it, and kills it (SIGKILL) as soon as `isMidway`; how it ended when that never came. */
  killedWhen(isMidway: () => Promise<boolean> | boolean, env: Env, ...args: readonly string[]): Promise<Ran>;
  /** The database that it works on, made when there is none. */
  open(): Database;
}

/** What Node reads when a process starts, or a process keeps what it made of it. */
const isReadAtStart = (variable: string): boolean => /^NODE_|_PROXY$/iu.test(variable);

/**
 * Commands run one after another in a thread that has read their modules already, since most of their time is their start; but for those
 * that need a process: to be killed, to be read half, or for variables that Node reads.
 */
export function commandLine(folder: Folder): CommandLine {
  const places = {
    ATTUNE_PROGRAM: folder.path("program.yaml"),
    ATTUNE_DB: folder.path("attune.db"),
    ATTUNE_KEY_FILE: folder.path("attune.key"),
  };
  const inThread = { PATH: process.env["PATH"], ...places };
  const apart = (env: Env) => ({ cwd: folder.path("."), env: { ...ALONE, ...inThread, ...env } });
  const needsProcess = (env: Env) => Object.keys(env).some(isReadAtStart);
  const begin = (args: readonly string[], env: Env = {}) =>
    spawn(process.execPath, [CLI, ...args], apart(env));
  const runWith = (env: Env, ...args: readonly string[]): Ran =>
    needsProcess(env)
      ? spawnSync(process.execPath, [CLI, ...args], { ...apart(env), encoding: "utf8", input: "" })
      : within(folder.path("."), () => ranInThread(args, { ...inThread, ...env }));
  const startWith = (env: Env, ...args: readonly string[]): Promise<Ran> =>
    needsProcess(env) ? ended(begin(args, env)) : runInThread(args, { ...inThread, ...env });
  return {
    runWith,
    run: (...args) => runWith({}, ...args),
    start: (...args) => startWith({}, ...args),
    startWith,
    firstLine(...args) {
      const child = begin(args);
      child.stdout.once("data", () => child.stdout.destroy());
      return ended(child);
    },
    async killedWhen(isMidway, env, ...args) {
      const child = begin(args, env);
      const end = ended(child);
      const isOver = () => child.exitCode !== null || child.signalCode !== null;
      while (!isOver() && !(await isMidway())) await new Promise(setImmediate);
      child.kill("SIGKILL");
      return end;
    },
    open: () =>
      openSqlite({
        file: places.ATTUNE_DB,
        keys: loadMasterKey(places.ATTUNE_KEY_FILE, { create: true }),
      }),
  };
}

/** Does something as if this process had been started in this folder. */
function within<Result>(folder: string, work: () => Result): Result {
  const before = process.cwd();
  process.chdir(folder);
  try {
    return work();
  } finally {
    process.chdir(before);
  }
}

function ended(child: ReturnType<typeof spawn>): Promise<Ran> {
  let stdout = "";
  let stderr = "";
  child.stdout?.on("data", (bytes: Buffer) => (stdout += bytes.toString()));
  child.stderr?.on("data", (bytes: Buffer) => (stderr += bytes.toString()));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (status) => resolve({ status, stdout, stderr }));
  });
}
