import { setTimeout as sleep } from "node:timers/promises";
import { SqliteError, type Database as Client } from "better-sqlite3";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { storeFailure } from "./failure.ts";
import { reader, writer } from "./statements.ts";
import {
  run,
  type Runner,
  type Statement,
  type Step,
  type Steps,
  type Values,
} from "../statements/statement.ts";

/** Ends every view that a runner of this process still reads, so that the next read sees what is written now. */
const openViews = new Set<() => void>();

export interface SqliteRunner extends Runner {
  /** Commits what waits, ends the view that is being read, and then does this on the connection, which nothing else uses meanwhile. */
  apart<Result>(work: () => Result): Promise<Result>;
  /** `guarded`, without a promise: for opening, when nobody else has this connection yet. */
  atOnce<Result>(steps: () => Steps<Result>, readsOnly?: boolean): Result;
}

/**
 * Runs a store's steps on better-sqlite3. Transactions are immediate: with SQLite's default, two processes
 * that read and then write make each other fail. Reads that follow one another without waiting for the
 * outside (and so cannot have heard of another process's write) share one view: taking SQLite's read lock
 * costs more than most of our reads. Writes that are ready together share one commit, since the disk costs more than
 * all else: at a change of shifts many people answer at once. Each is still all or nothing by itself.
 *
 * While another process holds the file, everything here waits, and nothing else does: the connection has no
 * `busy_timeout`, since SQLite's own waiting stops the event loop with all that other programs and health ask.
 * @param patience milliseconds that a read or write waits for another process; then it fails with AttuneError `store`
 */
export const sqliteRunner = (client: Client, patience: number): SqliteRunner => {
  const db = drizzle(client);
  const readers = new WeakMap<Statement, (values: Values) => unknown>();
  const writers = new WeakMap<Statement, (values: Values) => number>();
  const begin = client.prepare("begin");
  const end = client.prepare("commit");

  const change = (statement: Statement, each: Iterable<Values>): number => {
    let write = writers.get(statement);
    if (write === undefined) writers.set(statement, (write = writer(client, db, statement)));
    let changes = 0;
    for (const values of each) changes += write(values);
    return changes;
  };

  const perform = (step: Step): unknown => {
    if (step.ask === "together") return step.steps.map(perform);
    if (step.ask === "which") return step.each.map((values) => change(step.statement, [values]) === 1);
    if (step.ask === "rows") {
      let read = readers.get(step.statement);
      if (read === undefined) readers.set(step.statement, (read = reader(client, db, step.statement)));
      return read(step.values);
    }
    return change(step.statement, step.each);
  };

  const carryOut = <Result>(start: () => Steps<Result>): Result => {
    const steps = start();
    let turn = steps.next();
    while (turn.done !== true) turn = steps.next(perform(turn.value));
    return turn.value;
  };

  const inTransaction = client.transaction(carryOut);

  const leaveView = (): void => {
    if (openViews.delete(leaveView) && client.inTransaction) end.run();
  };

  let waiting: Write[] = [];

  /** Inside of a transaction SQLite undoes one write alone; an error that undid all of them is everybody's. */
  const commit = client.transaction((writes: readonly Write[]): readonly (() => void)[] =>
    writes.map(({ steps, resolve, reject }) => {
      try {
        const result = inTransaction(steps);
        return () => resolve(result);
      } catch (thrown) {
        if (!client.inTransaction) throw thrown;
        return () => reject(storeFailure(thrown));
      }
    }),
  );

  const commitWaiting = (attempt: number): void => {
    const writes = waiting;
    waiting = [];
    if (writes.length === 0) return;
    try {
      for (const leave of openViews) leave();
      for (const settle of commit.immediate(writes)) settle();
    } catch (thrown) {
      const now = performance.now();
      for (const write of writes) {
        if (isHeld(thrown) && now < write.until) waiting.push(write);
        else write.reject(storeFailure(thrown));
      }
      if (waiting.length > 0) setTimeout(commitWaiting, pauseAfter(attempt), attempt + 1);
    }
  };

  const alone = <Result>(steps: () => Steps<Result>): Promise<Result> =>
    new Promise((resolve, reject) => {
      // Runs once all that has arrived was looked at.
      if (waiting.length === 0) setImmediate(commitWaiting, 0);
      waiting.push({ steps, resolve, reject, until: performance.now() + patience });
    });

  const readNow = <Result>(steps: () => Steps<Result>): Result => {
    if (!openViews.has(leaveView)) {
      begin.run();
      openViews.add(leaveView);
      // Runs when no promise is left to settle, and so before anything arrives from outside.
      process.nextTick(leaveView);
    }
    return carryOut(steps);
  };

  return {
    reading: async (steps) => {
      const until = performance.now() + patience;
      for (let attempt = 0; ; attempt += 1) {
        try {
          return readNow(steps);
        } catch (thrown) {
          leaveView();
          if (!isHeld(thrown) || performance.now() >= until) throw storeFailure(thrown);
        }
        await sleep(pauseAfter(attempt));
      }
    },
    // One writer at a time is all there is.
    guarded: alone,
    inTurn: (_keys, steps) => alone(steps),
    singly: (statement, values) => alone(() => run(statement, values)),
    // All that is ready together shares a commit anyway.
    batching: (steps) => async (act) => (await alone(() => steps([act])))[0] === true,
    async apart(work) {
      commitWaiting(0);
      // None of them waits for longer than its patience.
      for (let attempt = 0; waiting.length > 0; attempt += 1) await sleep(pauseAfter(attempt));
      leaveView();
      return work();
    },
    atOnce: <Result>(steps: () => Steps<Result>, readsOnly = false) =>
      (readsOnly ? inTransaction.deferred(steps) : inTransaction.immediate(steps)) as Result,
  };
};

/** A write that waits for its commit. */
interface Write {
  readonly steps: () => Steps<unknown>;
  /** On `performance.now()`: for so long it waits for another process. */
  readonly until: number;
  resolve(result: unknown): void;
  reject(failure: unknown): void;
}

/** Another process holds the file. What was begun is undone by then, so that it may be begun again. */
const isHeld = (thrown: unknown): boolean =>
  thrown instanceof SqliteError && thrown.code.startsWith("SQLITE_BUSY");

/** Milliseconds: a commit of another process takes one or two, a copy or an upgrade more. */
const pauseAfter = (attempt: number): number => Math.min(2 ** attempt, 25);
