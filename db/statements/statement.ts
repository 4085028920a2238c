import type { SQL } from "drizzle-orm";
import type {
  BaseSQLiteDatabase,
  SQLiteColumn,
  SQLiteSelectBuilder,
  SQLiteTable,
} from "drizzle-orm/sqlite-core";

/** What statements are built on. SQLite's today; PostgreSQL's is cast to it in its own open function. */
export type QueryBuilder = BaseSQLiteDatabase<"sync", unknown>;

/** What a statement's placeholders stand for at one run. */
export type Values = Readonly<Record<string, unknown>>;

/** What a query returns, by name: columns and expressions. */
export type Columns = Readonly<Record<string, SQLiteColumn | SQL>>;

interface Built {
  toSQL(): { readonly sql: string; readonly params: unknown[] };
}

interface Returning<Row> extends Built {
  all(): Row[];
}

/** One SQL statement, built by Drizzle on the runner's database and prepared there once. */
export interface Statement {
  build(db: QueryBuilder): Built;
}

/** A statement that returns rows: a select, or a write with `returning`. */
export interface Query<Row> extends Statement {
  readonly columns: Columns;
  /**
   * The transaction owns the rows it finds, until it ends: those that nobody else owns ("free"), or all of them,
   * once their owners are done ("all"). Where one writer at a time is all there is, it owns everything anyway.
   */
  readonly takes?: "free" | "all";
  /** Only for the compiler. */
  readonly row?: Row;
}

/** A write to one row, whose `id` it is given. A server can be given many of them as one statement. */
export interface RowChange extends Statement {
  readonly table: SQLiteTable;
  /** The same write to the rows that `given` names, a relation with a column for each placeholder. */
  buildForMany(db: QueryBuilder): Built;
}

/** A write that inserts one row, and says of one that is there already `excluded` where it means its own. Several may go out as one. */
export interface RowInsert extends Statement {
  readonly inserts: "row";
}

/**
 * What a store method asks of the database: the rows; how many rows changed, once for each of `each`; which of `each`
 * changed its row; or several of these of which none waits for another's answer, which saves a server's client the
 * way there and back. The commit may go with the last of them.
 */
export type Step =
  | { readonly ask: "rows"; readonly statement: Query<unknown>; readonly values: Values }
  | { readonly ask: "changes"; readonly statement: Statement; readonly each: Iterable<Values> }
  | { readonly ask: "inserts"; readonly statement: RowInsert; readonly each: readonly Values[] }
  | {
      readonly ask: "which";
      readonly statement: RowChange;
      readonly each: readonly Values[];
      readonly isLast: boolean;
    }
  | { readonly ask: "together"; readonly steps: readonly Step[]; readonly isLast: boolean };

/**
 * The steps of one reading or transaction, as a generator: the method says what to ask, the runner asks.
 * There is no `await` to cross a transaction with, and the same steps run on a synchronous driver
 * (better-sqlite3 cannot hold a transaction over an await) and on one that awaits.
 */
export type Steps<Result> = Generator<Step, Result, unknown>;

export interface Runner {
  /** Reads one state of the database, however many statements it takes. */
  reading<Result>(steps: () => Steps<Result>): Promise<Result>;
  /**
   * All or nothing; on disk when it resolves. Others may write between the steps: every write names the state of
   * the row that it changes, or the row was taken first.
   */
  guarded<Result>(steps: () => Steps<Result>): Promise<Result>;
  /** The same, and nobody who names one of these keys works at the same time. */
  inTurn<Result>(keys: readonly string[], steps: () => Steps<Result>): Promise<Result>;
  /** One write that names the state of the row it changes: on disk when it resolves. How many rows it changed. */
  singly(statement: Statement, values: Values): Promise<number>;
  /**
   * For acts of one kind, each on a row of its own: those that are ready at the same time share a transaction, where
   * that saves something. The steps say of each whether it was done. One that was refused in company was perhaps only
   * in somebody's way, and one that failed may have been in company with the one at fault: both are asked for once
   * more, alone, so each is told its own truth, once it is on disk.
   */
  batching<Act>(steps: (acts: readonly Act[]) => Steps<readonly boolean[]>): (act: Act) => Promise<boolean>;
}

/** A select of these columns. */
export const query = <Chosen extends Columns, Row>(
  columns: Chosen,
  build: (select: SQLiteSelectBuilder<Chosen, "sync", unknown>) => Returning<Row>,
): Query<Row> => ({ columns, build: (db) => build(db.select(columns)) });

/** The same, for rows that are handed out to whoever asks first. */
export const taking = <Row>(of: Query<Row>): Query<Row> => ({ ...of, takes: "free" });

/** The same, for rows that must not change until what is written next is kept. */
export const owning = <Row>(of: Query<Row>): Query<Row> => ({ ...of, takes: "all" });

/** A write that returns these columns. */
export const returning = <Chosen extends Columns, Row>(
  columns: Chosen,
  build: (db: QueryBuilder, columns: Chosen) => Returning<Row>,
): Query<Row> => ({ columns, build: (db) => build(db, columns) });

export const command = (build: (db: QueryBuilder) => Built): Statement => ({ build });

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

/** Does several things of which none waits for another's answer, the last that a transaction does. */
export function* lastly(steps: readonly Step[]): Steps<void> {
  yield { ask: "together", steps, isLast: true };
}

/** Runs a write to one row for each of `each` and says of which the row changed. */
export function* which(
  statement: RowChange,
  each: readonly Values[],
  isLast = false,
): Steps<readonly boolean[]> {
  return (yield { ask: "which", statement, each, isLast }) as readonly boolean[];
}

/** The rows of several queries that are given the same values, query by query. */
export function* rowsOfEach<Row>(
  statements: readonly Query<Row>[],
  values: Values,
): Steps<readonly (readonly Row[])[]> {
  return (yield {
    ask: "together",
    isLast: false,
    steps: statements.map((statement) => ({ ask: "rows", statement, values })),
  }) as readonly (readonly Row[])[];
}

/** The rows of one query for each of `each`. */
export function* rowsForEach<Row>(
  statement: Query<Row>,
  each: readonly Values[],
): Steps<readonly (readonly Row[])[]> {
  return (yield {
    ask: "together",
    isLast: false,
    steps: each.map((values) => ({ ask: "rows", statement, values })),
  }) as readonly (readonly Row[])[];
}

/** The rows of writes of which none waits for another's answer, the last thing that a transaction asks for. */
export function* rowsAtLast<Row>(
  takings: readonly { readonly statement: Query<Row>; readonly values: Values }[],
): Steps<readonly (readonly Row[])[]> {
  return (yield {
    ask: "together",
    isLast: true,
    steps: takings.map(({ statement, values }) => ({ ask: "rows", statement, values })),
  }) as readonly (readonly Row[])[];
}

export interface Write {
  readonly statement: Statement;
  readonly values: Values;
}

/** Runs several writes in their order and says how many rows each changed. */
export function* runAll(writes: readonly Write[], isLast = false): Steps<readonly number[]> {
  return (yield {
    ask: "together",
    isLast,
    steps: writes.map(({ statement, values }) => ({ ask: "changes", statement, each: [values] })),
  }) as readonly number[];
}
