import { eq, inArray, sql, type Column, type GetColumnData, type Placeholder, type SQL } from "drizzle-orm";

/** A value that a prepared statement is given at each run. */
export const placeholder = (name: string): Placeholder => sql.placeholder(name);

/** The same where Drizzle wants an SQL expression (in `set`). */
export const placeholderValue = (name: string): SQL => sql`${sql.placeholder(name)}`;

/** In an insert that finds its row there already: the value it would have had. */
export const excluded = (column: Column): SQL => sql`excluded.${sql.identifier(column.name)}`;

// SQLite here plans a statement anew at every run (30 µs) when a parameter could change the plan: a LIMIT,
// an equality beside an ORDER BY, a term that a partial index depends on. What does not change from run to
// run is therefore written into the statement, and a parameter that must be there hides in a subquery.

/** `column = value`, the value written into the statement. */
export const is = <Of extends Column>(column: Of, value: GetColumnData<Of, "raw">): SQL =>
  eq(column, value).inlineParams();

/** `column in (…)`, the values written into the statement. */
export const isIn = <Of extends Column>(column: Of, values: readonly GetColumnData<Of, "raw">[]): SQL =>
  inArray(column, values as readonly unknown[] as unknown[]).inlineParams();

/** A value given at each run, in a statement that orders what it finds. */
export const hidden = (name: string): SQL => sql`(select ${sql.placeholder(name)})`;

/** A limit given at each run. */
export const limitPlaceholder = (name: string): Placeholder => hidden(name) as unknown as Placeholder;
