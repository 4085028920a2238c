import { createHash } from "node:crypto";

/** Moments, counts and nudges, wherever a statement is given one: PostgreSQL cannot see in every place that it is a number. */
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
  "remindAt",
  "start",
  "to",
  "version",
]);

/** The driver would write an object as JSON: better an error than an answer nobody gave. */
export const plain = (value: unknown): unknown => {
  if (value === undefined || value === null) return null;
  if (typeof value === "object" && !Buffer.isBuffer(value))
    throw new TypeError("A value is none a column can hold.");
  return value;
};

/** A parameter's place in a statement's text. */
export const PLACE = /\$(\d+)/g;

/** Among many, ids are those of nudges, which are numbers. */
export const isNumber = (name: string): boolean => NUMBERS.has(name) || name === "id" || name === "fence";

/** The same statement for whichever program: its id, where it is written, becomes the last parameter. */
export function sharedBy(program: string, text: string, params: readonly unknown[]) {
  const literal = `'${program.replaceAll("'", "''")}'`;
  if (!text.includes(literal)) return { text, params };
  return {
    text: text.replaceAll(literal, `$${params.length + 1}::text`),
    params: [...params, program],
  };
}

/** The name under which the server prepares a statement: it follows from the text. */
export const nameOf = (text: string): string =>
  createHash("sha256").update(text).digest("base64url").slice(0, 32);
