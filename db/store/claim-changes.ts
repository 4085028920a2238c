import { and, eq, gt, sql } from "drizzle-orm";
import type { Kept } from "./store-context.ts";
import { given, givenValue, is, isIn } from "./placeholders.ts";
import { nudgeChange } from "./nudge-change.ts";
import { refreshRequested } from "./refreshes.ts";

/**
 * What a claim may do to its nudge, as the ask itself and as its reminder. Each is refused once another worker has
 * the nudge. An ask that was answered while its message was on the way stays answered.
 */
export const claimChanges = ({ program, tables }: Kept) => {
  const t = tables.nudge;
  const mine = and(
    is(t.program, program),
    eq(t.id, given("id")),
    eq(t.owner, given("owner")),
    eq(t.fence, given("fence")),
  );
  const over = { owner: null, leaseUntil: null };
  const reminderOver = { ...over, reminder: null, snoozedUntil: null };
  const leaseHolds = and(gt(t.leaseUntil, given("now")), gt(t.expiresAt, given("now")));
  const asUnderWay = and(mine, isIn(t.state, ["claimed", "sending", "answered"]));
  const reminderUnderWay = and(mine, isIn(t.reminder, ["claimed", "sending"]));
  const remindable = sql`case when ${given("remindAt")} < ${t.expiresAt} then ${given("remindAt")} end`;

  // What became of the ask while this message was on the way, the message does not say yet.
  const { refreshVersion, refreshAt } = refreshRequested(tables);
  const isPast = sql`${t.state} in ('answered', 'expired', 'withdrawn')`;
  const outdated = {
    refreshVersion: sql`case when ${isPast} then ${refreshVersion} else ${t.refreshVersion} end`,
    refreshAt: sql`case when ${isPast} then ${refreshAt} else ${t.refreshAt} end`,
  };

  return {
    intended: {
      ask: nudgeChange(
        t,
        { state: "sending", leaseUntil: givenValue("leaseUntil") },
        and(mine, leaseHolds, isIn(t.state, ["claimed", "sending"])),
      ),
      reminder: nudgeChange(
        t,
        { reminder: "sending", leaseUntil: givenValue("leaseUntil"), remindAt: givenValue("leaseUntil") },
        and(reminderUnderWay, leaseHolds, isIn(t.state, ["sent", "uncertain"])),
      ),
    },
    left: {
      ask: nudgeChange(
        t,
        {
          ...over,
          state: sql`case when ${t.state} = 'answered' then 'answered' else ${given("state")} end`,
          reason: givenValue("reason"),
          sentAt: givenValue("now"),
          attempts: 0,
          ...outdated,
          // "Ask me later", said while the message was on the way, goes before the reminder of the plan.
          remindAt: sql`case when ${t.state} = 'answered' then null else coalesce(${t.remindAt}, ${remindable}) end`,
        },
        and(mine, isIn(t.state, ["sending", "answered"])),
      ),
      reminder: nudgeChange(
        t,
        { ...reminderOver, ...outdated, remindAt: sql`${t.snoozedUntil}`, attempts: 0 },
        reminderUnderWay,
      ),
    },
    closed: {
      ask: nudgeChange(
        t,
        {
          ...over,
          state: sql`case when ${t.state} = 'answered' then 'answered' else ${given("state")} end`,
          reason: sql`case when ${t.state} = 'answered' then ${t.reason} else ${given("reason")} end`,
          remindAt: null,
        },
        asUnderWay,
      ),
      reminder: nudgeChange(
        t,
        { ...reminderOver, remindAt: sql`${t.snoozedUntil}`, attempts: 0 },
        reminderUnderWay,
      ),
    },
    back: {
      ask: nudgeChange(
        t,
        {
          ...over,
          state: sql`case when ${t.state} = 'answered' then 'answered' else 'planned' end`,
          dueAt: sql`case when ${given("notBefore")} < ${t.expiresAt} then ${given("notBefore")} else ${t.expiresAt} end`,
        },
        asUnderWay,
      ),
      reminder: nudgeChange(
        t,
        {
          ...reminderOver,
          round: sql`${t.round} - 1`,
          remindAt: sql`case when ${t.state} in ('sent', 'uncertain') then coalesce(${t.snoozedUntil}, ${given("notBefore")}) end`,
        },
        reminderUnderWay,
      ),
    },
  };
};
