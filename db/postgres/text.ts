import { createHash } from "node:crypto";

/** Placeholders that are numbers. In some places PostgreSQL cannot see that by itself. */
export const NUMBERS = new Set([
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
  "rank",
  "remindAt",
  "start",
  "to",
  "version",
]);

/** Refuses objects: the driver would store them as JSON, which nobody meant. */
export const plain = (value: unknown): unknown => {
  if (value === undefined || value === null) return null;
  if (typeof value === "object" && !Buffer.isBuffer(value))
    throw new TypeError("A value is none a column can hold.");
  return value;
};

/** A parameter in a statement's text ($1). */
export const PLACE = /\$(\d+)/g;

/** Whether a placeholder is a number. In a bulk statement `id` is a nudge's, so it is one too. */
export const isNumber = (name: string): boolean => NUMBERS.has(name) || name === "id" || name === "fence";

/** The statement for any program: the program's id in it becomes the last parameter. */
export function sharedBy(program: string, text: string, params: readonly unknown[]) {
  const literal = `'${program.replaceAll("'", "''")}'`;
  if (!text.includes(literal)) return { text, params };
  return {
    text: text.replaceAll(literal, `$${params.length + 1}::text`),
    params: [...params, program],
  };
}

/** The name of a prepared statement, computed from its text. */
export const nameOf = (text: string): string =>
  createHash("sha256").update(text).digest("base64url").slice(0, 32);
