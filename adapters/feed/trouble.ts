import type { IncomingMessage } from "node:http";
import { AttuneError, refusedByProxy } from "#src/errors.ts";

/** Why a server answers neither with what was asked for nor that it has not changed. Its answer is over. */
export function refusedBy(answer: IncomingMessage): AttuneError {
  const { statusCode = 0, headers } = answer;
  answer.destroy();
  const isPassing = statusCode >= 500 || statusCode === 429 || statusCode === 408;
  const retryAfter = isPassing ? waitOf(headers["retry-after"]) : undefined;
  return new AttuneError(
    isPassing ? "unavailable" : "rejected",
    `the server answers ${statusCode}`,
    retryAfter === undefined ? {} : { retryAfter },
  );
}

/** Retry-After in milliseconds: it has seconds, or a date by the server's own clock. */
function waitOf(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  const wait = /^\d+$/u.test(header) ? Number(header) * 1_000 : Date.parse(header) - Date.now();
  return wait > 0 ? wait : undefined;
}

/** An AttuneError without Node's own error as its cause: that may contain the address. */
export function told(error: unknown, signal: AbortSignal, timeout: number): AttuneError {
  if (error instanceof AttuneError) return error;
  if (signal.aborted)
    return new AttuneError("unavailable", `the server took longer than ${Math.round(timeout / 1000)} s`);
  const refused = refusedByProxy(error);
  if (refused !== undefined)
    return new AttuneError("unavailable", `the proxy refuses the way to the server (${refused})`);
  const code = (error as NodeJS.ErrnoException).code ?? "error";
  if (CERTIFICATE.test(code))
    return new AttuneError("rejected", `the server's certificate is not trusted (${code})`);
  return new AttuneError("unavailable", `the server cannot be reached (${code})`);
}

/** The codes of OpenSSL and Node for a wrong certificate: expired, unknown issuer, other host name. */
const CERTIFICATE = /CERT|SIGNATURE|ISSUER|CRL|INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH/u;
