import { shownText } from "../domain/text.ts";
import { AttuneError } from "../errors.ts";

const REMOVED = "[removed]";

/** Fields that hold a person's words, a name, an address or a secret, whatever stands in them. */
const SECRET =
  /^(?:text|value|values|line|quote|body|card|blocks|notification|name|names|label|email|phone|address|account|accounts|url|uri)$|token|secret|password|authorization|cookie|credential|key$/iu;

const DEPTH = 5;
const LENGTH = 500;

/** A copy of what is logged without what must never be in a log. */
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

/** A problem quotes the file's own text, which may be a name; a feed's address is a secret. */
const withoutQuotes = (text: string): string =>
  shownText(text)
    .replaceAll(/"[^"]*"/gu, '"…"')
    .replaceAll(/\b(?:https?|webcal):\/\/\S+/gu, REMOVED)
    .slice(0, LENGTH);

/**
 * What an error may say. Our own, the database's and the system's messages name no one; any other may quote
 * what it failed on (JSON.parse does), so only where it happened is kept.
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
