import { eq, inArray, sql, type Column, type GetColumnData, type Placeholder, type SQL } from "drizzle-orm";

/** A parameter of a prepared statement. */
export const placeholder = (name: string): Placeholder => sql.placeholder(name);

/** The same where Drizzle expects an SQL expression (in `set`). */
export const placeholderValue = (name: string): SQL => sql`${sql.placeholder(name)}`;

/** In an insert whose row exists already: the value that the new row would have had. */
export const excluded = (column: Column): SQL => sql`excluded.${sql.identifier(column.name)}`;

// SQLite plans a statement anew at every run (30 µs) if a parameter could change the plan: a LIMIT, an equality
// beside an ORDER BY, a condition that a partial index depends on. So constant values are written into the
// statement, and such parameters stand in a subquery, where they do not count.

/** `column = value`, the value written into the statement. */
export const is = <Of extends Column>(column: Of, value: GetColumnData<Of, "raw">): SQL =>
  eq(column, value).inlineParams();

/** A constant value, written into the statement. */
export const written = (value: string): SQL => sql`${value}`.inlineParams();

/** `column in (…)`, the values written into the statement. */
export const isIn = <Of extends Column>(column: Of, values: readonly GetColumnData<Of, "raw">[]): SQL =>
  inArray(column, values as readonly unknown[] as unknown[]).inlineParams();

/** A parameter in a statement with an ORDER BY. */
export const hidden = (name: string): SQL => sql`(select ${sql.placeholder(name)})`;

/** A parameter as a LIMIT. */
export const limitPlaceholder = (name: string): Placeholder => hidden(name) as unknown as Placeholder;
