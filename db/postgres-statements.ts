import { createHash } from "node:crypto";
import { getTableName, is, Param, Placeholder } from "drizzle-orm";
import type { ClientBase } from "pg";
import { namer } from "./named-rows.ts";
import { binder } from "./parameters.ts";
import type { Columns, Database, RowChange, Statement, Values } from "./statement.ts";

/** A statement as the server knows it. */
export interface Prepared {
  /** The rows by the names of their columns, and how many rows were changed. */
  run(
    client: ClientBase,
    values: Values,
  ): Promise<{ readonly rows: readonly unknown[]; readonly changes: number }>;
}

/** Moments, counts and nudges, wherever a statement is given one: PostgreSQL cannot see in every place that it is a number. */
const NUMBERS = new Set([
  "at",
  "dueAt",
  "earliest",
  "end",
  "expiresAt",
  "from",
  "leaseUntil",
  "limit",
  "notBefore",
  "now",
  "nudge",
  "remindAt",
  "start",
  "to",
  "version",
]);

// "no key": a message may be written down for a nudge that somebody owns.
const LOCKS = { free: " for no key update skip locked", all: " for no key update" };

/** The driver would write an object as JSON: better an error than an answer nobody gave. */
const plain = (value: unknown): unknown => {
  if (value === undefined || value === null) return null;
  if (typeof value === "object" && !Buffer.isBuffer(value))
    throw new TypeError("A value is none a column can hold.");
  return value;
};

/**
 * Drizzle's SQL, prepared by the server under a name that follows from its text. The program's id, which SQLite
 * wants written into the statement, is a parameter here: hundreds of programs then share what is prepared.
 */
export const prepared = (
  db: Database,
  program: string,
  statement: Statement & { readonly columns?: Columns; readonly takes?: "free" | "all" },
): Prepared => {
  const { sql, params } = statement.build(db).toSQL();
  const typed = sql.replaceAll(PLACE, (place, number: string) => {
    const param = params[Number(number) - 1];
    return is(param, Placeholder) && NUMBERS.has(param.name) ? `${place}::bigint` : place;
  });
  const shared = sharedBy(program, typed, params);
  const text = `${shared.text}${statement.takes === undefined ? "" : LOCKS[statement.takes]}`;
  const name = nameOf(text);
  const bind = binder(shared.params);
  const named = namer(statement.columns ?? {});
  return {
    async run(client, values) {
      const bound = bind(values).map(plain);
      const result = await client.query<unknown[]>({ name, text, values: bound, rowMode: "array" });
      return { rows: result.rows.map(named), changes: result.rowCount ?? 0 };
    },
  };
};

/** One statement that makes a change to the rows of many. */
export interface PreparedForMany {
  /** Which of `each` changed its row. A row that somebody else owns is passed over. */
  run(client: ClientBase, each: readonly Values[]): Promise<readonly boolean[]>;
}

/**
 * The placeholders become the columns of a relation, `given`, with a row for each that is given. It holds only rows
 * that nobody else is at, and owns them, so two such statements never wait for each other. Their lists hide in
 * subqueries: else the server, which could count them, would plan the statement anew each time.
 */
export const preparedForMany = (db: Database, program: string, change: RowChange): PreparedForMany => {
  const { sql, params } = change.buildForMany(db).toSQL();
  const constants: unknown[] = [];
  const columns = new Map<string, unknown>();
  const body = sql.replaceAll(PLACE, (_, number: string) => {
    const param = params[Number(number) - 1];
    const holder = is(param, Param) ? param.value : param;
    if (!is(holder, Placeholder)) return `$${constants.push(param)}`;
    columns.set(holder.name, param);
    return `given."${holder.name}"`;
  });
  const shared = sharedBy(program, body, constants);
  const names = [...columns.keys()];
  const lists = names.map(
    (name, i) => `(select $${shared.params.length + 1 + i}::${isNumber(name) ? "bigint" : "text"}[])`,
  );
  const listed = [...names, "place"].map((name) => `"${name}"`).join(", ");
  const table = `"${getTableName(change.table)}"`;
  const text = `with given as materialized (
    select each.* from unnest(${lists.join(", ")}) with ordinality as each(${listed})
    join ${table} on ${table}."id" = each."id" for no key update of ${table} skip locked
  ) ${shared.text} returning given."place"`;
  const name = nameOf(text);
  const bindConstants = binder(shared.params);
  const bind = binder([...columns.values()]);
  return {
    async run(client, each) {
      const rows = each.map((values) => bind(values).map(plain));
      const values = [...bindConstants({}), ...names.map((_, column) => rows.map((row) => row[column]))];
      const result = await client.query<[place: number]>({ name, text, values, rowMode: "array" });
      const places = new Set(result.rows.map(([place]) => place));
      return each.map((_, i) => places.has(i + 1));
    },
  };
};

const PLACE = /\$(\d+)/g;

/** Nudges are what many changes are made to: their ids are numbers. */
const isNumber = (name: string): boolean => NUMBERS.has(name) || name === "id" || name === "fence";

/** The same statement for whichever program: its id, where it is written, becomes the last parameter. */
function sharedBy(program: string, text: string, params: readonly unknown[]) {
  const literal = `'${program.replaceAll("'", "''")}'`;
  if (!text.includes(literal)) return { text, params };
  return {
    text: text.replaceAll(literal, `$${params.length + 1}::text`),
    params: [...params, program],
  };
}

const nameOf = (text: string): string => createHash("sha256").update(text).digest("base64url").slice(0, 32);
