import { ErrorCode, type WebAPICallError } from "@slack/web-api";
import { AttuneError, refusedByProxy } from "#src/errors.ts";
import type { ErrorCode as Code } from "#src/errors.ts";

/** The person cannot be written to: they left, were deactivated, or blocked Attune. */
const UNREACHABLE = new Set([
  "channel_not_found",
  "user_not_found",
  "users_not_found",
  "user_disabled",
  "user_not_visible",
  "cannot_dm_bot",
  "is_archived",
  "not_in_channel",
  "messages_tab_disabled",
  "restricted_action",
  "slack_connect_canvas_sharing_blocked",
]);

/** Answers to an edit: the message was deleted, or it or its conversation can be edited no more. */
const GONE = new Set([
  "message_not_found",
  "cant_update_message",
  "cant_delete_message",
  "compliance_exports_prevent_deletion",
  "edit_window_closed",
  "channel_not_found",
  "is_inactive",
  "is_archived",
  "not_in_channel",
]);

const EDITS = new Set(["chat.update", "chat.delete"]);

/** After these errors it is unknown whether Slack did what it was asked. */
const DOUBTFUL = new Set(["internal_error", "fatal_error", "request_timeout", "service_unavailable"]);

/** The installation is wrong, not the message. Once it is corrected, the same message can be sent. */
const REFUSED_TOKEN = [
  "invalid_auth",
  "not_authed",
  "account_inactive",
  "token_revoked",
  "token_expired",
  "not_allowed_token_type",
  "org_login_required",
  "ekm_access_denied",
  "access_denied",
];
const REFUSED_US = new Set([...REFUSED_TOKEN, "missing_scope", "no_permission"]);

/** The connection was never open, so nothing has arrived. */
const NEVER_LEFT =
  /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ENETDOWN|UND_ERR_CONNECT_TIMEOUT|CERT_|SELF_SIGNED/u;

const NAMELESS_WAIT = /Retry header did not contain a valid timeout/u;

/** Slack itself says "no" with 200: what refuses with another status is a proxy, or an address that is not Slack's. */
const TOO_MUCH = new Set([400, 413, 414, 431]);
const statusCode = (status: number): Code =>
  status >= 500 ? "ambiguous" : TOO_MUCH.has(status) ? "rejected" : "unavailable";

/** Turns the error of a call into an AttuneError. It never contains what was sent. */
export function slackError(error: unknown, method: string): AttuneError {
  if (error instanceof AttuneError) return error;
  const failed = Object(error) as Partial<WebAPICallError>;
  switch (failed.code) {
    case ErrorCode.RateLimitedError:
      return new AttuneError("rate-limited", `Slack asked to wait before ${method}.`, {
        retryAfter: ((failed as { retryAfter?: number }).retryAfter ?? 1) * 1_000,
      });
    case ErrorCode.PlatformError: {
      const { data } = failed as { data?: { error?: string } };
      const name = data?.error ?? "unknown";
      return new AttuneError(platformCode(name, method), `Slack refused ${method}: ${name}.`);
    }
    case ErrorCode.HTTPError: {
      const status = (failed as { statusCode?: number }).statusCode ?? 0;
      const retryAfter = askedToWait(error);
      return new AttuneError(
        statusCode(status),
        `Slack, or a proxy before it, answered ${method} with ${status}.`,
        retryAfter === undefined ? {} : { retryAfter },
      );
    }
    default: {
      // The SDK has no error of its own for a 429 that names no time.
      if (NAMELESS_WAIT.test(chainOf(error)))
        return new AttuneError("rate-limited", `Slack asked to wait before ${method}.`, {
          retryAfter: 1_000,
        });
      const refused = refusedByProxy(error);
      if (refused !== undefined)
        return new AttuneError(
          "unavailable",
          `The proxy refused the way to Slack (${refused}) for ${method}.`,
        );
      const left = NEVER_LEFT.test(chainOf(error)) ? "unavailable" : "ambiguous";
      return new AttuneError(left, `The connection to Slack failed during ${method}.`, { cause: error });
    }
  }
}

/** Whether Slack refused our credentials or found a scope missing. */
export const isRefusal = (error: unknown): boolean => REFUSED_US.has(saidBy(error) ?? "");

/** Whether Slack refused the token itself, for whatever it is used. */
export const isTokenRefused = (error: unknown): boolean =>
  REFUSED_TOKEN.includes(saidBy(error instanceof AttuneError ? error.cause : error) ?? "");

/** Slack's own word for what it refused; undefined for any other failure, and for what is no error at all. */
export function saidBy(error: unknown): string | undefined {
  const { code, data } = Object(error) as { code?: unknown; data?: { error?: unknown } };
  return code === ErrorCode.PlatformError && typeof data?.error === "string" ? data.error : undefined;
}

/** The wait that Slack asked for, in milliseconds; undefined where it asked for none. */
export function askedToWait(error: unknown): number | undefined {
  if (error instanceof AttuneError) return error.retryAfter;
  const failed = Object(error) as { retryAfter?: unknown; headers?: unknown };
  const seconds = Number(failed.retryAfter ?? headerIn(failed.headers));
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : undefined;
}

/** A proxy or an overloaded Slack asks for it in the header alone. */
const headerIn = (headers: unknown): unknown =>
  headers instanceof Headers
    ? headers.get("retry-after")
    : (Object(headers) as Record<string, unknown>)["retry-after"];

function platformCode(name: string, method: string): Code {
  if (EDITS.has(method) && GONE.has(name)) return "gone";
  if (name === "ratelimited" || name === "rate_limited") return "rate-limited";
  if (UNREACHABLE.has(name)) return "unreachable";
  if (DOUBTFUL.has(name)) return "ambiguous";
  return REFUSED_US.has(name) ? "unavailable" : "rejected";
}

/** The codes of an error and of what caused it. */
function chainOf(error: unknown): string {
  const codes: string[] = [];
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 6; depth++) {
    const one = at as Error & { code?: string; original?: unknown };
    codes.push(one.code ?? "", one.message);
    at = one.original ?? one.cause;
  }
  return codes.join(" ");
}
