import { getCompileCacheDir } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import pLimit from "p-limit";
import {
  failed,
  FLAG,
  type ReadingRoom,
  type ReadingTask,
  type SourceRead,
  refused,
} from "./reading-task.ts";
import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from "node:worker_threads";
import type { RosterProblem } from "../text/problem.ts";

export interface RoomOptions {
  readonly limits?: ThreadLimits;
  /** Aborts when whoever reads is closing: what is under way ends at once. */
  readonly shutdown?: AbortSignal;
}

/** Files read at the same time: a slow one of one program holds up no other program's. */
const AT_A_TIME = 2;
/** Milliseconds that a thread is kept for the next file: rosters change together. */
const WARM = 2_000;

/** A room has no thread before there is something to read, and none again soon after. */
export function readingRoom({ limits = LIMITS, shutdown }: RoomOptions = {}): ReadingRoom {
  const free: OwnThread[] = [];
  const inTurn = pLimit(AT_A_TIME);

  const keepWarm = (thread: OwnThread) => {
    free.push(thread);
    setTimeout(() => {
      const place = free.indexOf(thread);
      if (place !== -1) free.splice(place, 1)[0]!.end();
    }, WARM).unref();
  };
  const read = async (task: ReadingTask): Promise<SourceRead> => {
    const thread = free.pop() ?? ownThread(limits);
    const end = () => thread.end();
    shutdown?.addEventListener("abort", end);
    if (shutdown?.aborted) end();
    const found = await thread.ask(task);
    shutdown?.removeEventListener("abort", end);
    if (!thread.isOver()) keepWarm(thread);
    return found;
  };

  return { read: (task) => inTurn(() => read(task)) };
}

/** What a thread is sent. Whoever can do nothing else meanwhile waits at the flag. */
export interface Asked {
  readonly task: ReadingTask;
  readonly waiting?: { readonly port: MessagePort; readonly flag: Int32Array };
}

export interface ThreadLimits {
  /** Milliseconds of a processor for one file. */
  readonly time: number;
  /** Megabytes for what is made of it. */
  readonly memory: number;
}

/** Half of this memory is enough for 50,000 shifts of a feed, and a twentieth of the time. */
export const LIMITS: ThreadLimits = { time: 10_000, memory: 160 };

/** Milliseconds for starting a thread, on a machine that is busy. */
const OPENING = 30_000;
/** How many times its time a file is waited for, on a machine whose processors are busy with others. */
const BUSY = 3;
/** Megabytes for what is just made and mostly thrown away. */
const YOUNG = 24;

/** A thread that reads one file at a time. */
export interface OwnThread {
  /** Never rejects: what exceeds a limit is refused, and the thread is over. */
  ask(task: ReadingTask): Promise<SourceRead>;
  end(): void;
  isOver(): boolean;
}

export function ownThread(limits: ThreadLimits): OwnThread {
  const worker = open(limits);
  let isOver = false;
  let isOpen = false;
  let answer: ((read: SourceRead) => void) | undefined;
  let file = "";
  let stop = () => {};

  const settle = (read: SourceRead) => {
    stop();
    // A process with nothing else to do may end while the thread waits for work.
    worker.unref();
    answer?.(read);
    answer = undefined;
  };
  const end = (problem: (file: string) => RosterProblem, passes?: true) => {
    if (isOver) return;
    isOver = true;
    settle(refused(problem(file), passes));
    void worker.terminate();
  };
  const tooLong = (milliseconds: number) => () => end((name) => tooSlow(name, milliseconds), true);
  const read = () => {
    stop();
    stop = timed(worker, limits.time, tooLong(limits.time));
  };

  worker.on("message", (told: SourceRead | "open") => {
    if (told !== "open") return settle(told);
    isOpen = true;
    if (answer !== undefined) read();
  });
  worker.on("error", (error: NodeJS.ErrnoException) => {
    const isMemory = error.code === "ERR_WORKER_OUT_OF_MEMORY";
    end((file) => (isMemory ? tooMuch(file, limits.memory) : failed(file, error.name)));
  });
  worker.on("exit", () => end((file) => failed(file, "exit")));

  return {
    ask: (task) =>
      new Promise((resolve) => {
        if (isOver) return resolve(refused(ended(task.source.name), true));
        [file, answer] = [task.source.name, resolve];
        worker.ref();
        if (isOpen) read();
        else stop = after(OPENING, tooLong(OPENING));
        return worker.postMessage({ task } satisfies Asked);
      }),
    end: () => end(ended, true),
    isOver: () => isOver,
  };
}

/** For a program that cannot start, where nothing else is to be done: waits for a file within the same limits. */
export function readBlocking(task: ReadingTask, limits: ThreadLimits = LIMITS): SourceRead {
  const worker = open(limits);
  const { port1, port2 } = new MessageChannel();
  const flag = new Int32Array(new SharedArrayBuffer(4));
  worker.postMessage({ task, waiting: { port: port2, flag } } satisfies Asked, [port2]);
  Atomics.wait(flag, 0, FLAG.opening, OPENING);
  Atomics.wait(flag, 0, FLAG.reading, limits.time * BUSY);
  const told = receiveMessageOnPort(port1);
  port1.close();
  void worker.terminate();
  return (told?.message as SourceRead | undefined) ?? refused(tooSlow(task.source.name, limits.time), true);
}

/**
 * Calls `over` once a thread has had so many milliseconds of a processor: what else the machine does is not the file's fault. Whatever
 * it does, it has three times as long by the clock. Returns how to stop it.
 */
function timed(worker: Worker, milliseconds: number, over: () => void): () => void {
  const before = timeOf(worker);
  const stopLast = after(milliseconds * BUSY, over);
  const look = async () => {
    const left = milliseconds - ((await timeOf(worker)) - (await before));
    if (isStopped) return;
    if (left < 1) over();
    else stopNext = after(left, look);
  };
  let isStopped = false;
  let stopNext = after(milliseconds, look);
  return () => {
    isStopped = true;
    stopLast();
    stopNext();
  };
}

function after(milliseconds: number, then: () => unknown): () => void {
  const timer = setTimeout(then, milliseconds);
  return () => clearTimeout(timer);
}

/** How many milliseconds of a processor a thread has had; the clock's, where Node does not tell (before 24.6) or it has ended. */
async function timeOf(worker: Worker): Promise<number> {
  try {
    const { user, system } = await worker.cpuUsage();
    return (user + system) / 1_000;
  } catch {
    return performance.now();
  }
}

const QUICK_START = fileURLToPath(new URL("../../entry/quick-start.cjs", import.meta.url));

/**
 * It is lent nothing: no environment with its secrets, no output. It only finds what the process has compiled already:
 * compiling took more memory than reading does.
 */
function open({ memory }: ThreadLimits): Worker {
  const compiled = getCompileCacheDir();
  const worker = new Worker(new URL("reading-thread.ts", import.meta.url), {
    env: compiled === undefined ? {} : { NODE_COMPILE_CACHE: dirname(compiled) },
    execArgv: ["--require", QUICK_START],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: memory, maxYoungGenerationSizeMb: YOUNG },
  });
  worker.unref();
  return worker;
}

const LESS = "export less of it, and look for rules that repeat without end";

const tooSlow = (file: string, milliseconds: number): RosterProblem => ({
  file,
  message: `reading it took more than ${milliseconds / 1_000} s`,
  todo: LESS,
  why: { code: "too-much" },
});

const tooMuch = (file: string, megabytes: number): RosterProblem => ({
  file,
  message: `reading it took more than ${megabytes} MB of memory`,
  todo: LESS,
  why: { code: "too-much" },
});

const ended = (file: string): RosterProblem => ({
  file,
  message: "Attune ended before it was read",
  todo: "it is read at the next start",
  why: { code: "not-fetched" },
});
