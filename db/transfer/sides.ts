import type { Row, Shape } from "./shapes.ts";

/** One state of a database, whatever is written to it meanwhile. */
export interface Snapshot {
  count(table: Shape): Promise<number>;
  /** A table's rows in portions, so that memory stays bounded. */
  rows(table: Shape): AsyncIterable<readonly Row[]>;
  /** The highest id that was ever given; 0 for none. */
  lastId(table: Shape): Promise<number>;
  /** Whether it holds anything of any program. */
  isFilled(): Promise<boolean>;
}

/** A database that is copied from. */
export interface Source extends AsyncDisposable {
  snapshot<Result>(work: (from: Snapshot) => Promise<Result>): Promise<Result>;
}

/** A database within the one transaction that fills it. */
export interface Filling extends Snapshot {
  clear(table: Shape): Promise<void>;
  put(table: Shape, rows: readonly Row[]): Promise<void>;
  /** The next id is a higher one. */
  countOn(table: Shape, lastId: number): Promise<void>;
}

/** A database that is copied into. */
export interface Target extends AsyncDisposable {
  /** All that `work` does, or nothing of it, alone. */
  fill<Result>(work: (into: Filling) => Promise<Result>): Promise<Result>;
}

/** Rows that are on their way at one time. */
export const PORTION = 1_000;
