import { once } from "node:events";
import { join } from "node:path";
import { MessageChannel, receiveMessageOnPort, Worker } from "node:worker_threads";
import type { Ran } from "./command-line.ts";
import type { AskedCommand } from "./command-thread.ts";

const QUICK_START = join(import.meta.dirname, "..", "..", "src", "entry", "quick-start.cjs");
/** Milliseconds within which any command ends, on a busy machine. */
const LONGEST = 120_000;

let thread: Worker | undefined;

type Environment = AskedCommand["env"];

/** Runs a command in a thread of this process, which has read the command line's modules already, and waits until it has ended. */
export function ranInThread(args: readonly string[], env: Environment): Ran {
  const { answers, flag } = ask(args, env);
  Atomics.wait(flag, 0, 0, LONGEST);
  const told = receiveMessageOnPort(answers);
  answers.close();
  if (told === undefined) throw new Error(`attune ${args.join(" ")} has not ended`);
  return told.message as Ran;
}

/** The same, while this thread goes on: it may be the one that answers the command. */
export async function runInThread(args: readonly string[], env: Environment): Promise<Ran> {
  const { answers } = ask(args, env);
  const [told] = (await once(answers, "message")) as [Ran];
  answers.close();
  return told;
}

function ask(args: readonly string[], env: Environment) {
  thread ??= opened();
  const { port1: answers, port2: answer } = new MessageChannel();
  const flag = new Int32Array(new SharedArrayBuffer(4));
  thread.postMessage({ args, env, answer, flag } satisfies AskedCommand, [answer]);
  return { answers, flag };
}

function opened(): Worker {
  const worker = new Worker(new URL("command-thread.ts", import.meta.url), {
    env: {},
    execArgv: ["--require", QUICK_START],
  });
  worker.unref();
  return worker;
}
