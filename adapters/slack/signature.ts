import { createHmac, timingSafeEqual } from "node:crypto";
import type { Distrust } from "#src/ports/callers.ts";

/** The largest age of a request, as Slack advises. Checked in both directions: a time stamp in the future would be valid too long. */
const SKEW = 5 * 60;

/** Why a request is rejected as not signed by Slack. */
export type SlackDistrust = Extract<Distrust, "unsigned" | "signature" | "time">;

export interface Signed {
  readonly timestamp: string | null;
  readonly signature: string | null;
}

/** Why this request is not authentic or too old; undefined if it is fine. `now` is in seconds. */
export function distrusted(
  secret: string,
  { timestamp, signature }: Signed,
  body: string,
  now: number,
): SlackDistrust | undefined {
  if (!timestamp || !signature) return "unsigned";
  if (!/^\d{1,12}$/u.test(timestamp)) return "signature";
  const ours = Buffer.from(
    `v0=${createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex")}`,
  );
  const theirs = Buffer.from(signature);
  if (ours.length !== theirs.length || !timingSafeEqual(ours, theirs)) return "signature";
  return Math.abs(now - Number(timestamp)) > SKEW ? "time" : undefined;
}

/** What an operator should check if requests are rejected for this reason. */
export const mendSignature = (why: Distrust): string =>
  why === "time"
    ? "compare this machine's clock with the true time: Slack's signatures hold for five minutes"
    : why === "unsigned"
      ? "let the proxy in front of Attune hand on the headers X-Slack-Signature and X-Slack-Request-Timestamp"
      : "copy the Signing Secret of the app's Basic Information to SLACK_SIGNING_SECRET anew, then restart Attune";
