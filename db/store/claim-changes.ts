import { and, eq, gt, sql } from "drizzle-orm";
import type { StoreContext } from "./store-context.ts";
import { placeholder, placeholderValue, is, isIn } from "./placeholders.ts";
import { nudgeChange } from "./nudge-change.ts";
import { refreshRequested } from "./refreshes.ts";

/**
 * What a claim may do to its nudge, as the ask itself and as its reminder. Each is refused once another worker has
 * the nudge. An ask that was answered while its message was on the way stays answered.
 */
export const claimChanges = ({ program, tables }: StoreContext) => {
  const t = tables.nudge;
  const mine = and(
    is(t.program, program),
    eq(t.id, placeholder("id")),
    eq(t.owner, placeholder("owner")),
    eq(t.fence, placeholder("fence")),
  );
  const over = { owner: null, leaseUntil: null };
  const reminderOver = { ...over, reminder: null, snoozedUntil: null };
  const leaseHolds = and(gt(t.leaseUntil, placeholder("now")), gt(t.expiresAt, placeholder("now")));
  const asUnderWay = and(mine, isIn(t.state, ["claimed", "sending", "answered"]));
  const reminderUnderWay = and(mine, isIn(t.reminder, ["claimed", "sending"]));
  const remindable = sql`case when ${placeholder("remindAt")} < ${t.expiresAt} then ${placeholder("remindAt")} end`;

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
        { state: "sending", leaseUntil: placeholderValue("leaseUntil") },
        and(mine, leaseHolds, isIn(t.state, ["claimed", "sending"])),
      ),
      reminder: nudgeChange(
        t,
        {
          reminder: "sending",
          leaseUntil: placeholderValue("leaseUntil"),
          remindAt: placeholderValue("leaseUntil"),
        },
        and(reminderUnderWay, leaseHolds, isIn(t.state, ["sent", "uncertain"])),
      ),
    },
    left: {
      ask: nudgeChange(
        t,
        {
          ...over,
          state: sql`case when ${t.state} = 'answered' then 'answered' else ${placeholder("state")} end`,
          reason: placeholderValue("reason"),
          sentAt: placeholderValue("now"),
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
          state: sql`case when ${t.state} = 'answered' then 'answered' else ${placeholder("state")} end`,
          reason: sql`case when ${t.state} = 'answered' then ${t.reason} else ${placeholder("reason")} end`,
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
          dueAt: sql`case when ${placeholder("notBefore")} < ${t.expiresAt} then ${placeholder("notBefore")} else ${t.expiresAt} end`,
        },
        asUnderWay,
      ),
      reminder: nudgeChange(
        t,
        {
          ...reminderOver,
          round: sql`${t.round} - 1`,
          remindAt: sql`case when ${t.state} in ('sent', 'uncertain') then coalesce(${t.snoozedUntil}, ${placeholder("notBefore")}) end`,
        },
        reminderUnderWay,
      ),
    },
  };
};
