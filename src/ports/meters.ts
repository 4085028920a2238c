import type { NudgeKind } from "../domain/nudge.ts";

/** What is counted while Attune works. Codes and durations only: no person, no text. */
export interface Meters {
  /** A nudge went out, this many milliseconds after it was due; absent where it came because of an answer, or for want of one. */
  sent(kind: NudgeKind, lateness?: number): void;
  /** Something failed (a message, an edit, a beat), by its error code ("bug" for what nobody foresaw). */
  failed(code: string): void;
  /** A beat finished after this many milliseconds. */
  ticked(duration: number): void;
  /** An act of a person was handled: "card", "none", or the reason why it was refused. */
  handled(act: string, outcome: string): void;
}

/** Counts nothing: for simulations, and for tests that count for themselves. */
export const NO_METERS: Meters = { sent() {}, failed() {}, ticked() {}, handled() {} };
