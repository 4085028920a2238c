import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { loadMasterKey } from "#db/keys/key-file.ts";
import type { Database } from "#db/store/database.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import type { Folder } from "../unit/config/folder.ts";

const CLI = join(import.meta.dirname, "..", "..", "src", "cli.ts");
/** What a command asks of the outside is refused as it is in the tests themselves. */
const ALONE = { NODE_OPTIONS: `--import=${join(import.meta.dirname, "this-machine-only.ts")}` };

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command line on the program and database of a folder, as an operator's shell runs it. */
export interface CommandLine {
  run(...args: readonly string[]): Ran;
  /** The same with these variables, too. */
  runWith(env: Readonly<Record<string, string>>, ...args: readonly string[]): Ran;
  /** Runs it beside this process. */
  start(...args: readonly string[]): Promise<Ran>;
  startWith(env: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Ran>;
  /** Reads its first line, and closes the pipe. */
  firstLine(...args: readonly string[]): Promise<Ran>;
  /** Begins it, and kills it (SIGKILL) as soon as `isMidway`; how it ended when that never came. */
  killedWhen(
    isMidway: () => Promise<boolean> | boolean,
    env: Readonly<Record<string, string>>,
    ...args: readonly string[]
  ): Promise<Ran>;
  /** The database that it works on, made when there is none. */
  open(): Database;
}

export function commandLine(folder: Folder): CommandLine {
  const places = {
    ATTUNE_PROGRAM: folder.path("program.yaml"),
    ATTUNE_DB: folder.path("attune.db"),
    ATTUNE_KEY_FILE: folder.path("attune.key"),
  };
  const options = { cwd: folder.path("."), encoding: "utf8" } as const;
  const runWith = (env: Readonly<Record<string, string>>, ...args: readonly string[]): Ran =>
    spawnSync(process.execPath, [CLI, ...args], {
      ...options,
      input: "",
      env: { PATH: process.env["PATH"], ...ALONE, ...places, ...env },
    });
  const begin = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    spawn(process.execPath, [CLI, ...args], {
      cwd: options.cwd,
      env: { PATH: process.env["PATH"], ...ALONE, ...places, ...env },
    });
  return {
    runWith,
    run: (...args) => runWith({}, ...args),
    start: (...args) => ended(begin(args)),
    startWith: (env, ...args) => ended(begin(args, env)),
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
