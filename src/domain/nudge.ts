import { isOneOf, OVER, type NudgeState } from "./nudge-life.ts";
import type { PersonId, Role } from "./person.ts";
import type { Instant } from "./time.ts";

/** What the rules must know of a kind of nudge. */
interface KindRules {
  /** It asks something. A notice asks nothing: no cap and no back-off counts it, and its end says nothing of a person. */
  readonly asks: boolean;
  /** It is about one shift and follows it; any other is about a week and waits for a civil moment. */
  readonly shiftBound: boolean;
  /** Who can get it. */
  readonly roles: readonly Role[];
  /** When an ask is asked for the one time more. */
  readonly remindedAt: "shift-start" | "civil-hour" | "never";
  /**
   * It comes whatever anybody has answered. A debrief comes only where there was a goal, so that one was sent, or could
   * not be, would tell of a private goal: others are told of the rest alone.
   */
  readonly comesAnyway: boolean;
}

/** Every kind of nudge there is. */
export const NUDGES = {
  "shift-goal": {
    asks: true,
    shiftBound: true,
    roles: ["resident"],
    remindedAt: "shift-start",
    comesAnyway: true,
  },
  "shift-plan": {
    asks: true,
    shiftBound: true,
    roles: ["attending"],
    remindedAt: "shift-start",
    comesAnyway: true,
  },
  "shift-debrief": {
    asks: true,
    shiftBound: true,
    roles: ["resident", "attending"],
    remindedAt: "civil-hour",
    comesAnyway: false,
  },
  "pair-check-in": {
    asks: true,
    shiftBound: false,
    roles: ["resident", "attending"],
    remindedAt: "civil-hour",
    comesAnyway: true,
  },
  "attending-digest": {
    asks: false,
    shiftBound: false,
    roles: ["attending"],
    remindedAt: "never",
    comesAnyway: true,
  },
  "coordinator-digest": {
    asks: false,
    shiftBound: false,
    roles: ["coordinator"],
    remindedAt: "never",
    comesAnyway: true,
  },
} as const satisfies Readonly<Record<string, KindRules>>;

export type NudgeKind = keyof typeof NUDGES;

/** The kinds that ask something. */
export type AskKind = {
  [Kind in NudgeKind]: (typeof NUDGES)[Kind] extends { readonly asks: true } ? Kind : never;
}[NudgeKind];

export const NUDGE_KINDS = Object.keys(NUDGES) as readonly NudgeKind[];

/** The rules of a kind, for whoever does not know which one it is. */
export const rulesOf = (kind: NudgeKind): KindRules => NUDGES[kind];

export const isAskKind = (kind: NudgeKind): kind is AskKind => NUDGES[kind].asks;

export const ASK_KINDS: readonly AskKind[] = NUDGE_KINDS.filter(isAskKind);

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

/** A nudge that asks something. */
export type Ask = Nudge & { readonly kind: AskKind };

export const isAsk = (nudge: Nudge): nudge is Ask => isAskKind(nudge.kind);

export const nudgeId = (id: number): NudgeId => id as NudgeId;

/** Takes no answers any more, because its time is over or it came to nothing. An answered ask may still be changed. */
export const isOver = ({ state, expiresAt }: Pick<Nudge, "state" | "expiresAt">, now: Instant): boolean =>
  expiresAt <= now || isOneOf(OVER, state);
