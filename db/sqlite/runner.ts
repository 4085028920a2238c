import type { Database as Client } from "better-sqlite3";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { storeFailure } from "../failure.ts";
import { reader, writer } from "./statements.ts";
import { run, type Runner, type Statement, type Step, type Steps, type Values } from "../statement.ts";

/** Ends every view that a runner of this process still reads, so that the next read sees what is written now. */
const openViews = new Set<() => void>();

export interface SqliteRunner extends Runner {
  /** Commits what waits and ends the view that is being read: before the connection does anything by itself, or closes. */
  release(): void;
  /** `guarded`, without a promise: for opening, when nobody else has this connection yet. */
  atOnce<Result>(steps: () => Steps<Result>): Result;
}

/**
 * Runs a store's steps on better-sqlite3. Transactions are immediate: with SQLite's default, two processes
 * that read and then write make each other fail. Reads that follow one another without waiting for the
 * outside (and so cannot have heard of another process's write) share one view: taking SQLite's read lock
 * costs more than most of our reads. Writes that are ready together share one commit, since the disk costs more than
 * all else: at a change of shifts many people answer at once. Each is still all or nothing by itself.
 */
export const sqliteRunner = (client: Client): SqliteRunner => {
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

  const commitWaiting = (): void => {
    const writes = waiting;
    waiting = [];
    if (writes.length === 0) return;
    try {
      for (const leave of openViews) leave();
      for (const settle of commit.immediate(writes)) settle();
    } catch (thrown) {
      for (const { reject } of writes) reject(storeFailure(thrown));
    }
  };

  const alone = <Result>(steps: () => Steps<Result>): Promise<Result> =>
    new Promise((resolve, reject) => {
      // Runs once all that has arrived was looked at.
      if (waiting.length === 0) setImmediate(commitWaiting);
      waiting.push({ steps, resolve, reject });
    });

  return {
    reading: async (steps) => {
      try {
        if (!openViews.has(leaveView)) {
          begin.run();
          openViews.add(leaveView);
          // Runs when no promise is left to settle, and so before anything arrives from outside.
          process.nextTick(leaveView);
        }
        return carryOut(steps);
      } catch (thrown) {
        leaveView();
        throw storeFailure(thrown);
      }
    },
    // One writer at a time is all there is.
    guarded: alone,
    inTurn: (_keys, steps) => alone(steps),
    singly: (statement, values) => alone(() => run(statement, values)),
    // All that is ready together shares a commit anyway.
    gathering: (steps) => async (act) => (await alone(() => steps([act])))[0] === true,
    release() {
      commitWaiting();
      leaveView();
    },
    atOnce: <Result>(steps: () => Steps<Result>) => inTransaction.immediate(steps) as Result,
  };
};

/** A write that waits for its commit. */
interface Write {
  readonly steps: () => Steps<unknown>;
  resolve(result: unknown): void;
  reject(failure: unknown): void;
}
