import { OVER, RECALLED, CONSENT_OPEN, NO_ADDRESS, type NudgeReason, type NudgeState } from "./nudge-life.ts";
import { type PersonId, type Role, personId } from "./person.ts";
import { weekFromLabel, weekLabel, type Instant, type WeekNumber } from "./time.ts";
import type { ErrorCode } from "../errors.ts";

/** What the rules need to know about a kind of nudge. */
interface KindRules {
  /** It has a form of questions. Notices have none: they do not count for caps and for backing off. */
  readonly asks: boolean;
  /** It is about one shift and moves with it. Others are about a week and wait for a time that does not disturb. */
  readonly shiftBound: boolean;
  /** Who can get it. */
  readonly roles: readonly Role[];
  /** When its one reminder is sent. A goal and a plan have none: their moment has passed by then, and home shows them. */
  readonly remindedAt: "civil-hour" | "first-shift" | "never";
  /**
   * It is sent whatever anybody has answered. A debrief is not: it comes only after a goal. So coordinators are not told
   * about debriefs, since that would tell them that there was a goal, which may be private.
   */
  readonly comesAnyway: boolean;
  /** It follows from the roster. Else something else brings it about, and no plan moves it or takes it back. */
  readonly planned: boolean;
}

/** What tells or asks something beside the shifts, whatever anybody has answered: what most notices have in common. */
const NOTICE = {
  asks: false,
  shiftBound: false,
  remindedAt: "never",
  comesAnyway: true,
  planned: true,
} as const satisfies Omit<KindRules, "roles">;

/** What coordinators are told or asked about their program. */
const FOR_COORDINATORS = { ...NOTICE, roles: ["coordinator"] } as const satisfies KindRules;

/** Every kind of nudge there is. */
export const NUDGES = {
  /** How a new program stands, for its coordinators, before anybody else hears of Attune. It waits for one of them to start. */
  greeting: FOR_COORDINATORS,
  /** Whether somebody takes part. Until they agree, nothing else reaches them. */
  consent: { ...NOTICE, roles: ["resident", "attending", "coordinator"], remindedAt: "first-shift" },
  /** Whether somebody's answers may be used for the study that program.yaml names. What comes of it is told to nobody. */
  research: { ...NOTICE, roles: ["resident", "attending"], comesAnyway: false },
  "shift-goal": {
    asks: true,
    shiftBound: true,
    roles: ["resident"],
    remindedAt: "never",
    comesAnyway: true,
    planned: true,
  },
  "shift-plan": {
    asks: true,
    shiftBound: true,
    roles: ["attending"],
    remindedAt: "never",
    comesAnyway: true,
    planned: true,
  },
  "shift-debrief": {
    asks: true,
    shiftBound: true,
    roles: ["resident", "attending"],
    remindedAt: "civil-hour",
    comesAnyway: false,
    planned: true,
  },
  /** Tells whoever answered first that both have, where there is something to talk about. */
  "shift-reveal": {
    ...NOTICE,
    shiftBound: true,
    roles: ["resident", "attending"],
    comesAnyway: false,
    planned: false,
  },
  /** Who is asked about whom follows from what the week left open. How many were asked would tell of that. */
  "pair-check-in": {
    asks: true,
    shiftBound: false,
    roles: ["resident", "attending"],
    remindedAt: "civil-hour",
    comesAnyway: false,
    planned: true,
  },
  /** It comes only where residents shared something, or answered. */
  "attending-digest": { ...NOTICE, roles: ["attending"], comesAnyway: false },
  /** Whose an account is that wrote to Attune and is nobody's of the program. */
  "whose-account": FOR_COORDINATORS,
  "coordinator-digest": FOR_COORDINATORS,
  /** A file that an operator put in its place counts instead of one that a coordinator had applied. */
  "file-taken-over": { ...FOR_COORDINATORS, planned: false },
  /** What a resident's rotation was, when it has ended. */
  "rotation-summary": { ...NOTICE, roles: ["resident"] },
} as const satisfies Readonly<Record<string, KindRules>>;

export type NudgeKind = keyof typeof NUDGES;

/** The kinds that ask something. */
export type AskKind = {
  [Kind in NudgeKind]: (typeof NUDGES)[Kind] extends { readonly asks: true } ? Kind : never;
}[NudgeKind];

export const NUDGE_KINDS = Object.keys(NUDGES) as readonly NudgeKind[];

/** While an upgrade goes on, a process reads nudges of kinds that only the newer version knows. It leaves them to that. */
const OF_A_NEWER_VERSION: KindRules = { ...NOTICE, roles: [], comesAnyway: false, planned: false };

/** The rules of a kind that is known only at run time. */
export const rulesOf = (kind: NudgeKind): KindRules =>
  Object.hasOwn(NUDGES, kind) ? NUDGES[kind] : OF_A_NEWER_VERSION;

/** Whether this version knows what it is. */
export const isKnownKind = (kind: NudgeKind): boolean => rulesOf(kind) !== OF_A_NEWER_VERSION;

export const isAskKind = (kind: NudgeKind): kind is AskKind => rulesOf(kind).asks;

export const ASK_KINDS: readonly AskKind[] = NUDGE_KINDS.filter(isAskKind);

/** The subjects of a consent and of a greeting: each comes once, whatever rotations come. */
export const TAKING_PART = "taking-part";
export const SETTING_UP = "setting-up";

declare const nudgeBrand: unique symbol;
export type NudgeId = number & { readonly [nudgeBrand]: true };

/** A nudge before it is stored: one ask or notice to one person about one subject. Unique by kind, person and subject. */
export interface PlannedNudge {
  readonly kind: NudgeKind;
  readonly person: PersonId;
  /**
   * An assignment's id, the same with a partner ("….+a2"), a week ("2026-W14"), a rotation's first day, the version of a study's text or of a file, or the number of a question about an account; of check-ins before version
   * 0.2, a pair's week ("r1+a2@2026-W14").
   */
  readonly subject: string;
  readonly dueAt: Instant;
  readonly expiresAt: Instant;
}

/** A nudge as it is stored. */
export interface Nudge extends PlannedNudge {
  readonly id: NudgeId;
  readonly state: NudgeState;
  /** When the plan had it due. `dueAt` moves: a send that failed is due again later, what is hastened is due earlier. */
  readonly firstDue: Instant;
  /** When the message went out (or may have). */
  readonly sentAt?: Instant;
  /** A reminder of it has been begun, or was asked for ("ask me later"): its newest message is not the first. */
  readonly isReminded?: true;
  /** Why it was withdrawn or failed: a code, never a text of a person. */
  readonly reason?: NudgeReason;
}

/** A nudge that asks something. */
export type Ask = Nudge & { readonly kind: AskKind };

export const isAsk = (nudge: Nudge): nudge is Ask => isAskKind(nudge.kind);

export const nudgeId = (id: number): NudgeId => id as NudgeId;

/** No nudge has this id. It stands for one in what nobody was sent: a consent that is shown unasked, a trial, an answer about the study. */
export const NO_NUDGE = nudgeId(0);

/** What of a nudge says whether it still takes answers. */
type NudgeStatus = Pick<Nudge, "kind" | "state" | "reason" | "expiresAt">;

/** The roster no longer asks for it. A goal whose ask was held back for another reason can be set all the same. */
export const isCalledOff = ({ kind, state, reason }: NudgeStatus): boolean =>
  state === "withdrawn" && (kind !== "shift-goal" || reason === RECALLED);

/**
 * Takes no more answers, since its time is over or it was withdrawn or failed. The answers of an answered ask can still change. A goal
 * can be set until its shift ends, whatever became of its ask.
 */
export const isOver = (nudge: NudgeStatus, now: Instant): boolean =>
  nudge.expiresAt <= now || isCalledOff(nudge) || (nudge.kind !== "shift-goal" && OVER.includes(nudge.state));

/** The subject of a message that two have both answered about the resident's shift, as one of them gets it. */
export const revealed = (shift: string, partner: PersonId): string => `${shift}+${partner}`;

/** Reads what `revealed` wrote; undefined for any other subject. */
export function readRevealed(
  subject: string,
): { readonly shift: string; readonly partner: PersonId } | undefined {
  const plus = subject.lastIndexOf("+");
  return plus < 0 ? undefined : { shift: subject.slice(0, plus), partner: personId(subject.slice(plus + 1)) };
}

/** What a check-in's answers about one partner are about: "r1+a2@2026-W14". Before version 0.2 it was the subject of an ask, too. */
export const pairWeek = (resident: PersonId, attending: PersonId, week: WeekNumber): string =>
  `${resident}+${attending}@${weekLabel(week)}`;

export interface PairWeek {
  readonly resident: PersonId;
  readonly attending: PersonId;
  readonly week: WeekNumber;
}

/** Reads what `pairWeek` wrote; undefined for any other subject. */
export function readPairWeek(subject: string): PairWeek | undefined {
  const match = /^([^+]+)\+([^+]+)@(\d{4}-W\d{2})$/.exec(subject);
  const week = match === null ? undefined : weekFromLabel(match[3]!);
  if (match === null || week === undefined) return undefined;
  return { resident: personId(match[1]!), attending: personId(match[2]!), week };
}

/** Whether it did not arrive since its person has yet to come: to install Attune, or to agree. That is no failure: it ends when they do. */
export const isWaiting = (kind: NudgeKind, reason: NudgeReason | ErrorCode | null | undefined): boolean =>
  reason === NO_ADDRESS || reason === CONSENT_OPEN || (kind === "consent" && reason === "unreachable");

/**
 * Whether operators are told what became of a message. A look back comes only where there was a goal, a check-in first where something
 * is open, and a reminder only where there was no answer: that one of them went out, or could not, would tell of that.
 */
export const isTold = (of: { readonly nudge: Pick<Nudge, "kind">; readonly reminder: boolean }): boolean =>
  !of.reminder && rulesOf(of.nudge.kind).comesAnyway;
