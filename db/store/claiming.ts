import { and, asc, eq, gt, isNull, lte, or, sql, type SQL } from "drizzle-orm";
import type { Instant } from "#src/domain/time.ts";
import type { Claim, Lease, Store } from "#src/ports/store.ts";
import type { Kept, Tables } from "../kept.ts";
import {
  command,
  query,
  rowsOfEach,
  runAll,
  taking,
  type Query,
  type Statement,
  type Steps,
} from "../statement.ts";
import { given, givenValue, is, isIn, limitGiven } from "./given.ts";
import { nudgeColumns, nudgeOf, type NudgeRow } from "./nudge-row.ts";

/** Handing out what is due, or in doubt, each to one worker: the fence rises with every claim. */
export const claiming = (kept: Kept): Pick<Store, "claimDue" | "claimDoubtful"> => {
  const { program, tables } = kept;
  const t = tables.nudge;
  const ours = is(t.program, program);
  const alive = gt(t.expiresAt, given("now"));
  const leaseOver = lte(t.leaseUntil, given("now"));
  const reminderOver = lte(t.remindAt, given("now"));

  const candidates = (moment: typeof t.dueAt | typeof t.leaseUntil, where: SQL | undefined) =>
    query({ ...nudgeColumns(tables), ...claimColumns(tables), moment: sql<Instant>`${moment}` }, (select) =>
      select.from(t).where(and(ours, where)).orderBy(asc(moment), asc(t.id)).limit(limitGiven("limit")),
    );
  const due = candidates(t.dueAt, and(is(t.state, "planned"), lte(t.dueAt, given("now")), alive));
  const abandoned = candidates(t.leaseUntil, and(is(t.state, "claimed"), leaseOver, alive));
  const reminders = candidates(
    t.remindAt,
    and(
      isIn(t.state, ["sent", "uncertain"]),
      reminderOver,
      alive,
      or(isNull(t.reminder), is(t.reminder, "claimed")),
    ),
  );
  const doubtful = candidates(t.leaseUntil, and(is(t.state, "sending"), leaseOver));
  const doubtfulReminders = candidates(t.remindAt, and(is(t.reminder, "sending"), reminderOver));

  // The fence that was read guards the row: of two workers that saw it, one takes it.
  const unchanged = and(eq(t.id, given("id")), eq(t.fence, given("fence")));
  const taken = {
    owner: givenValue("owner"),
    leaseUntil: givenValue("leaseUntil"),
    fence: sql`${t.fence} + 1`,
    attempts: sql`${t.attempts} + 1`,
  };
  const takeAsk = command((db) =>
    db
      .update(t)
      .set({ ...taken, state: "claimed" })
      .where(unchanged),
  );
  const takeReminder = command((db) =>
    db
      .update(t)
      .set({
        ...taken,
        reminder: "claimed",
        // A reminder that an earlier worker left keeps its round: it is the same delivery.
        round: sql`case when ${t.reminder} is null then ${t.round} + 1 else ${t.round} end`,
        remindAt: givenValue("leaseUntil"),
      })
      .where(unchanged),
  );
  const takeDoubtful = command((db) =>
    db
      .update(t)
      .set({
        ...taken,
        remindAt: sql`case when ${t.reminder} is null then ${t.remindAt} else ${given("leaseUntil")} end`,
      })
      .where(unchanged),
  );

  const values = (lease: Lease) => ({ owner: lease.owner, leaseUntil: lease.now + lease.length });

  function* find(
    sources: readonly Query<Candidate>[],
    now: Instant,
    limit: number,
  ): Steps<readonly Candidate[]> {
    const found = (yield* rowsOfEach(sources, { now, limit })).flat();
    return found.toSorted((a, b) => a.moment - b.moment || a.id - b.id).slice(0, limit);
  }

  const claimFrom = (sources: readonly Query<Candidate>[], take: Take) => {
    const takings = sources.map(taking);
    return async (lease: Lease, limit: number): Promise<readonly Claim[]> => {
      // A look first: a tick with nothing due takes no lock.
      const waiting = await kept.reading(() => find(sources, lease.now, limit));
      if (waiting.length === 0) return [];
      return kept.guarded(function* () {
        const taken = (yield* find(takings, lease.now, limit)).map(take);
        const changed = yield* runAll(
          taken.map(({ statement, claimed: { id, fence } }) => ({
            statement,
            values: { id, fence, ...values(lease) },
          })),
          true,
        );
        return taken.flatMap(({ claimed }, i) => (changed[i] === 1 ? [claimOf(claimed, lease.owner)] : []));
      });
    };
  };

  return {
    claimDue: claimFrom([due, abandoned, reminders], (candidate) => {
      const asked = candidate.state === "sent" || candidate.state === "uncertain";
      if (!asked) return { statement: takeAsk, claimed: { ...candidate, state: "claimed" } };
      const round = candidate.reminder === null ? candidate.round + 1 : candidate.round;
      return { statement: takeReminder, claimed: { ...candidate, reminder: "claimed", round } };
    }),
    claimDoubtful: claimFrom([doubtful, doubtfulReminders], (candidate) => ({
      statement: takeDoubtful,
      claimed: candidate,
    })),
  };
};

const claimColumns = ({ nudge: t }: Tables) => ({
  fence: t.fence,
  attempts: t.attempts,
  reminder: t.reminder,
  round: t.round,
});

type Candidate = NudgeRow &
  Pick<Tables["nudge"]["$inferSelect"], keyof ReturnType<typeof claimColumns>> & { readonly moment: Instant };

/** What makes a candidate this worker's, and the candidate as it then is, but for its fence. */
type Take = (candidate: Candidate) => { readonly statement: Statement; readonly claimed: Candidate };

const claimOf = (row: Candidate, owner: string): Claim => ({
  nudge: nudgeOf(row),
  owner,
  fence: row.fence + 1,
  attempts: row.attempts,
  reminder: row.reminder !== null,
  round: row.reminder === null ? 0 : row.round,
});
