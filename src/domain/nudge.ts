import type { PersonId } from "./person.ts";
import type { Instant } from "./time.ts";

export const NUDGE_KINDS = [
  "shift-goal",
  "shift-plan",
  "shift-debrief",
  "pair-check-in",
  "attending-digest",
  "coordinator-digest",
] as const;

export type NudgeKind = (typeof NUDGE_KINDS)[number];

/**
 * planned → claimed → sending → sent | uncertain → answered | expired | withdrawn; or failed.
 * `claimed`: one worker has it, nothing has left the house. `sending`: the intent is on disk.
 * `uncertain`: it may have arrived and the platform cannot tell; it counts as sent and is not repeated.
 */
export const NUDGE_STATES = [
  "planned",
  "claimed",
  "sending",
  "sent",
  "uncertain",
  "answered",
  "expired",
  "withdrawn",
  "failed",
] as const;

export type NudgeState = (typeof NUDGE_STATES)[number];

declare const nudgeBrand: unique symbol;
export type NudgeId = number & { readonly [nudgeBrand]: true };

/** What the roster implies: one ask or notice to one person about one subject. Unique by kind, person, subject. */
export interface PlannedNudge {
  readonly kind: NudgeKind;
  readonly person: PersonId;
  /** An assignment's id, a pair's week ("r1+a2@2026-W14") or a week ("2026-W14"). */
  readonly subject: string;
  readonly dueAt: Instant;
  readonly expiresAt: Instant;
}

/** A nudge as the store has it. */
export interface Nudge extends PlannedNudge {
  readonly id: NudgeId;
  readonly state: NudgeState;
  /** When the message went out (or may have). */
  readonly sentAt?: Instant;
  /** Why it was withdrawn or failed: a code, never a text of a person. */
  readonly reason?: string;
}

/**
 * Whether a message of this kind comes whatever anybody has answered. A debrief comes only where there was a goal, so
 * that one was sent, or could not be, would tell of a private goal: others are told of the rest alone.
 */
export const comesAnyway = (kind: NudgeKind): boolean => kind !== "shift-debrief";

export const nudgeId = (id: number): NudgeId => id as NudgeId;

const CLOSED: ReadonlySet<NudgeState> = new Set(["expired", "withdrawn", "failed"]);

/** Takes no answers any more, because its time is over or it came to nothing. An answered ask may still be changed. */
export const isOver = ({ state, expiresAt }: Pick<Nudge, "state" | "expiresAt">, now: Instant): boolean =>
  expiresAt <= now || CLOSED.has(state);
