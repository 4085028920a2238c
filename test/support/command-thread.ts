import { parentPort, type MessagePort } from "node:worker_threads";
import "./this-machine-only.ts";
import { cli } from "#src/command-line/cli.ts";
import type { Ran } from "./command-line.ts";

/* A thread that runs one command after another, with modules that are read once: most of a command's time is its start. */

export interface AskedCommand {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly answer: MessagePort;
  /** Set to 1 and notified when the answer is there. */
  readonly flag: Int32Array;
}

// A library of Teams' SDK (graceful-fs) remembers the first folder that it is asked for; here each command is in another one.
const { cwd } = process;
Object.defineProperty(process, "cwd", { get: () => cwd, set() {} });

// Each command listens to what it writes to.
for (const stream of [process.stdout, process.stderr]) stream.setMaxListeners(0);

let last: Promise<unknown> = Promise.resolve();
parentPort!.on("message", (asked: AskedCommand) => {
  last = last.then(async () => {
    const outcome = await ran(asked);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port has no origin
    asked.answer.postMessage(outcome);
    Atomics.store(asked.flag, 0, 1);
    Atomics.notify(asked.flag, 0);
  });
});

async function ran({ args, env }: AskedCommand): Promise<Ran> {
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, env);
  const written = { stdout: "", stderr: "" };
  const before = { stdout: process.stdout.write, stderr: process.stderr.write };
  for (const name of ["stdout", "stderr"] as const)
    process[name].write = (text: string | Uint8Array) => {
      written[name] += typeof text === "string" ? text : Buffer.from(text).toString();
      return true;
    };
  process.exitCode = 0;
  try {
    await cli([process.execPath, "attune", ...args]);
  } finally {
    Object.assign(process.stdout, { write: before.stdout });
    Object.assign(process.stderr, { write: before.stderr });
  }
  return { status: process.exitCode, ...written };
}
