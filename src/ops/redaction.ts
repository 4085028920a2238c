import { shownText } from "../domain/text.ts";
import { AttuneError } from "../errors.ts";

const REMOVED = "[removed]";

/** Fields that may contain a person's words, a name, an address or a secret. They are always removed. */
const SECRET =
  /^(?:text|value|values|line|quote|body|card|blocks|notification|name|names|label|email|phone|address|account|accounts|url|uri)$|token|secret|password|authorization|cookie|credential|key$/iu;

const DEPTH = 5;
const LENGTH = 500;

/** A copy of log fields without what must not be in a log. */
export function withoutSecrets(value: unknown, depth = 0): unknown {
  if (value instanceof Error) return errorForLog(value, depth);
  if (typeof value === "string") return withoutQuotes(value);
  if (typeof value !== "object" || value === null) return value;
  if (depth >= DEPTH) return REMOVED;
  if (Array.isArray(value)) return value.map((one) => withoutSecrets(one, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      SECRET.test(key) ? REMOVED : withoutSecrets(inner, depth + 1),
    ]),
  );
}

/** Removes quoted text of a file, which may be a name, and feed addresses, which are secrets. */
const withoutQuotes = (text: string): string =>
  shownText(text)
    .replaceAll(/"[^"]*"/gu, '"…"')
    .replaceAll(/\b(?:https?|webcal):\/\/\S+/gu, REMOVED)
    .slice(0, LENGTH);

/**
 * What is logged of an error. Messages of ours, of the database and of the system contain no personal data. Others may quote what
 * they failed on (JSON.parse does), so of these only the place is logged.
 */
function errorForLog(error: Error, depth: number): object {
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  const isSafe = error instanceof AttuneError || error.name === "SqliteError" || "syscall" in error;
  return {
    type: error.name,
    code,
    message: isSafe ? withoutQuotes(error.message) : undefined,
    at: error.stack
      ?.match(/^\s+at .*$/gmu)
      ?.slice(0, 8)
      .map((frame) => frame.trim()),
    cause: error.cause === undefined || depth >= DEPTH ? undefined : withoutSecrets(error.cause, depth + 1),
  };
}
