import type { SQL } from "drizzle-orm";
import type {
  BaseSQLiteDatabase,
  SQLiteColumn,
  SQLiteSelectBuilder,
  SQLiteTable,
} from "drizzle-orm/sqlite-core";

/*
 * What a statement is, and how a store makes one. Statements are made once, when a store is opened, and run many times
 * (steps.ts).
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
