import type { Database as Client } from "better-sqlite3";
import { rowMapper } from "../statements/row-mapper.ts";
import { binder } from "../statements/parameters.ts";
import type { QueryBuilder, Query, Statement, Values } from "../statements/statement.ts";

// Drizzle's SQL on the driver's own statements. Drizzle decides at every run what each parameter and each
// column is; deciding once saves a third of a plan's inserts and half of a small read.

/** Runs a query and returns its rows by the names of its columns. */
export const reader = (client: Client, db: QueryBuilder, query: Query<unknown>) => {
  const { sql, params } = query.build(db).toSQL();
  const statement = client.prepare(sql).raw();
  const bind = binder(params);
  const named = rowMapper(query.columns);
  return (values: Values): unknown => (statement.all(...bind(values)) as unknown[][]).map(named);
};

/** Runs a write and returns how many rows it changed. */
export const writer = (client: Client, db: QueryBuilder, command: Statement) => {
  const { sql, params } = command.build(db).toSQL();
  const statement = client.prepare(sql);
  const bind = binder(params);
  return (values: Values): number => statement.run(...bind(values)).changes;
};
