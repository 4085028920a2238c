import { and, asc, desc, eq, gt, gte, inArray, isNotNull, lt, lte, min, or, sql } from "drizzle-orm";
import { ASK_KINDS, isAsk, nudgeId, type Nudge, type NudgeKind } from "#src/domain/nudge.ts";
import { IN_HAND, NUDGE_STATES, OUT, UNSENT, type NudgeState } from "#src/domain/nudge-life.ts";
import type { Instant } from "#src/domain/time.ts";
import type { Store } from "#src/ports/store.ts";
import { sealedTexts } from "./people.ts";
import type { StoreContext, Tables } from "./store-context.ts";
import { query, type Query } from "../statements/statement.ts";
import { first, rows } from "../statements/steps.ts";
import { placeholder, hidden, is, isIn } from "./placeholders.ts";

type Reads = Pick<
  Store,
  | "nudge"
  | "nudgeAbout"
  | "nudgeShownIn"
  | "openNudges"
  | "nudgesOf"
  | "nudgesDuring"
  | "asksEnded"
  | "nextDue"
>;

/** Reading nudges; how they change is in nudge-life.ts. */
export const nudges = (context: StoreContext): Reads => ({
  ...found(context),
  ...moments(context),
});

type Found = Omit<Reads, "asksEnded" | "nextDue">;

function found(context: StoreContext): Found {
  const { program, tables } = context;
  const t = tables.nudge;
  const columns = nudgeColumns(tables);
  const ours = is(t.program, program);
  const ofPerson = and(ours, eq(t.person, hidden("person")));
  const dueIn = and(gte(t.dueAt, placeholder("from")), lt(t.dueAt, placeholder("to")));
  const open = openNudges(context);
  const shownIn = nudgeShownIn(context);
  const { ref } = sealedTexts(context);

  const byId = query(columns, (select) => select.from(t).where(and(ours, eq(t.id, placeholder("id")))));
  const about = query(columns, (select) =>
    select
      .from(t)
      .where(and(ofPerson, eq(t.kind, placeholder("kind")), eq(t.subject, placeholder("subject")))),
  );
  const theirs = query(columns, (select) =>
    select.from(t).where(and(ofPerson, dueIn)).orderBy(asc(t.dueAt), asc(t.id)),
  );
  // Naming every state lets the index by state and due time serve a search by due time alone.
  const all = query(columns, (select) =>
    select
      .from(t)
      .where(and(ours, isIn(t.state, NUDGE_STATES), dueIn))
      .orderBy(asc(t.dueAt), asc(t.id)),
  );
  const mapped = (found: readonly NudgeRow[]) => found.map(nudgeOf);

  return {
    nudge: (id) =>
      context.read(function* () {
        const row = yield* first(byId, { id });
        return row && nudgeOf(row);
      }),
    nudgeAbout: (kind, person, subject) =>
      context.read(function* () {
        const row = yield* first(about, { kind, person, subject });
        return row && nudgeOf(row);
      }),
    nudgeShownIn: (platform, message) =>
      context.read(function* () {
        const row = yield* first(shownIn, { platform, message: ref.seal(message) });
        return row && nudgeOf(row);
      }),
    openNudges: (person, now) =>
      context.read(function* () {
        return mapped(yield* rows(open, { person, now })).filter(isAsk);
      }),
    nudgesOf: (person, from, to) =>
      context.read(function* () {
        return mapped(yield* rows(theirs, { person, from, to }));
      }),
    nudgesDuring: (from, to) =>
      context.read(function* () {
        return mapped(yield* rows(all, { from, to }));
      }),
  };
}

/** The nudge whose card stands in a message. */
function nudgeShownIn({ program, tables }: StoreContext): Query<NudgeRow> {
  const { nudge: t, message } = tables;
  return query(nudgeColumns(tables), (select) =>
    select.from(t).where(
      and(
        is(t.program, program),
        sql`${t.id} = (select m.nudge from ${message} m where m.program = ${program}
          and m.platform = ${placeholder("platform")} and m.sealed_ref = ${placeholder("message")})`,
      ),
    ),
  );
}

/** Asks that stand in a person's chats, the newest message first. */
function openNudges({ program, tables }: StoreContext): Query<NudgeRow> {
  const t = tables.nudge;
  const shownAt = sql`coalesce(${t.sentAt}, (select max(m.at) from ${tables.message} m where m.nudge = ${t.id}), ${t.dueAt})`;
  return query(nudgeColumns(tables), (select) =>
    select
      .from(t)
      .where(
        and(
          is(t.program, program),
          eq(t.person, hidden("person")),
          inArray(t.kind, [...ASK_KINDS]),
          gt(t.expiresAt, placeholder("now")),
          or(isIn(t.state, ["sending", ...OUT]), and(isIn(t.state, UNSENT), isNotNull(t.touchedAt))),
        ),
      )
      .orderBy(desc(shownAt), desc(t.id)),
  );
}

/** Asks whose time ended in between; the index `nudge_ended` has them by that. */
function endedAsks({ program, tables }: StoreContext): Query<NudgeRow> {
  const t = tables.nudge;
  return query(nudgeColumns(tables), (select) =>
    select
      .from(t)
      .where(
        and(
          is(t.program, program),
          isIn(t.state, ["answered", "withdrawn", "failed"]),
          inArray(t.kind, [...ASK_KINDS]),
          gt(t.expiresAt, placeholder("from")),
          lte(t.expiresAt, placeholder("to")),
        ),
      )
      .orderBy(asc(t.expiresAt), asc(t.id)),
  );
}

/** A stored nudge, to compare with the plan. `plannedDue`: the due time of the last plan; `dueAt` may be earlier. */
export interface StoredNudge {
  readonly id: number;
  readonly kind: NudgeKind;
  readonly subject: string;
  readonly plannedDue: Instant;
  readonly expiresAt: Instant;
  readonly state: NudgeState;
  readonly reason: string | null;
}

/** All of one person's nudges that a plan may change. */
export function storedNudges({ program, tables: { nudge: t } }: StoreContext): Query<StoredNudge> {
  return query(
    {
      id: t.id,
      kind: t.kind,
      subject: t.subject,
      plannedDue: t.plannedDue,
      expiresAt: t.expiresAt,
      state: t.state,
      reason: t.reason,
    },
    (select) =>
      select
        .from(t)
        .where(
          and(
            is(t.program, program),
            eq(t.person, hidden("person")),
            or(gt(t.expiresAt, placeholder("now")), isIn(t.state, UNSENT), is(t.state, "withdrawn")),
          ),
        )
        // PostgreSQL plans this once, perhaps on an empty table. The order makes it choose the index by person.
        .orderBy(t.kind, t.subject),
  );
}

function moments(context: StoreContext): Pick<Reads, "asksEnded" | "nextDue"> {
  const { nudge: t } = context.tables;
  const ours = is(t.program, context.program);
  const earliest = query({ at: min(t.dueAt) }, (select) =>
    select.from(t).where(and(ours, is(t.state, "planned"))),
  );
  const earliestLease = query({ at: min(t.leaseUntil) }, (select) =>
    select.from(t).where(and(ours, isIn(t.state, IN_HAND))),
  );
  const earliestReminder = query({ at: min(t.remindAt) }, (select) =>
    select.from(t).where(and(ours, isNotNull(t.remindAt))),
  );
  const ended = endedAsks(context);
  return {
    asksEnded: (from, to) =>
      context.read(function* () {
        const found = yield* rows(ended, { from, to });
        return found.map(nudgeOf).filter(isAsk);
      }),
    nextDue: () =>
      context.read(function* () {
        const found = [yield* first(earliest), yield* first(earliestLease), yield* first(earliestReminder)];
        const moments = found.flatMap((row) => (row?.at == null ? [] : [row.at]));
        return moments.length === 0 ? undefined : moments.reduce((a, b) => (a < b ? a : b));
      }),
  };
}

export const nudgeColumns = ({ nudge: t }: Tables) => ({
  id: t.id,
  kind: t.kind,
  person: t.person,
  subject: t.subject,
  dueAt: t.dueAt,
  plannedDue: t.plannedDue,
  expiresAt: t.expiresAt,
  state: t.state,
  sentAt: t.sentAt,
  round: t.round,
  reason: t.reason,
});

export type NudgeRow = Pick<Tables["nudge"]["$inferSelect"], keyof ReturnType<typeof nudgeColumns>>;

export const nudgeOf = (row: NudgeRow): Nudge => ({
  id: nudgeId(row.id),
  kind: row.kind,
  person: row.person,
  subject: row.subject,
  dueAt: row.dueAt,
  firstDue: row.plannedDue,
  expiresAt: row.expiresAt,
  state: row.state,
  ...(row.sentAt === null ? {} : { sentAt: row.sentAt }),
  ...(row.round === 0 ? {} : { isReminded: true as const }),
  ...(row.reason === null ? {} : { reason: row.reason }),
});
