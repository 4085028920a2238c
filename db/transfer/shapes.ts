import { getTableConfig } from "drizzle-orm/sqlite-core";
import * as tables from "../schema/sqlite.ts";

/** A value as both dialects can have it: a boolean is 0 or 1. */
export type Value = string | number | Buffer | null;
export type Row = readonly Value[];

/** A table as a copy sees it. What the database computes by itself is left out. */
export interface Shape {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: Type }[];
  readonly key: readonly string[];
  /** Its ids are counted by the database. */
  readonly isCounted: boolean;
}

type Type = "bigint" | "text" | "boolean" | "bytea";

/** Drizzle's word for what a column holds, and PostgreSQL's. */
const TYPES: Readonly<Record<string, Type>> = {
  number: "bigint",
  string: "text",
  boolean: "boolean",
  buffer: "bytea",
};

/** Every table, what is pointed at before what points at it. */
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

/** The words between `select` and the end that name a table's columns and bring its rows in the order of its key. */
export const selection = ({ name, columns, key }: Shape): string =>
  `select ${quoted(columns.map((column) => column.name))} from "${name}" order by ${quoted(key)}`;

export const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(", ");

/** What is the database's own, and in every database from its first moment: it is no reason to call one filled. */
export const FILLED = (name: string): string =>
  `select exists (select 1 from "${name}" where program <> '') as filled`;
