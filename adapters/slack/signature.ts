import { createHmac, timingSafeEqual } from "node:crypto";

/** Slack's own advice; checked both ways, since a time stamp from the future would be valid for ever so long. */
const SKEW = 5 * 60;

/** Whether Slack signed this body, and lately. `now` in seconds. */
export function isSigned(
  secret: string,
  headers: { readonly timestamp: string | null; readonly signature: string | null },
  body: string,
  now: number,
): boolean {
  const { timestamp, signature } = headers;
  if (timestamp === null || signature === null || !/^\d{1,12}$/u.test(timestamp)) return false;
  if (Math.abs(now - Number(timestamp)) > SKEW) return false;
  const ours = Buffer.from(
    `v0=${createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex")}`,
  );
  const theirs = Buffer.from(signature);
  return ours.length === theirs.length && timingSafeEqual(ours, theirs);
}
