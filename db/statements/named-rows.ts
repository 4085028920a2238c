import { Column, is } from "drizzle-orm";
import type { Columns } from "./statement.ts";

/** Turns a driver's row, a list, into ours by the names of its columns. */
export const namer = (columns: Columns): ((row: readonly unknown[]) => unknown) => {
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

/** Undefined where the driver's value is ours already. */
const decoderOf = (column: Columns[string]): ((value: unknown) => unknown) | undefined =>
  is(column, Column) && column.mapFromDriverValue !== Column.prototype.mapFromDriverValue
    ? (value) => column.mapFromDriverValue(value)
    : undefined;
