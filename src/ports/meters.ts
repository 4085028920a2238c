import type { NudgeKind } from "../domain/nudge.ts";

/** What is counted while Attune works. Codes and durations only: no person, no text. */
export interface Meters {
  /** A nudge was sent, so many milliseconds after it was due. Absent for a nudge whose time depends on an answer. */
  sent(kind: NudgeKind, lateness?: number): void;
  /** A message, an edit or a beat failed. `code`: its error code, or "bug" for an error without one. */
  failed(code: string): void;
  /** A beat ended after so many milliseconds. */
  beatEnded(duration: number): void;
  /** An act of a person was handled: "card", "none", or the reason why it was refused. */
  handled(act: string, outcome: string): void;
}

/** Counts nothing. For simulations and tests. */
export const NO_METERS: Meters = { sent() {}, failed() {}, beatEnded() {}, handled() {} };
