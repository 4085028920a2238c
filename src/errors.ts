/**
 * The one error that crosses a port. Expected outcomes (a refused tap, an expired ask) are
 * return values; this is for what went wrong.
 */
export const ERROR_CODES = [
  /** The configuration or a program file is wrong; the message says what to mend. */
  "config",
  /** The platform asked us to wait; `retryAfter` says how long. Nothing was sent. */
  "rate-limited",
  /** Nothing was sent. A later try may work (DNS, refused connection, a temporary refusal). */
  "unavailable",
  /** This person cannot be written to (left, blocked, never installed). Trying again will not help. */
  "unreachable",
  /** The message that was to be edited is not there any more, or can be edited no more. */
  "gone",
  /** It may have been sent (connection reset after the write, time-out, 5xx). Only a look-up can tell. */
  "ambiguous",
  /** The platform refused what we sent; sending the same again will not help. */
  "rejected",
  /** The database could not store it (full or read-only disk, lost connection). Nothing was acknowledged. */
  "store",
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

export interface AttuneErrorOptions {
  readonly cause?: unknown;
  /** Milliseconds to wait before the next try. */
  readonly retryAfter?: number;
}

/** An error with a closed code, a sentence for the operator, and the original as its cause. */
export class AttuneError extends Error {
  override readonly name = "AttuneError";
  readonly code: ErrorCode;
  readonly retryAfter: number | undefined;

  constructor(code: ErrorCode, message: string, options: AttuneErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.retryAfter = options.retryAfter;
  }
}

/**
 * The status with which a proxy refused the way to a server: nothing was sent to it. Undefined for any other error. Node's `fetch`
 * and WebSocket have no code for it, its `https` has one.
 */
export function refusedByProxy(error: unknown): number | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 6; depth += 1) {
    const one: Error & { code?: unknown; statusCode?: unknown; original?: unknown } = at;
    if (one.code === "ERR_PROXY_TUNNEL") return Number(one.statusCode ?? 0);
    const status = /Proxy response \((?<status>\d+)\)/u.exec(one.message)?.groups?.["status"];
    if (status !== undefined) return Number(status);
    at = one.original ?? one.cause;
  }
  return undefined;
}

/** What an error is counted as: its code, or "bug" for an error without one. */
export const codeOf = (error: unknown): ErrorCode | "bug" =>
  error instanceof AttuneError ? error.code : "bug";
