import { Column, is } from "drizzle-orm";
import type { Columns } from "./statement.ts";

/** Turns a driver's row (a list of values) into an object with the names of these columns. */
export const rowMapper = (columns: Columns): ((row: readonly unknown[]) => unknown) => {
  const fields = Object.entries(columns).map(([name, column]) => ({ name, decode: decoderOf(column) }));
  return (row) => {
    const named: Record<string, unknown> = {};
    for (let i = 0; i < fields.length; i += 1) {
      const { name, decode } = fields[i] as (typeof fields)[number];
      const value = row[i];
      named[name] = decode === undefined || value === null ? value : decode(value);
    }
    return named;
  };
};

/** How to convert a column's value; undefined where the driver's value stays as it is. */
const decoderOf = (column: Columns[string]): ((value: unknown) => unknown) | undefined =>
  is(column, Column) && column.mapFromDriverValue !== Column.prototype.mapFromDriverValue
    ? (value) => column.mapFromDriverValue(value)
    : undefined;
