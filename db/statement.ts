import type { BaseSQLiteDatabase } from "drizzle-orm/sqlite-core";

/** What statements are built on. SQLite's today; PostgreSQL's is cast to it in its own open function. */
export type Database = BaseSQLiteDatabase<"sync", unknown>;

/** What a statement's placeholders stand for at one run. */
export type Values = Readonly<Record<string, unknown>>;

interface Prepared {
  all(values: Record<string, unknown>): unknown;
  run(values: Record<string, unknown>): unknown;
}

/** One SQL statement, built by Drizzle on the runner's database and prepared there once. */
export interface Statement {
  build(db: Database): { prepare(): Prepared };
}

/** A statement that returns rows: a select, or a write with `returning`. */
export interface Query<Row> extends Statement {
  readonly row?: Row;
}

/** What a store method asks of the database: the rows, or how many rows changed, once for each of `each`. */
export type Step =
  | { readonly ask: "rows"; readonly statement: Statement; readonly values: Values }
  | { readonly ask: "changes"; readonly statement: Statement; readonly each: Iterable<Values> };

/**
 * The steps of one reading or transaction, as a generator: the method says what to ask, the runner asks.
 * There is no `await` to cross a transaction with, and the same steps run on a synchronous driver
 * (better-sqlite3 cannot hold a transaction over an await) and on one that awaits.
 */
export type Steps<Result> = Generator<Step, Result, unknown>;

export interface Runner {
  /** Reads, each statement by itself. */
  reading<Result>(steps: () => Steps<Result>): Promise<Result>;
  /** Reads one state of the database, however many statements it takes. */
  consistently<Result>(steps: () => Steps<Result>): Promise<Result>;
  /** All or nothing, alone; on disk when it resolves. */
  atomically<Result>(steps: () => Steps<Result>): Promise<Result>;
}

export const query = <Row>(
  build: (db: Database) => {
    prepare(): { all(values: Record<string, unknown>): Row[]; run(values: Record<string, unknown>): unknown };
  },
): Query<Row> => ({ build });

export const command = (build: (db: Database) => { prepare(): Prepared }): Statement => ({ build });

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
