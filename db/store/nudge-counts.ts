import { and, count, gt, isNotNull, lte, or, sql } from "drizzle-orm";
import { CONSENT_OPEN, IN_HAND, OUT } from "#src/domain/nudge-life.ts";
import { isWaiting } from "#src/domain/nudge.ts";
import { DAY, HOUR } from "#src/domain/time.ts";
import type { Store } from "#src/ports/store.ts";
import { query } from "../statements/statement.ts";
import { rows } from "../statements/steps.ts";
import { is, isIn, placeholder } from "./placeholders.ts";
import type { StoreContext } from "./store-context.ts";

/** How many nudges are on their way, went out or failed: for metrics. */
export const nudgeCounts = (context: StoreContext): Pick<Store, "nudgeCounts"> => {
  const { open, undelivered, goals } = queriesOf(context);
  return {
    nudgeCounts: (now) =>
      context.read(function* () {
        const standing = yield* rows(open);
        const over = yield* rows(undelivered, { now, since: now - DAY });
        const asked = yield* rows(goals, { now, since: now - RECENT });
        return [
          ...standing.filter(({ kind, state }) => !(kind === "shift-goal" && OUT.includes(state))),
          ...over.map(({ kind, reason, count }) => ({
            kind,
            state: isWaiting(kind, reason) ? ("waiting" as const) : ("failed" as const),
            count,
          })),
          ...asked.map(({ reason, count }) => ({
            kind: "shift-goal" as const,
            state: reason === "ambiguous" ? ("uncertain" as const) : ("sent" as const),
            count,
          })),
        ];
      }),
  };
};

function queriesOf({ program, tables }: StoreContext) {
  const { nudge: t } = tables;
  const ours = is(t.program, program);
  const open = query({ kind: t.kind, state: t.state, count: count() }, (select) =>
    select
      .from(t)
      .where(and(ours, isIn(t.state, OPEN)))
      .groupBy(t.kind, t.state),
  );
  const undelivered = query({ kind: t.kind, reason: t.reason, count: count() }, (select) =>
    select
      .from(t)
      .where(
        and(
          ours,
          isIn(t.state, ["failed", "withdrawn"]),
          gt(t.dueAt, placeholder("since")),
          lte(t.dueAt, placeholder("now")),
          or(is(t.state, "failed"), is(t.reason, CONSENT_OPEN)),
        ),
      )
      .groupBy(t.kind, t.reason),
  );

  const standing = sql`exists (select 1 from ${tables.assignment} a where a.program = ${program} and a.id = ${t.subject})`;
  // An ask that was answered before it was due is never sent. It is counted as sent.
  const goals = query({ reason: t.reason, count: count() }, (select) =>
    select
      .from(t)
      .where(
        and(
          ours,
          is(t.kind, "shift-goal"),
          isIn(t.state, [...OUT, "answered", "expired", "withdrawn"]),
          gt(t.dueAt, placeholder("since")),
          lte(t.dueAt, placeholder("now")),
          or(isNotNull(t.sentAt), and(is(t.state, "answered"), standing)),
        ),
      )
      .groupBy(t.reason),
  );
  return { open, undelivered, goals };
}

/** How long a goal's ask counts as sent, whatever became of it. */
const RECENT = 3 * HOUR;

/** States with few nudges at any time, so that the index finds them quickly. The whole table may have a hundred million. */
const OPEN = [...IN_HAND, ...OUT] as const;
