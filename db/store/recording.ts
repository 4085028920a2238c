import { and, count, desc, eq, gt, isNull, ne, or, sql } from "drizzle-orm";
import { RECALLED } from "#src/domain/nudge-life.ts";
import type { PlannedNudge } from "#src/domain/nudge.ts";
import type { IfMoved, Recording, Store } from "#src/ports/store.ts";
import type { StoreContext } from "./store-context.ts";
import { command, query, forUpdate, type Query } from "../statements/statement.ts";
import { first, insertEach, run, runEach, type Steps } from "../statements/steps.ts";
import { placeholder, hidden, is, limitPlaceholder } from "./placeholders.ts";
import { newNudge } from "./plan.ts";
import { replyWriter } from "./replies.ts";
import { personLock, sealedTexts } from "./people.ts";
import { actWrites } from "./nudge-change.ts";
import { nudgeLife } from "./nudge-life.ts";
import { messageRow } from "./message-rows.ts";
import type { PersonId } from "#src/domain/person.ts";
import type { Instant } from "#src/domain/time.ts";

/** Stores one act of a person: its event, its answers and their effects, in one transaction. */
export const recording = (context: StoreContext): Pick<Store, "record" | "recordedBy"> => {
  const inbox = inboxOf(context);
  const open = openAsk(context);
  const shown = openAsk(context, "late");
  const movedSince = moving(context);
  const write = replyWriter(context);
  const follow = following(context);
  const { ref } = sealedTexts(context);

  return {
    recordedBy: (event) => context.read(() => inbox.find(event)),
    record: (act) =>
      context.lockedTransaction(locksOf(act), function* () {
        const { nudge: id, person: who, now, platform = null } = act;
        const message = act.message === undefined ? null : ref.seal(act.message);
        const ask = act.late === true ? shown : open;
        const before = yield* first(ask, { id, person: who, now, platform, message });
        if (before === undefined) return (yield* inbox.has(act.event)) ? "again" : "closed";
        if (!(yield* inbox.keep(act.event, act.person, act.now))) return "again";
        const isMoved = act.ifMoved !== undefined && (yield* movedSince(act.ifMoved));
        const alsoToEdit = isMoved ? (act.ifMoved?.edit ?? []) : [];
        yield* write(act, before.touchedAt === null);
        yield* follow(act, before, alsoToEdit);
        return isMoved ? "moved" : "recorded";
      }),
  };
};

/**
 * The ask while it takes answers; `late`: also once its time is over. One query for everything that decides what to write: a statement that changes nothing
 * costs as much as one that does.
 */
function openAsk({ program, tables }: StoreContext, late?: "late"): Query<Before> {
  const { nudge: t, message, person } = tables;
  const { from } = nudgeLife(tables).answer;
  // A goal can be set until its shift ends, whatever became of its ask. Its state stays as it is, and tells nobody.
  const always = and(is(t.kind, "shift-goal"), or(isNull(t.reason), ne(t.reason, RECALLED)));
  const takes =
    late === undefined
      ? and(gt(t.expiresAt, placeholder("now")), or(from, always))
      : or(from, always, is(t.state, "expired"));
  return forUpdate(
    query(
      {
        touchedAt: t.touchedAt,
        editAt: t.editAt,
        unanswered: sql<number | null>`(select p.unanswered_in_a_row from ${person} p
        where p.program = ${program} and p.id = ${placeholder("person")})`,
        shown: sql<number>`case when exists (select 1 from ${message} m
        where m.program = ${program} and m.platform = ${placeholder("platform")} and m.sealed_ref = ${placeholder("message")} and m.nudge = ${t.id})
        then 1 else 0 end`,
        elsewhere: sql<number>`case when exists (select 1 from ${message} m
        where m.nudge = ${t.id} and m.sealed_ref <> ${placeholder("message")})
        then 1 else 0 end`,
      },
      (select) =>
        select
          .from(t)
          .where(
            and(
              is(t.program, program),
              eq(t.id, placeholder("id")),
              eq(t.person, placeholder("person")),
              takes,
            ),
          ),
    ),
  );
}

/** Whether somebody has answered since an act was worked out. */
function moving({ program, tables: { reply } }: StoreContext) {
  const inForce = query({ replies: count() }, (select) =>
    select
      .from(reply)
      .where(
        and(
          is(reply.program, program),
          isNull(reply.supersededBy),
          eq(reply.occasion, placeholder("occasion")),
        ),
      ),
  );
  // If two partners answer at the same moment, both have seen the same state. The second commit notices that here.
  return function* ({ occasions }: IfMoved): Steps<boolean> {
    for (const { occasion, replies } of occasions) {
      if ((yield* first(inForce, { occasion }))?.replies !== replies) return true;
    }
    return false;
  };
}

/** Writes what follows from an act, apart from its answers. */
function following(context: StoreContext) {
  const { program, tables } = context;
  const { person, identity } = tables;
  const sealed = sealedTexts(context);
  const ask = actWrites(context);
  // A message that is being sent keeps its claim, so that its place can still be recorded.
  const answered = nudgeLife(tables).answer.of(
    and(is(tables.nudge.program, program), eq(tables.nudge.id, placeholder("id"))),
  );
  const platformUsed = query({ platform: identity.platform }, (select) =>
    select
      .from(identity)
      .where(and(is(identity.program, program), eq(identity.person, hidden("person"))))
      .orderBy(desc(identity.usedAt))
      .limit(limitPlaceholder("limit")),
  );
  const heardFrom = command((db) =>
    db
      .update(person)
      .set({ unansweredInARow: 0 })
      .where(
        and(
          is(person.program, program),
          eq(person.id, placeholder("person")),
          ne(person.unansweredInARow, 0),
        ),
      ),
  );
  const shows = messageRow(context);
  const send = sending(context);

  return function* (
    { nudge: id, person: who, now, ...act }: Recording,
    before: Before,
    alsoToEdit: readonly number[],
  ): Steps<void> {
    if (act.complete) yield* run(answered, { id, now });
    else if (before.touchedAt === null) yield* run(ask.touched, { id, now });
    if (act.complete && (before.unanswered ?? 0) > 0) yield* run(heardFrom, { person: who });
    if (act.message !== undefined && before.shown === 0) {
      const platform = act.platform ?? (yield* first(platformUsed, { person: who, limit: 1 }))?.platform;
      if (platform !== undefined) yield* run(shows, { platform, ref: sealed.ref.seal(act.message), id, now });
    }
    // After a reminder an ask has two messages. Both must show that it is answered.
    // And an edit that is under way may replace the card of this act's response by an older card.
    const isStale = before.editAt !== null || (act.complete && before.elsewhere !== 0);
    const own = isStale && !act.edit.includes(id) ? [id] : [];
    const changed = [...new Set([...own, ...act.edit, ...alsoToEdit])];
    if (changed.length > 0)
      yield* runEach(
        ask.edit,
        changed.map((other) => ({ id: other, now })),
      );
    yield* send(id, act);
  };
}

/** Writes what an act has brought about to send, now or sooner than it was planned. */
function sending(context: StoreContext) {
  const ask = actWrites(context);
  const notice = newNudge(context);
  type Sends = Pick<Recording, "hasten" | "remindAt" | "notices">;
  return function* (id: number, { hasten, remindAt, notices = [] }: Sends): Steps<void> {
    if (hasten.length > 0)
      yield* runEach(
        ask.hasten,
        hasten.map((other) => ({ id: other.nudge, dueAt: other.dueAt })),
      );
    if (remindAt !== undefined) yield* run(ask.remind, { id, at: remindAt });
    if (notices.length > 0)
      yield* insertEach(notice, notices as readonly (PlannedNudge & Record<string, unknown>)[]);
  };
}

/** The locks of an act: acts of one person, and acts that change the same messages, run one after another. */
const locksOf = ({ person, nudge, edit, ifMoved, hasten }: Recording): readonly string[] => [
  personLock(person),
  ...new Set(
    [nudge, ...edit, ...(ifMoved?.edit ?? []), ...hasten.map((other) => other.nudge)].map(
      (id) => `nudge ${id}`,
    ),
  ),
];

interface Before {
  readonly touchedAt: number | null;
  /** Not null while its messages are marked for an edit, or are being edited. */
  readonly editAt: number | null;
  readonly unanswered: number | null;
  /** Not 0 if the message shows this nudge already. */
  readonly shown: number;
  /** Not 0 if another message shows this nudge too. */
  readonly elsewhere: number;
}

/** The ids of acts that were handled. */
export interface Inbox {
  /** Stores the event's id. False if it was stored before. */
  keep(event: string, person: PersonId, now: Instant): Steps<boolean>;
  has(event: string): Steps<boolean>;
  /** Who did it and when. */
  find(event: string): Steps<{ readonly person: PersonId; readonly at: Instant } | undefined>;
}

/** The ids of handled events. An event that is delivered again changes nothing. */
export const inboxOf = (context: StoreContext): Inbox => {
  const {
    program,
    tables: { inbox: t },
  } = context;
  const { event: sealed } = sealedTexts(context);
  const insert = command((db) =>
    db
      .insert(t)
      .values({ program, event: placeholder("event"), person: placeholder("person"), at: placeholder("now") })
      .onConflictDoNothing(),
  );
  const find = query({ person: t.person, at: t.at }, (select) =>
    select.from(t).where(and(is(t.program, program), eq(t.event, placeholder("event")))),
  );
  return {
    *keep(event, person, now) {
      return (yield* run(insert, { event: sealed.seal(event), person, now })) === 1;
    },
    *has(event) {
      return (yield* first(find, { event: sealed.seal(event) })) !== undefined;
    },
    find: (event) => first(find, { event: sealed.seal(event) }),
  };
};
