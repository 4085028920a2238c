import { and, isNull, or, sql, type SQL } from "drizzle-orm";
import {
  NUDGE_LIFE,
  OUT,
  RECALLED,
  UNASKED,
  REMINDER_LIFE,
  type NudgeState,
  type ReminderState,
  type Transition,
} from "#src/domain/nudge-life.ts";
import type { RowChange } from "../statements/statement.ts";
import { isShown, nudgeChange, editRequested, type NudgeSet } from "./nudge-change.ts";
import { is, isIn, placeholder, placeholderValue } from "./placeholders.ts";
import type { Tables } from "./store-context.ts";

/** A transition in SQL. */
export interface NudgeTransition {
  /** Which nudges can make it. */
  readonly from: SQL;
  /** The state that it leads to, and all that changes along with it. */
  readonly set: NudgeSet;
  /** The write that makes it, to the nudge that `where` finds. */
  of(where: SQL | undefined): RowChange;
}

type NudgeLife = ReturnType<typeof transitionsOf>;

const known = new WeakMap<Tables, NudgeLife>();

/**
 * Every transition of a nudge and of its reminder (src/domain/nudge-life.ts has the diagram) as SQL. No other file
 * writes a nudge's state; the statements say which nudge, and give the values. Made once for all stores of a dialect.
 */
export function nudgeLife(tables: Tables): NudgeLife {
  const life = known.get(tables) ?? transitionsOf(tables);
  known.set(tables, life);
  return life;
}

const transitionsOf = (tables: Tables) => {
  const { nudge: t } = tables;
  const ask: Ask = (name, also) => {
    const rule: Transition<NudgeState> = NUDGE_LIFE[name];
    const from = and(
      isIn(t.state, [...rule.from, ...(rule.spares ?? [])]),
      rule.because === undefined ? undefined : isIn(t.reason, rule.because),
    )!;
    const set = { ...also, state: stateAfter(t, rule) };
    return { from, set, of: (where) => nudgeChange(t, set, and(where, from)) };
  };
  return {
    /** What a new nudge has. */
    plan: { state: NUDGE_LIFE.plan.to[0] },
    /** What one has that is kept only to be answered. */
    leaveOut: { state: NUDGE_LIFE.leaveOut.to[0], reason: UNASKED },
    ...asksOnTheirWay(tables, ask),
    ...asksOfThePlan(tables, ask),
    answer: ask("answer", {
      ...reminderDropped(t),
      touchedAt: placeholderValue("now"),
      answeredAt: sql`coalesce(${t.answeredAt}, ${placeholder("now")})`,
    }),
    expire: ask("expire", reminderDropped(t)),
    /** The same, for one whose message says that it asks. */
    expireShown: ask("expire", { ...reminderDropped(t), ...editRequested(tables) }),
    reminder: reminderLife(tables),
  };
};

type Also = Omit<NudgeSet, "state">;
type Ask = (name: Exclude<keyof typeof NUDGE_LIFE, "plan" | "leaveOut">, also: Also) => NudgeTransition;

/** The state that a transition writes. */
function stateAfter(t: Tables["nudge"], { to, spares = [] }: Transition<NudgeState>): NudgeState | SQL {
  const next = to.length === 1 ? to[0]! : placeholderValue("state");
  if (spares.length === 0) return next;
  return sql`case when ${isIn(t.state, spares)} then ${t.state} else ${next} end`;
}

const CLAIM_OVER = { owner: null, leaseUntil: null };

/** What every claim writes, of an ask or a reminder, to send it or to find out what became of it. */
export const claimTaken = ({ nudge: t }: Tables) => ({
  owner: placeholderValue("owner"),
  leaseUntil: placeholderValue("leaseUntil"),
  fence: sql`${t.fence} + 1`,
  attempts: sql`${t.attempts} + 1`,
});

/** From the claim to the message that stands in a chat. */
function asksOnTheirWay(tables: Tables, ask: Ask) {
  const { nudge: t } = tables;
  const isAnswered = is(t.state, "answered");
  const closed = {
    ...CLAIM_OVER,
    reason: sql`case when ${isAnswered} then ${t.reason} else ${placeholder("reason")} end`,
    remindAt: null,
  };
  const remindable = sql`case when ${placeholder("remindAt")} < ${t.expiresAt} then ${placeholder("remindAt")} end`;
  return {
    claim: ask("claim", claimTaken(tables)),
    intend: ask("intend", { leaseUntil: placeholderValue("leaseUntil") }),
    leave: ask("leave", {
      ...CLAIM_OVER,
      ...outdated(tables),
      reason: placeholderValue("reason"),
      sentAt: placeholderValue("now"),
      attempts: 0,
      // "Ask me later", said while the message was on the way, goes before the reminder of the plan.
      remindAt: sql`case when ${isAnswered} then null else coalesce(${t.remindAt}, ${remindable}) end`,
    }),
    giveBack: ask("giveBack", {
      ...CLAIM_OVER,
      dueAt: sql`case when ${placeholder("notBefore")} < ${t.expiresAt} then ${placeholder("notBefore")} else ${t.expiresAt} end`,
    }),
    close: ask("close", closed),
    /** The same, with when it was tried. Apart, since PostgreSQL takes three times as long for it. */
    closeTried: ask("close", { ...closed, dueAt: placeholderValue("now") }),
  };
}

/** What the plan makes of asks: of those that were not sent, and of those that were. */
function asksOfThePlan(tables: Tables, ask: Ask) {
  const { nudge: t } = tables;
  const planned = {
    ...CLAIM_OVER,
    dueAt: placeholderValue("dueAt"),
    plannedDue: placeholderValue("dueAt"),
    expiresAt: placeholderValue("expiresAt"),
    reason: null,
  };
  return {
    move: ask("move", planned),
    revive: ask("revive", planned),
    release: ask("release", { ...CLAIM_OVER, reason: null }),
    withdraw: ask("withdraw", {
      ...CLAIM_OVER,
      reason: placeholderValue("reason"),
      remindAt: null,
      editVersion: sql`${t.editVersion} + 1`,
      editAt: sql`case when ${isShown(tables)} then ${placeholder("now")} else ${t.editAt} end`,
    }),
    recall: ask("recall", { ...reminderDropped(t), ...editRequested(tables), reason: RECALLED }),
    reopen: ask("reopen", {
      ...editRequested(tables),
      reason: null,
      expiresAt: placeholderValue("expiresAt"),
    }),
  };
}

/** An edit of what ended while this message was on the way: the message does not say so yet. */
const outdated = (tables: Tables) => editRequestedWhere(tables, outOfDate(tables));

const outOfDate = ({ nudge: t }: Tables): SQL => isIn(t.state, ["answered", "expired", "withdrawn"]);

function editRequestedWhere(tables: Tables, where: SQL | undefined) {
  const { nudge: t } = tables;
  const { editVersion, editAt } = editRequested(tables);
  return {
    editVersion: sql`case when ${where} then ${editVersion} else ${t.editVersion} end`,
    editAt: sql`case when ${where} then ${editAt} else ${t.editAt} end`,
  };
}

/** What an ask that ends leaves of its reminder. One that is being sent keeps its claim. */
function reminderDropped(t: Tables["nudge"]) {
  const isSpared = isIn(t.reminder, REMINDER_LIFE.drop.spares);
  return {
    reminder: sql`case when ${isSpared} then ${t.reminder} end`,
    leaseUntil: sql`case when ${isSpared} then ${t.leaseUntil} end`,
    remindAt: sql`case when ${isSpared} then ${t.remindAt} end`,
    snoozedUntil: null,
  };
}

function reminderLife(tables: Tables) {
  const { nudge: t } = tables;
  const transition = (
    name: Exclude<keyof typeof REMINDER_LIFE, "drop">,
    also: Also,
    where?: SQL,
  ): NudgeTransition => {
    const rule: Transition<ReminderState> = REMINDER_LIFE[name];
    const states = rule.from.filter((state) => state !== "none");
    const under = isIn(t.reminder, states);
    const from = and(rule.from.includes("none") ? or(isNull(t.reminder), under) : under, where)!;
    const [next] = rule.to;
    const set = { ...also, reminder: next === "none" ? null : next! };
    return { from, set, of: (which) => nudgeChange(t, set, and(which, from)) };
  };
  const isOut = isIn(t.state, OUT);
  const ended = (also: Also) => transition("end", { ...CLAIM_OVER, snoozedUntil: null, ...also });
  return {
    claim: transition(
      "claim",
      {
        ...claimTaken(tables),
        // A reminder that an earlier worker left keeps its round: it is the same delivery.
        round: sql`case when ${t.reminder} is null then ${t.round} + 1 else ${t.round} end`,
        remindAt: placeholderValue("leaseUntil"),
      },
      isOut,
    ),
    intend: transition(
      "intend",
      { leaseUntil: placeholderValue("leaseUntil"), remindAt: placeholderValue("leaseUntil") },
      isOut,
    ),
    // A reminder takes the place of the message that it reminds of: the edit takes that one out.
    leave: ended({
      ...editRequestedWhere(tables, or(outOfDate(tables), isShown(tables))),
      remindAt: sql`${t.snoozedUntil}`,
      attempts: 0,
    }),
    close: ended({ remindAt: sql`${t.snoozedUntil}`, attempts: 0 }),
    giveBack: ended({
      round: sql`${t.round} - 1`,
      remindAt: sql`case when ${isOut} then coalesce(${t.snoozedUntil}, ${placeholder("notBefore")}) end`,
    }),
  };
}
