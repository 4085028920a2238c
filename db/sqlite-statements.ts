import type { Database as Client } from "better-sqlite3";
import { Column, is, Param, Placeholder } from "drizzle-orm";
import type { Columns, Database, Query, Statement, Values } from "./statement.ts";

// Drizzle's SQL on the driver's own statements. Drizzle decides at every run what each parameter and each
// column is; deciding once saves a third of a plan's inserts and half of a small read.

/** Runs a query and returns its rows by the names of its columns. */
export const reader = (client: Client, db: Database, query: Query<unknown>) => {
  const { sql, params } = query.build(db).toSQL();
  const statement = client.prepare(sql).raw();
  const bind = binder(params);
  const named = namer(query.columns);
  return (values: Values): unknown => (statement.all(...bind(values)) as unknown[][]).map(named);
};

/** Runs a write and returns how many rows it changed. */
export const writer = (client: Client, db: Database, command: Statement) => {
  const { sql, params } = command.build(db).toSQL();
  const statement = client.prepare(sql);
  const bind = binder(params);
  return (values: Values): number => statement.run(...bind(values)).changes;
};

/** The list is the same at every call: it is read before the next one. */
const binder = (params: readonly unknown[]): ((values: Values) => readonly unknown[]) => {
  const parameters = params.map(parameterOf);
  const bound: unknown[] = parameters.map(() => null);
  return (values) => {
    for (const [i, parameter] of parameters.entries()) bound[i] = parameter(values);
    return bound;
  };
};

const parameterOf = (param: unknown): ((values: Values) => unknown) => {
  if (is(param, Placeholder)) return ({ [param.name]: value }) => value;
  if (!is(param, Param) || !is(param.value, Placeholder)) return () => param;
  const { encoder } = param;
  const { name } = param.value;
  return ({ [name]: value }) =>
    value === null || value === undefined ? value : encoder.mapToDriverValue(value);
};

const namer = (columns: Columns): ((row: readonly unknown[]) => unknown) => {
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
