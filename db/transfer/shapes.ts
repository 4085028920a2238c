import { getTableConfig } from "drizzle-orm/sqlite-core";
import * as tables from "../schema/sqlite.ts";

/** A value in the form that both databases share: a boolean is 0 or 1. */
export type Value = string | number | Buffer | null;
export type Row = readonly Value[];

/** A table to copy. Generated columns are left out. */
export interface Shape {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: Type }[];
  readonly key: readonly string[];
  /** The database counts its ids (autoincrement). */
  readonly isCounted: boolean;
}

type Type = "bigint" | "text" | "boolean" | "bytea";

/** Drizzle's name of a column's type, and PostgreSQL's. */
const TYPES: Readonly<Record<string, Type>> = {
  number: "bigint",
  string: "text",
  boolean: "boolean",
  buffer: "bytea",
};

/** Every table. A table comes before those that refer to it. */
export const shapes: readonly Shape[] = Object.values(tables)
  .map((table) => getTableConfig(table))
  .map(({ name, columns, primaryKeys, foreignKeys }) => ({
    name,
    columns: columns
      .filter(({ generated }) => generated === undefined)
      .map((column) => ({ name: column.name, type: TYPES[column.dataType]! })),
    key: primaryKeys[0]?.columns.map((column) => column.name) ?? ["id"],
    isCounted: primaryKeys.length === 0,
    points: foreignKeys.length,
  }))
  .toSorted((one, other) => one.points - other.points);

/** The part of a select after `select`: a table's columns, and the order by its key. */
export const selection = ({ name, columns, key }: Shape): string =>
  `select ${quoted(columns.map((column) => column.name))} from "${name}" order by ${quoted(key)}`;

export const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(", ");

/** Rows that every database has from the start. A database that has only these counts as empty. */
export const FILLED = (name: string): string =>
  `select exists (select 1 from "${name}" where program <> '') as filled`;
