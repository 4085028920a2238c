import { askedToWait } from "./errors.ts";

/** Milliseconds before the second try; doubled at each failure, up to the longest. */
const FIRST = 2_000;
const LONGEST = 30_000;
/** A wait that Slack asks for is kept, as long as a clock's timer can hold it and somebody may still be waiting. */
const LONGEST_ASKED = 60 * 60_000;

/**
 * Milliseconds before the next try, after so many failures in a row: never less than Slack asked for. Half of it is
 * chance, so that processes that lost Slack together do not come back together.
 */
export function backoff(failures: number, error: unknown, chance: number): number {
  const own = failures === 0 ? 0 : Math.min(LONGEST, FIRST * 2 ** (failures - 1)) * (0.5 + chance / 2);
  return Math.max(own, Math.min(LONGEST_ASKED, askedToWait(error) ?? 0));
}
