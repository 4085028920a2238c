import { is, Placeholder } from "drizzle-orm";
import type { ClientBase } from "pg";
import { rowMapper, binder } from "../statements/steps.ts";
import { nameOf, NUMBERS, PLACE, plain, sharedBy } from "./text.ts";
import type { Columns, QueryBuilder, Statement, Values } from "../statements/statement.ts";

/** A prepared statement. */
export interface Prepared {
  /** Returns the rows as objects, and how many rows were changed. */
  run(
    client: ClientBase,
    values: Values,
  ): Promise<{ readonly rows: readonly unknown[]; readonly changes: number }>;
}

// "no key": a row that refers to a locked one (a message of a nudge) can still be written.
const LOCKS = { "skip-locked": " for no key update skip locked", wait: " for no key update" };

/**
 * Prepares Drizzle's SQL on the server, under a name that is computed from its text. On SQLite the program's id is part of the
 * text. Here it is a parameter, so that hundreds of programs share a prepared statement.
 */
export const prepared = (
  db: QueryBuilder,
  program: string,
  statement: Statement & { readonly columns?: Columns; readonly lock?: "skip-locked" | "wait" },
): Prepared => {
  const { sql, params } = statement.build(db).toSQL();
  const typed = sql.replaceAll(PLACE, (place, number: string) => {
    const param = params[Number(number) - 1];
    return is(param, Placeholder) && NUMBERS.has(param.name) ? `${place}::bigint` : place;
  });
  const shared = sharedBy(program, typed, params);
  const text = `${shared.text}${statement.lock === undefined ? "" : LOCKS[statement.lock]}`;
  const name = nameOf(text);
  const bind = binder(shared.params);
  const named = rowMapper(statement.columns ?? {});
  return {
    async run(client, values) {
      const bound = bind(values).map(plain);
      const result = await client.query<unknown[]>({ name, text, values: bound, rowMode: "array" });
      return { rows: result.rows.map(named), changes: result.rowCount ?? 0 };
    },
  };
};
