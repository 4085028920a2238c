import { setTimeout as sleep } from "node:timers/promises";
import { SqliteError, type Database as Client } from "better-sqlite3";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { storeFailure } from "./failure.ts";
import type { Statement, Values, QueryBuilder, Query } from "../statements/statement.ts";
import { run, type Runner, type Step, type Steps, rowMapper, binder } from "../statements/steps.ts";

/**
 * How to end each read transaction that is open in this process. A write ends them all first: the next read then sees what
 * was written.
 */
const openReads = new Set<() => void>();

export interface SqliteRunner extends Runner {
  /** Commits what waits, ends the open read transaction, and then runs `work`. Nothing else uses the connection meanwhile. */
  exclusively<Result>(work: () => Result): Promise<Result>;
  /** `transaction` without a promise. For opening a database, when nobody else uses the connection yet. */
  transactionSync<Result>(steps: () => Steps<Result>, readsOnly?: boolean): Result;
}

/**
 * Runs a store's steps on better-sqlite3.
 *
 * Transactions are `immediate`: they lock the file at their start. With SQLite's default, two processes that read and then
 * write make each other fail.
 *
 * Writes that are ready at the same time share one commit, since a commit costs more than all else: when shifts change,
 * many people answer at once. Each write is still all or nothing by itself.
 *
 * Reads that follow each other share one read transaction, since its lock costs more than most reads. They share it only
 * until the event loop turns to something from outside: so no read misses a write of another process that it could
 * already know of.
 *
 * While another process has locked the file, reads and writes wait here and try again. The connection has no
 * `busy_timeout`: SQLite would wait inside the call and so stop the whole process.
 * @param patience milliseconds that a read or write waits for another process; then it fails with AttuneError `store`
 */
export const sqliteRunner = (client: Client, patience: number): SqliteRunner => {
  const carryOut = performer(client);
  const inTransaction = client.transaction(carryOut);
  const { readNow, endRead } = sharedReads(client, carryOut);
  const { commitSoon, settled } = sharedCommits(client, inTransaction, patience);

  return {
    read: async (steps) => {
      const until = performance.now() + patience;
      for (let attempt = 0; ; attempt += 1) {
        try {
          return readNow(steps);
        } catch (thrown) {
          endRead();
          if (!isLocked(thrown) || performance.now() >= until) throw storeFailure(thrown);
        }
        await sleep(pauseAfter(attempt));
      }
    },
    // SQLite has one writer at a time, so every transaction runs alone.
    transaction: commitSoon,
    lockedTransaction: (_locks, steps) => commitSoon(steps),
    write: (statement, values) => commitSoon(() => run(statement, values)),
    // Writes that are ready together share a commit anyway.
    batched: (steps) => async (act) => (await commitSoon(() => steps([act])))[0] === true,
    async exclusively(work) {
      await settled();
      endRead();
      return work();
    },
    transactionSync: <Result>(steps: () => Steps<Result>, readsOnly = false) =>
      (readsOnly ? inTransaction.deferred(steps) : inTransaction.immediate(steps)) as Result,
  };
};

type CarryOut = <Result>(start: () => Steps<Result>) => Result;

/** Carries out steps one after the other. Each statement is prepared once. */
function performer(client: Client): CarryOut {
  const db = drizzle(client);
  const readers = new WeakMap<Statement, (values: Values) => unknown>();
  const writers = new WeakMap<Statement, (values: Values) => number>();

  const change = (statement: Statement, each: Iterable<Values>): number => {
    let write = writers.get(statement);
    if (write === undefined) writers.set(statement, (write = writer(client, db, statement)));
    let changes = 0;
    for (const values of each) changes += write(values);
    return changes;
  };

  const perform = (step: Step): unknown => {
    if (step.ask === "together") return step.steps.map(perform);
    if (step.ask === "changed-each") return step.each.map((values) => change(step.statement, [values]) === 1);
    if (step.ask === "rows") {
      let read = readers.get(step.statement);
      if (read === undefined) readers.set(step.statement, (read = reader(client, db, step.statement)));
      return read(step.values);
    }
    return change(step.statement, step.each);
  };

  return (start) => {
    const steps = start();
    let turn = steps.next();
    while (turn.done !== true) turn = steps.next(perform(turn.value));
    return turn.value;
  };
}

/** Reads that follow each other share one read transaction. */
function sharedReads(client: Client, carryOut: CarryOut) {
  const begin = client.prepare("begin");
  const end = client.prepare("commit");
  const endRead = (): void => {
    if (openReads.delete(endRead) && client.inTransaction) end.run();
  };
  const readNow: CarryOut = (steps) => {
    if (!openReads.has(endRead)) {
      begin.run();
      openReads.add(endRead);
      // Runs before the event loop takes in anything from outside.
      process.nextTick(endRead);
    }
    return carryOut(steps);
  };
  return { readNow, endRead };
}

/** Writes that are ready at the same time share one commit. */
function sharedCommits(
  client: Client,
  inTransaction: (steps: () => Steps<unknown>) => unknown,
  patience: number,
) {
  let waiting: Write[] = [];

  /**
   * Each write is a savepoint of one transaction. SQLite can undo it alone. An error after which no transaction is left
   * has undone all of them, so all of them fail.
   */
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
      for (const endIt of openReads) endIt();
      for (const settle of commit.immediate(writes)) settle();
    } catch (thrown) {
      const now = performance.now();
      for (const write of writes) {
        if (isLocked(thrown) && now < write.until) waiting.push(write);
        else write.reject(storeFailure(thrown));
      }
      if (waiting.length > 0) setTimeout(commitWaiting, pauseAfter(attempt), attempt + 1);
    }
  };

  const commitSoon = <Result>(steps: () => Steps<Result>): Promise<Result> =>
    new Promise((resolve, reject) => {
      // Runs after this turn of the event loop, so that all writes of this turn share the commit.
      if (waiting.length === 0) setImmediate(commitWaiting, 0);
      waiting.push({ steps, resolve, reject, until: performance.now() + patience });
    });

  /** Once no write waits any more. This ends: none waits longer than `patience`. */
  const settled = async (): Promise<void> => {
    commitWaiting(0);
    for (let attempt = 0; waiting.length > 0; attempt += 1) await sleep(pauseAfter(attempt));
  };

  return { commitSoon, settled };
}

/** A write that waits for its commit. */
interface Write {
  readonly steps: () => Steps<unknown>;
  /** Until when it waits for another process, on `performance.now()`, in milliseconds. */
  readonly until: number;
  resolve(result: unknown): void;
  reject(failure: unknown): void;
}

/** Another process has locked the file. SQLite has undone what was begun, so it may be tried again. */
const isLocked = (thrown: unknown): boolean =>
  thrown instanceof SqliteError && thrown.code.startsWith("SQLITE_BUSY");

/** Milliseconds before the next try. A commit of another process takes one or two; a copy or an upgrade takes more. */
const pauseAfter = (attempt: number): number => Math.min(2 ** attempt, 25);

// Drizzle's SQL on the driver's own statements. Drizzle decides at every run what each parameter and each
// column is; deciding once saves a third of a plan's inserts and half of a small read.

/** Runs a query and returns its rows by the names of its columns. */
export const reader = (client: Client, db: QueryBuilder, query: Query<unknown>) => {
  const { sql, params } = query.build(db).toSQL();
  const statement = client.prepare(sql).raw();
  const bind = binder(params);
  const named = rowMapper(query.columns);
  return (values: Values): unknown => (statement.all(...bind(values)) as unknown[][]).map(named);
};

/** Runs a write and returns how many rows it changed. */
export const writer = (client: Client, db: QueryBuilder, command: Statement) => {
  const { sql, params } = command.build(db).toSQL();
  const statement = client.prepare(sql);
  const bind = binder(params);
  return (values: Values): number => statement.run(...bind(values)).changes;
};
