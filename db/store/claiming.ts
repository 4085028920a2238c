import { and, asc, gt, inArray, lte, sql, type SQL } from "drizzle-orm";
import type { Instant } from "#src/domain/time.ts";
import type { Claim, Lease } from "#src/ports/outbox.ts";
import type { Store } from "#src/ports/store.ts";
import type { StoreContext, Tables } from "./store-context.ts";
import { query, returning, type Query } from "../statements/statement.ts";
import { rowsAndCommit, rowsOfEach } from "../statements/steps.ts";
import { placeholder, is, limitPlaceholder } from "./placeholders.ts";
import type { NudgeSet } from "./nudge-change.ts";
import { claimTaken, nudgeLife } from "./nudge-life.ts";
import { nudgeColumns, nudgeOf, type NudgeRow } from "./nudges.ts";

/** Hands out nudges that are due, or whose send was interrupted, each to one worker. The fence grows with every claim. */
export const claiming = (context: StoreContext): Pick<Store, "claimDue" | "claimDoubtful"> => {
  const { due, abandoned, reminders, doubtful, doubtfulReminders } = sources(context);
  const claimFrom = claimer(context);
  return {
    claimDue: claimFrom([due, abandoned, reminders]),
    claimDoubtful: claimFrom([doubtful, doubtfulReminders]),
  };
};

/** Where claims come from. */
function sources(context: StoreContext) {
  const { tables } = context;
  const { nudge: t } = tables;
  const source = sourcesOf(context);
  const alive = gt(t.expiresAt, placeholder("now"));
  const leaseOver = lte(t.leaseUntil, placeholder("now"));
  const reminderOver = lte(t.remindAt, placeholder("now"));

  const life = nudgeLife(tables);
  // The state stays the same. Only the owner is new, who finds out what became of the send.
  const asDoubtful = {
    ...claimTaken(tables),
    remindAt: sql`case when ${t.reminder} is null then ${t.remindAt} else ${placeholder("leaseUntil")} end`,
  };

  const due = source(
    t.dueAt,
    and(is(t.state, "planned"), lte(t.dueAt, placeholder("now")), alive),
    life.claim.set,
  );
  const abandoned = source(t.leaseUntil, and(is(t.state, "claimed"), leaseOver, alive), life.claim.set);
  const reminders = source(
    t.remindAt,
    and(life.reminder.claim.from, reminderOver, alive),
    life.reminder.claim.set,
  );
  const doubtful = source(t.leaseUntil, and(is(t.state, "sending"), leaseOver), asDoubtful);
  const doubtfulReminders = source(t.remindAt, and(is(t.reminder, "sending"), reminderOver), asDoubtful);

  return { due, abandoned, reminders, doubtful, doubtfulReminders };
}

/** A source is those whose moment has come, the earliest first. */
function sourcesOf({ program, tables, skipLocked }: StoreContext) {
  const { nudge: t } = tables;
  const ours = is(t.program, program);
  return (moment: Moment, where: SQL | undefined, set: NudgeSet): Source => {
    const first = [asc(moment), asc(t.id)];
    const limit = limitPlaceholder("limit");
    return {
      waiting: query({ id: t.id, moment: sql<Instant>`${moment}` }, (select) =>
        select
          .from(t)
          .where(and(ours, where))
          .orderBy(...first)
          .limit(limit),
      ),
      take: returning({ ...nudgeColumns(tables), ...claimColumns(tables) }, (db, columns) => {
        const found = db
          .select({ id: t.id })
          .from(t)
          .where(and(ours, where))
          .orderBy(...first)
          .limit(limit)
          .getSQL();
        // Materialized, so that the rows are looked up once. A second look would find other rows.
        const rows = sql`(with found as materialized (${found}${skipLocked}) select id from found)`;
        return db.update(t).set(set).where(inArray(t.id, rows)).returning(columns);
      }),
    };
  };
}

/** Hands out the earliest of several sources. */
const claimer =
  (context: StoreContext) =>
  (sources: readonly Source[]) =>
  async ({ owner, now, length }: Lease, limit: number): Promise<readonly Claim[]> => {
    // Look first, so that a beat with nothing due takes no lock. This also tells how many of each source come first.
    const waiting = await context.read(() =>
      rowsOfEach(
        sources.map((one) => one.waiting),
        { now, limit },
      ),
    );
    const firsts = waiting
      .flatMap((found, from) => found.map((one) => ({ ...one, from })))
      .toSorted((a, b) => a.moment - b.moment || a.id - b.id)
      .slice(0, limit);
    const takings = sources.flatMap(({ take }, from) => {
      const count = firsts.filter((one) => one.from === from).length;
      const values = { owner, now, leaseUntil: now + length, limit: count };
      return count === 0 ? [] : [{ statement: take, values }];
    });
    if (takings.length === 0) return [];
    const found = await context.transaction(() => rowsAndCommit(takings));
    return found
      .flat()
      .map((row) => claimOf(row, owner, length))
      .toSorted((a, b) => a.nudge.dueAt - b.nudge.dueAt || a.nudge.id - b.nudge.id);
  };

const claimColumns = ({ nudge: t }: Tables) => ({
  fence: t.fence,
  attempts: t.attempts,
  editedVersion: t.editedVersion,
  reminder: t.reminder,
  round: t.round,
});

type Claimed = NudgeRow & Pick<Tables["nudge"]["$inferSelect"], keyof ReturnType<typeof claimColumns>>;

/** A source of waiting nudges: which they are, since when they wait, and how to claim them. */
interface Source {
  readonly waiting: Query<{ readonly id: number; readonly moment: Instant }>;
  readonly take: Query<Claimed>;
}

type Moment = Tables["nudge"]["dueAt" | "leaseUntil" | "remindAt"];

const claimOf = (row: Claimed, owner: string, length: number): Claim => ({
  nudge: nudgeOf(row),
  owner,
  fence: row.fence,
  length,
  // How often it was tried before.
  attempts: row.attempts - 1,
  edited: row.editedVersion,
  reminder: row.reminder !== null,
  round: row.reminder === null ? 0 : row.round,
});
