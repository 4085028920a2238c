import type { Database as Client } from "better-sqlite3";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { storeFailure } from "./failure.ts";
import { reader, writer } from "./sqlite-statements.ts";
import { run, type Runner, type Statement, type Step, type Steps, type Values } from "./statement.ts";

/** Ends every view that a runner of this process still reads, so that the next read sees what is written now. */
const openViews = new Set<() => void>();

export interface SqliteRunner extends Runner {
  /** Ends the view that is being read: before the connection does anything by itself, or closes. */
  release(): void;
  /** `guarded`, without a promise: for opening, when nobody else has this connection yet. */
  atOnce<Result>(steps: () => Steps<Result>): Result;
}

/**
 * Runs a store's steps on better-sqlite3. Transactions are immediate: with SQLite's default, two processes
 * that read and then write make each other fail. Reads that follow one another without waiting for the
 * outside (and so cannot have heard of another process's write) share one view: taking SQLite's read lock
 * costs more than most of our reads.
 */
export const sqliteRunner = (client: Client): SqliteRunner => {
  const db = drizzle(client);
  const readers = new WeakMap<Statement, (values: Values) => unknown>();
  const writers = new WeakMap<Statement, (values: Values) => number>();
  const begin = client.prepare("begin");
  const end = client.prepare("commit");

  const perform = (step: Step): unknown => {
    if (step.ask === "together") return step.steps.map(perform);
    if (step.ask === "rows") {
      let read = readers.get(step.statement);
      if (read === undefined) readers.set(step.statement, (read = reader(client, db, step.statement)));
      return read(step.values);
    }
    let write = writers.get(step.statement);
    if (write === undefined) writers.set(step.statement, (write = writer(client, db, step.statement)));
    let changes = 0;
    for (const values of step.each) changes += write(values);
    return changes;
  };

  const carryOut = <Result>(start: () => Steps<Result>): Result => {
    const steps = start();
    let turn = steps.next();
    while (turn.done !== true) turn = steps.next(perform(turn.value));
    return turn.value;
  };

  const inTransaction = client.transaction(carryOut);

  const release = (): void => {
    if (openViews.delete(release) && client.inTransaction) end.run();
  };

  const alone = async <Result>(steps: () => Steps<Result>): Promise<Result> => {
    try {
      for (const leave of openViews) leave();
      return inTransaction.immediate(steps) as Result;
    } catch (thrown) {
      throw storeFailure(thrown);
    }
  };

  return {
    reading: async (steps) => {
      try {
        if (!openViews.has(release)) {
          begin.run();
          openViews.add(release);
          // Runs when no promise is left to settle, and so before anything arrives from outside.
          process.nextTick(release);
        }
        return carryOut(steps);
      } catch (thrown) {
        release();
        throw storeFailure(thrown);
      }
    },
    // One writer at a time is all there is.
    guarded: alone,
    inTurn: (_keys, steps) => alone(steps),
    singly: (statement, values) => alone(() => run(statement, values)),
    release,
    atOnce: <Result>(steps: () => Steps<Result>) => inTransaction.immediate(steps) as Result,
  };
};
