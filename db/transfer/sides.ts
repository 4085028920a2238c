import type { Row, Shape } from "./shapes.ts";

/** A snapshot of a database. Later writes are not in it. */
export interface Snapshot {
  count(table: Shape): Promise<number>;
  /** A table's rows, a limited number at a time. */
  rows(table: Shape): AsyncIterable<readonly Row[]>;
  /** The highest id that was ever used; 0 for none. */
  lastId(table: Shape): Promise<number>;
  /** Whether it holds anything of any program. */
  isFilled(): Promise<boolean>;
}

/** A database to copy from. */
export interface Source extends AsyncDisposable {
  snapshot<Result>(work: (from: Snapshot) => Promise<Result>): Promise<Result>;
}

/** A database in the transaction that fills it. */
export interface Filling extends Snapshot {
  clear(table: Shape): Promise<void>;
  put(table: Shape, rows: readonly Row[]): Promise<void>;
  /** Makes the next id higher than this one. */
  countOn(table: Shape, lastId: number): Promise<void>;
}

/** A database to copy into. */
export interface Target extends AsyncDisposable {
  /** Runs `work` in one transaction, while no other process works on the database. */
  fill<Result>(work: (into: Filling) => Promise<Result>): Promise<Result>;
}

/** How many rows of a table are in memory at one time: a version of a file may have megabytes. */
export const portionOf = ({ name }: Pick<Shape, "name">): number => (name === "file_version" ? 8 : 1_000);
