import { createHash } from "node:crypto";
import { is, Placeholder } from "drizzle-orm";
import type { ClientBase } from "pg";
import { namer } from "./named-rows.ts";
import { binder } from "./parameters.ts";
import type { Columns, Database, Statement, Values } from "./statement.ts";

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
  const { sql, params: asked } = statement.build(db).toSQL();
  const params = [...asked, program];
  const typed = sql.replaceAll(/\$(\d+)/g, (place, number: string) => {
    const param = params[Number(number) - 1];
    return is(param, Placeholder) && NUMBERS.has(param.name) ? `${place}::bigint` : place;
  });
  const literal = `'${program.replaceAll("'", "''")}'`;
  const isWritten = typed.includes(literal);
  if (!isWritten) params.pop();
  const shared = typed.replaceAll(literal, `$${params.length}::text`);
  const text = `${shared}${statement.takes === undefined ? "" : LOCKS[statement.takes]}`;
  const name = createHash("sha256").update(text).digest("base64url").slice(0, 32);
  const bind = binder(params);
  const named = namer(statement.columns ?? {});
  return {
    async run(client, values) {
      const bound = bind(values).map(plain);
      const result = await client.query<unknown[]>({ name, text, values: bound, rowMode: "array" });
      return { rows: result.rows.map(named), changes: result.rowCount ?? 0 };
    },
  };
};
