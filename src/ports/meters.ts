import type { LossReason } from "../domain/nudge-life.ts";
import type { NudgeKind } from "../domain/nudge.ts";
import type { ErrorCode } from "../errors.ts";
import type { RefusalReason } from "./inbound.ts";

/** What is counted while Attune works. Codes and durations only: no person, no text. */
export interface Meters {
  /** A nudge was sent, so many milliseconds after it was due. Absent for a nudge whose time depends on an answer. */
  sent(kind: NudgeKind, lateness?: number): void;
  /** A message did not arrive, or nobody knows whether it did, and it is not tried again. */
  undelivered(reason: LossReason | ErrorCode): void;
  /** A message, an edit or a beat failed. `code`: its error code, or "bug" for an error without one. */
  failed(code: string): void;
  /** A beat ended after so many milliseconds. */
  beatEnded(duration: number): void;
  /** A home page was opened, or another act refused for one of `COUNTED_REFUSALS`. `outcome`: "card", "none", or why it was refused. */
  handled(act: string, outcome: string): void;
}

/**
 * Of all acts, opened home pages are counted, and those that were refused for one of these reasons. No other is: if few people are on
 * duty, one more answer, or one that came too late, would tell about a private goal.
 */
export const COUNTED_REFUSALS = [
  "unknown-person",
  "not-yours",
  "not-saved",
] as const satisfies readonly RefusalReason[];

/** Counts nothing. For simulations and tests. */
export const NO_METERS: Meters = { sent() {}, undelivered() {}, failed() {}, beatEnded() {}, handled() {} };
