import type { SQL } from "drizzle-orm";
import type {
  BaseSQLiteDatabase,
  SQLiteColumn,
  SQLiteSelectBuilder,
  SQLiteTable,
} from "drizzle-orm/sqlite-core";

/*
 * The statement layer. A store method is a generator: it yields a step ("run this statement with these values") and gets
 * the answer back. A runner carries the steps out, on SQLite (db/sqlite/runner.ts) or on PostgreSQL (db/postgres/runner.ts).
 * So each method is written once for both databases.
 *
 * Read `Runner` first: it is what a store method is written with. Then the functions at the end: they make the steps.
 */

/** Drizzle's query builder. Its type is SQLite's; db/postgres/steps.ts casts PostgreSQL's to it. */
export type QueryBuilder = BaseSQLiteDatabase<"sync", unknown>;

/** The values of a statement's placeholders, by name, for one run. */
export type Values = Readonly<Record<string, unknown>>;

/** The columns and expressions that a query returns, by name. */
export type Columns = Readonly<Record<string, SQLiteColumn | SQL>>;

interface Built {
  toSQL(): { readonly sql: string; readonly params: unknown[] };
}

interface Returning<Row> extends Built {
  all(): Row[];
}

/** One SQL statement. Drizzle builds it. The runner prepares it once and runs it many times. */
export interface Statement {
  build(db: QueryBuilder): Built;
}

/** A statement that returns rows: a select, or a write with `returning`. */
export interface Query<Row> extends Statement {
  readonly columns: Columns;
  /**
   * Locks the rows that it finds until the transaction ends. "skip-locked": leaves out rows that another transaction
   * has locked. "wait": waits for that transaction. SQLite needs no lock: it has one writer at a time.
   */
  readonly lock?: "skip-locked" | "wait";
  /** The type of a row. Never set: only the compiler reads it. */
  readonly row?: Row;
}

/** A write to one row, found by the value `id`. PostgreSQL can do many of them in one statement. */
export interface RowChange extends Statement {
  readonly table: SQLiteTable;
  /** The same write for many rows: it joins the relation `input`, which has a column for each placeholder. */
  buildForMany(db: QueryBuilder): Built;
}

/**
 * A write that inserts one row. Where the row is there already, its `on conflict` clause reads the new values from
 * `excluded`. PostgreSQL can do many of them in one statement.
 */
export interface RowInsert extends Statement {
  readonly inserts: "row";
}

/**
 * One request to the database.
 * - `rows`: runs a query. The answer is its rows.
 * - `changes`: runs a write once for each of `each`. The answer is how many rows changed in all.
 * - `inserts`: the same for inserts.
 * - `changed-each`: runs a write to one row for each of `each`. The answer says for each whether its row changed.
 * - `together`: several steps at once. None needs another's answer, so they cost one round trip to a server. The answer
 *   is the list of their answers.
 *
 * `commits`: it is the transaction's last step, so the commit is sent along with it.
 */
export type Step =
  | { readonly ask: "rows"; readonly statement: Query<unknown>; readonly values: Values }
  | { readonly ask: "changes"; readonly statement: Statement; readonly each: Iterable<Values> }
  | { readonly ask: "inserts"; readonly statement: RowInsert; readonly each: readonly Values[] }
  | {
      readonly ask: "changed-each";
      readonly statement: RowChange;
      readonly each: readonly Values[];
      readonly commits: boolean;
    }
  | { readonly ask: "together"; readonly steps: readonly Step[]; readonly commits: boolean };

/**
 * The steps of one read or one transaction. A generator, and not an async function, for two reasons. Nothing can be
 * awaited in the middle of a transaction by mistake. And better-sqlite3 is synchronous: it cannot hold a transaction over
 * an `await`.
 */
export type Steps<Result> = Generator<Step, Result, unknown>;

/** Carries out the steps of a store on one database. Every failure is an AttuneError `store`. */
export interface Runner {
  /** Reads. All statements see the same state of the database. */
  read<Result>(steps: () => Steps<Result>): Promise<Result>;
  /**
   * One transaction: all or nothing, and on disk when it resolves. Others may write between its steps. So a write either
   * names the state that it expects of its row (`where state = 'sent'`), or a query has locked the row before.
   */
  transaction<Result>(steps: () => Steps<Result>): Promise<Result>;
  /** A transaction that runs alone among all transactions that name one of the same locks. */
  lockedTransaction<Result>(locks: readonly string[], steps: () => Steps<Result>): Promise<Result>;
  /** One write, in a transaction of its own. Resolves to how many rows it changed. */
  write(statement: Statement, values: Values): Promise<number>;
  /**
   * Runs acts of one kind, each on a row of its own. Acts that arrive at the same time share one transaction where that
   * is faster. `steps` returns for each act whether it was done. An act that was not done in a batch, or whose batch
   * failed, runs once more alone: another act of the batch may have been the reason. So each caller gets the answer for
   * its own act, once that is on disk.
   */
  batched<Act>(steps: (acts: readonly Act[]) => Steps<readonly boolean[]>): (act: Act) => Promise<boolean>;
}

/** A select of these columns. */
export const query = <Chosen extends Columns, Row>(
  columns: Chosen,
  build: (select: SQLiteSelectBuilder<Chosen, "sync", unknown>) => Returning<Row>,
): Query<Row> => ({ columns, build: (db) => build(db.select(columns)) });

/** The same query, locking its rows and leaving out those that are locked: for work that several processes share out. */
export const forUpdateSkipLocked = <Row>(of: Query<Row>): Query<Row> => ({ ...of, lock: "skip-locked" });

/** The same query, locking its rows: they cannot change before the transaction ends. */
export const forUpdate = <Row>(of: Query<Row>): Query<Row> => ({ ...of, lock: "wait" });

/** A write that returns these columns. */
export const returning = <Chosen extends Columns, Row>(
  columns: Chosen,
  build: (db: QueryBuilder, columns: Chosen) => Returning<Row>,
): Query<Row> => ({ columns, build: (db) => build(db, columns) });

/** A write that returns no rows. */
export const command = (build: (db: QueryBuilder) => Built): Statement => ({ build });

/** An insert of one row. */
export const rowInsert = (build: (db: QueryBuilder) => Built): RowInsert => ({ build, inserts: "row" });

const NONE: Values = {};

/** The rows of a query. */
export function* rows<Row>(statement: Query<Row>, values: Values = NONE): Steps<readonly Row[]> {
  return (yield { ask: "rows", statement, values }) as readonly Row[];
}

/** The first row of a query. */
export function* first<Row>(statement: Query<Row>, values: Values = NONE): Steps<Row | undefined> {
  return ((yield { ask: "rows", statement, values }) as readonly Row[])[0];
}

/** Runs a write and says how many rows it changed. */
export function* run(statement: Statement, values: Values = NONE): Steps<number> {
  return (yield { ask: "changes", statement, each: [values] }) as number;
}

/** Runs a write once for each of `each` and says how many rows changed in all. */
export function* runEach(statement: Statement, each: Iterable<Values>): Steps<number> {
  return (yield { ask: "changes", statement, each }) as number;
}

/** Inserts a row for each of `each` and says how many rows changed. */
export function* insertEach(statement: RowInsert, each: readonly Values[]): Steps<number> {
  return (yield { ask: "inserts", statement, each }) as number;
}

/** Runs several steps at once and commits. None of them needs another's answer. */
export function* runAllAndCommit(steps: readonly Step[]): Steps<void> {
  yield { ask: "together", steps, commits: true };
}

/** Runs a write to one row for each of `each` and says for each whether its row changed. `commits`: it is the last step. */
export function* changedEach(
  statement: RowChange,
  each: readonly Values[],
  commits = false,
): Steps<readonly boolean[]> {
  return (yield { ask: "changed-each", statement, each, commits }) as readonly boolean[];
}

/** The rows of several queries, each run with the same values. One list for each query. */
export function* rowsOfEach<Row>(
  statements: readonly Query<Row>[],
  values: Values,
): Steps<readonly (readonly Row[])[]> {
  return (yield {
    ask: "together",
    commits: false,
    steps: statements.map((statement) => ({ ask: "rows", statement, values })),
  }) as readonly (readonly Row[])[];
}

/** The rows of one query, run once for each of `each`. One list for each run. */
export function* rowsForEach<Row>(
  statement: Query<Row>,
  each: readonly Values[],
): Steps<readonly (readonly Row[])[]> {
  return (yield {
    ask: "together",
    commits: false,
    steps: each.map((values) => ({ ask: "rows", statement, values })),
  }) as readonly (readonly Row[])[];
}

/** Runs several writes that return rows, and commits. None of them needs another's answer. One list for each write. */
export function* rowsAndCommit<Row>(
  writes: readonly { readonly statement: Query<Row>; readonly values: Values }[],
): Steps<readonly (readonly Row[])[]> {
  return (yield {
    ask: "together",
    commits: true,
    steps: writes.map(({ statement, values }) => ({ ask: "rows", statement, values })),
  }) as readonly (readonly Row[])[];
}

/** A write and the values to run it with. */
export interface Write {
  readonly statement: Statement;
  readonly values: Values;
}

/** Runs several writes in their order and says how many rows each changed. `commits`: it is the last step. */
export function* runAll(writes: readonly Write[], commits = false): Steps<readonly number[]> {
  return (yield {
    ask: "together",
    commits,
    steps: writes.map(({ statement, values }) => ({ ask: "changes", statement, each: [values] })),
  }) as readonly number[];
}
