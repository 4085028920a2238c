import type { ErrorCode } from "../errors.ts";

/**
 * The life of a nudge: its states, and every transition from one to another. What a transition writes besides the state
 * stands in db/store/nudge-life.ts, under the same name; nothing else in the store writes a state. The diagram
 * (mermaid) says the same as the tables below, and a test compares them.
 *
 * stateDiagram-v2
 *   [*] --> planned : plan
 *   [*] --> withdrawn : leaveOut
 *   planned --> planned : move
 *   claimed --> planned : move
 *   planned --> claimed : claim
 *   claimed --> claimed : claim
 *   claimed --> sending : intend
 *   sending --> sending : intend
 *   sending --> sent : leave
 *   sending --> uncertain : leave
 *   claimed --> planned : giveBack
 *   sending --> planned : giveBack
 *   claimed --> withdrawn : close
 *   claimed --> failed : close
 *   sending --> withdrawn : close
 *   sending --> failed : close
 *   planned --> answered : answer
 *   claimed --> answered : answer
 *   sending --> answered : answer
 *   sent --> answered : answer
 *   uncertain --> answered : answer
 *   answered --> answered : answer
 *   planned --> expired : expire
 *   claimed --> expired : expire
 *   sent --> expired : expire
 *   uncertain --> expired : expire
 *   planned --> withdrawn : withdraw
 *   claimed --> withdrawn : withdraw
 *   withdrawn --> planned : revive
 *   withdrawn --> planned : release
 *   sent --> withdrawn : recall
 *   uncertain --> withdrawn : recall
 *   withdrawn --> sent : reopen
 *
 * An ask that was sent may be reminded of. The reminder has a life of its own, and the ask's state stays:
 *
 * stateDiagram-v2
 *   [*] --> claimed : claim
 *   claimed --> claimed : claim
 *   claimed --> sending : intend
 *   sending --> sending : intend
 *   claimed --> [*] : end
 *   sending --> [*] : end
 *   claimed --> [*] : drop
 */
export const NUDGE_STATES = [
  /** Due at a moment to come, or due and waiting for a worker. */
  "planned",
  /** One worker has it, and nothing has left the process. Its lease over, another may have it. */
  "claimed",
  /** The intent to send is on disk. Its lease over, it has to be found out what became of it. */
  "sending",
  /** Its message stands in the person's chat. */
  "sent",
  /** It may have arrived, and the platform cannot tell: it counts as sent and is not repeated. */
  "uncertain",
  "answered",
  "expired",
  "withdrawn",
  "failed",
] as const;

export type NudgeState = (typeof NUDGE_STATES)[number];

/** Not on its way yet: it follows the plan. */
export const UNSENT: readonly NudgeState[] = ["planned", "claimed"];

/** A worker has it, until its lease ends. */
export const IN_HAND = ["claimed", "sending"] as const satisfies readonly NudgeState[];

/** It stands in a chat, or may, and waits for an answer. */
export const OUT: readonly NudgeState[] = ["sent", "uncertain"];

/** It takes no answers any more. */
export const OVER: readonly NudgeState[] = ["expired", "withdrawn", "failed"];

/** Why a plan withdraws: the roster no longer implies the nudge. */
export const UNIMPLIED = "roster";

/** Why a nudge is withdrawn whose person is in people.csv no more. */
export const LEFT = "left-program";

/** Why an ask is not sent whose person was asked lately whether they take part. It is released when they agree in time. */
export const CONSENT_OPEN = "consent-open";

/** Why somebody who works in two programs is not asked by this one whether they take part: the other one asks. */
export const ASKED_ELSEWHERE = "asked-elsewhere";

/** Why an ask that was sent is recalled: the roster no longer implies it. Only these are opened again. */
export const RECALLED = "recalled";

/** Why a goal's ask is not sent that the plan has left out: its person set the goal without being asked. */
export const UNASKED = "unasked" as const;

/** Why a nudge is not sent that is due, by what its person wants and what the program admits. */
export type HoldReason =
  | "stopped"
  | "paused"
  | "back-off"
  | "month-cap"
  | "day-cap"
  | "week-cap"
  | "agreed"
  | typeof ASKED_ELSEWHERE
  | typeof CONSENT_OPEN
  | "late";

/** Limits on how often anybody is asked. */
const LIMITS: ReadonlySet<string> = new Set<HoldReason>(["back-off", "month-cap", "day-cap", "week-cap"]);

/** A reason as operators are told it: that somebody left several asks unanswered looks like any other limit. */
export const toldReason = (reason: NudgeReason): NudgeReason | "limits" =>
  LIMITS.has(reason) ? "limits" : reason;

/**
 * Why one did not arrive: how the platform failed, or that nobody knows where its person is. Other failures pass, or the message's
 * time does, and then it has no reason.
 */
export type LossReason = Exclude<ErrorCode, "rate-limited" | "unavailable" | "store"> | "no-address";

/** Why one did not arrive whose person has not installed Attune on their platform, or cannot be found there. */
export const NO_ADDRESS = "no-address" satisfies LossReason;

/** Every reason that is kept beside the state of a nudge. */
export type NudgeReason =
  | HoldReason
  | LossReason
  | "nothing-to-ask"
  | typeof UNIMPLIED
  | typeof LEFT
  | typeof RECALLED
  | typeof UNASKED;

export interface Transition<State extends string> {
  readonly from: readonly State[];
  /** Where it leads; where these are several, whoever makes the transition says which. */
  readonly to: readonly State[];
  /** Found in this state, the nudge stays in it, and all else is written. */
  readonly spares?: readonly State[];
  /** Only one with such a reason. */
  readonly because?: readonly NudgeReason[];
}

/** What is answered while its message is on the way stays answered. */
const answeredMeanwhile = ["answered"] as const satisfies readonly NudgeState[];

/** Every transition of a nudge. */
export const NUDGE_LIFE = {
  /** The roster implies it. */
  plan: { from: [], to: ["planned"] },
  /** The roster implies none, but its person answers it without being asked. */
  leaveOut: { from: [], to: ["withdrawn"] },
  /** The roster implies it at another time. Whoever has claimed it has it no longer. */
  move: { from: UNSENT, to: ["planned"] },
  /** It is due, or an earlier worker's lease is over and nothing had left the process. */
  claim: { from: UNSENT, to: ["claimed"] },
  /** Its message is about to leave the process: for the first time, or once more when the first has proved not to have arrived. */
  intend: { from: IN_HAND, to: ["sending"] },
  /** Its message has left the process, and arrived or may have. */
  leave: { from: ["sending"], to: OUT, spares: answeredMeanwhile },
  /** Nothing arrived, and it is due again later. */
  giveBack: { from: IN_HAND, to: ["planned"], spares: answeredMeanwhile },
  /** It will not be sent: nobody wants it any more, or it cannot arrive. */
  close: { from: IN_HAND, to: ["withdrawn", "failed"], spares: answeredMeanwhile },
  /** All that it asks is answered, wherever it was told; an answer may be changed. */
  answer: { from: ["planned", "claimed", "sending", "sent", "uncertain", "answered"], to: ["answered"] },
  /** Its time is over. A send in the middle is left: first it is found out what became of it. */
  expire: { from: ["planned", "claimed", "sent", "uncertain"], to: ["expired"] },
  /** The roster no longer implies it, or its person has left, and it was not sent. */
  withdraw: { from: UNSENT, to: ["withdrawn"] },
  /** Withdrawn, and implied again; or to be looked at again: who works in two programs may have left the one that asked. */
  revive: { from: ["withdrawn"], to: ["planned"], because: [UNIMPLIED, LEFT, ASKED_ELSEWHERE] },
  /** Withdrawn because its person had not agreed yet, and now they have. */
  release: { from: ["withdrawn"], to: ["planned"], because: [CONSENT_OPEN] },
  /** The roster no longer implies it, and it was sent: it is closed with a kind word. */
  recall: { from: OUT, to: ["withdrawn"] },
  /** Recalled, and implied again: its message stands in the chat. */
  reopen: { from: ["withdrawn"], to: ["sent"], because: [RECALLED] },
} as const satisfies Readonly<Record<string, Transition<NudgeState>>>;

/** A reminder that is under way; `none` is kept as no value at all. */
export type ReminderState = "none" | "claimed" | "sending";

/** Every transition of a reminder. */
export const REMINDER_LIFE = {
  /** It is time to remind, or an earlier worker's lease is over: while the ask is out. */
  claim: { from: ["none", "claimed"], to: ["claimed"] },
  /** The reminder is about to leave the process: while the ask is out. */
  intend: { from: IN_HAND, to: ["sending"] },
  /** It has left the process, it will not be sent, or it is due again later: whatever became of the ask. */
  end: { from: IN_HAND, to: ["none"] },
  /** The ask has ended. A reminder that is being sent keeps its claim, so that it is found out where its message stands. */
  drop: { from: ["claimed"], to: ["none"], spares: ["sending"] },
} as const satisfies Readonly<Record<string, Transition<ReminderState>>>;
