import { AttuneError, refusedByProxy, type ErrorCode } from "#src/errors.ts";

/** What a request to the connector was for. */
export type Doing = "send" | "edit" | "look-up";

/** Our word for an answer that says there is no such message. */
export const UNKNOWN_ACTIVITY = "UnknownActivity";

/**
 * Turns an error status of the connector into an AttuneError. After 429 and 412 nothing was sent. After 5xx it is unknown: it
 * may come from a gateway although the connector did its work.
 */
export function refusal(status: number, code: string, doing: Doing, retryAfter?: number): AttuneError {
  const said = code === "" ? `${status}` : `${status} ${code}`;
  return new AttuneError(
    doing === "edit" && code === UNKNOWN_ACTIVITY ? "gone" : codeOf(status, doing),
    `Teams refused a ${doing}: ${said}.`,
    retryAfter === undefined ? {} : { retryAfter },
  );
}

function codeOf(status: number, doing: Doing): ErrorCode {
  if (status === 429 || status === 412) return "rate-limited";
  // The token was refused, so nothing was sent. The next token may be accepted.
  if (status === 401) return "unavailable";
  // The message was deleted, or its chat is one from before the app was installed anew.
  if (doing === "edit" && (status === 403 || status === 404)) return "gone";
  // Blocked, removed, or never installed.
  if (status === 403 || (status === 404 && doing === "send")) return "unreachable";
  return status === 408 || status >= 500 ? "ambiguous" : "rejected";
}

/** Errors before the connection was open, or because we refused it: no request was sent. */
const BEFORE = new Set([
  "ENOTFOUND",
  "EAI_AGAIN",
  "ECONNREFUSED",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EADDRNOTAVAIL",
  "UND_ERR_CONNECT_TIMEOUT",
  "CERT_HAS_EXPIRED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "ERR_TLS_CERT_ALTNAME_INVALID",
]);

/** The AttuneError for a request without an answer. After a time-out or reset the connector may have read it. */
export function failure(cause: unknown, doing: Doing): AttuneError {
  const refused = refusedByProxy(cause);
  if (refused !== undefined)
    return new AttuneError("unavailable", `The proxy refused the way to Teams (${refused}) for a ${doing}.`, {
      cause,
    });
  const codes = codesOf(cause);
  const isBefore = codes.length > 0 && codes.every((code) => BEFORE.has(code));
  const why = codes[0] ?? (cause instanceof Error ? cause.name : "unknown");
  return new AttuneError(
    isBefore ? "unavailable" : "ambiguous",
    `A ${doing} got no answer from Teams: ${why}.`,
    {
      cause,
    },
  );
}

/** The codes of an error and its causes. If several addresses were tried, the codes of each. */
export function codesOf(error: unknown, depth = 0): readonly string[] {
  if (!(error instanceof Error) || depth > 5) return [];
  if (error instanceof AggregateError) return error.errors.flatMap((one: unknown) => codesOf(one, depth + 1));
  const code = "code" in error && typeof error.code === "string" ? [error.code] : [];
  return code.length > 0 ? code : codesOf(error.cause, depth + 1);
}
