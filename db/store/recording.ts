import { and, desc, eq, gt, inArray, ne, or, sql } from "drizzle-orm";
import type { Recording, Store } from "#src/ports/store.ts";
import type { Kept } from "../kept.ts";
import { command, first, query, run, runEach, type Steps } from "../statement.ts";
import { inboxOf } from "./events.ts";
import { given, givenValue } from "./given.ts";
import { replyWriter } from "./reply-writer.ts";
import { refreshRequested } from "./refreshes.ts";

/** One inbound act: its event, its answers and all that follows from them, in one commit. */
export const recording = (kept: Kept): Pick<Store, "record"> => {
  const { program, tables } = kept;
  const { nudge: t, message, person, identity } = tables;
  const inbox = inboxOf(kept);
  const write = replyWriter(kept);
  const that = and(eq(t.program, program), eq(t.id, given("id")));

  const open = query((db) =>
    db
      .select({ state: t.state })
      .from(t)
      .where(
        and(
          that,
          eq(t.person, given("person")),
          gt(t.expiresAt, given("now")),
          inArray(t.state, ["planned", "claimed", "sending", "sent", "uncertain", "answered"]),
        ),
      ),
  );
  const touched = command((db) =>
    db
      .update(t)
      .set({ touchedAt: givenValue("now") })
      .where(that),
  );
  // A message on its way keeps its claim, so that it can still be written down where it stands.
  const answered = command((db) =>
    db
      .update(t)
      .set({
        state: "answered",
        touchedAt: givenValue("now"),
        answeredAt: sql`coalesce(${t.answeredAt}, ${given("now")})`,
        remindAt: null,
        leaseUntil: sql`case when ${t.reminder} = 'sending' then ${t.leaseUntil} end`,
        reminder: sql`case when ${t.reminder} = 'sending' then ${t.reminder} end`,
      })
      .where(that),
  );
  const heard = command((db) =>
    db
      .update(person)
      .set({ unansweredInARow: 0 })
      .where(
        and(eq(person.program, program), eq(person.id, given("person")), ne(person.unansweredInARow, 0)),
      ),
  );
  const platformUsed = query((db) =>
    db
      .select({ platform: identity.platform })
      .from(identity)
      .where(and(eq(identity.program, program), eq(identity.person, given("person"))))
      .orderBy(desc(identity.usedAt), identity.platform)
      .limit(1),
  );
  const shows = command((db) =>
    db
      .insert(message)
      .values({
        program,
        platform: given("platform"),
        ref: given("ref"),
        nudge: given("id"),
        at: given("now"),
      })
      .onConflictDoUpdate({
        target: [message.program, message.platform, message.ref],
        set: { nudge: givenValue("id"), at: givenValue("now") },
        setWhere: ne(message.nudge, givenValue("id")),
      }),
  );
  const shown = sql`exists (select 1 from ${message} m where m.nudge = ${t.id})`;
  const refresh = command((db) =>
    db
      .update(t)
      .set(refreshRequested(tables))
      .where(and(that, or(shown, inArray(t.state, ["claimed", "sending"])))),
  );
  const hasten = command((db) =>
    db
      .update(t)
      .set({ dueAt: givenValue("dueAt") })
      .where(and(that, eq(t.state, "planned"), gt(t.dueAt, given("dueAt")))),
  );
  // Not sent yet: then the ask itself comes at that moment.
  const remind = command((db) =>
    db
      .update(t)
      .set({
        remindAt: sql`case when ${t.state} = 'planned' then null else ${given("at")} end`,
        dueAt: sql`case when ${t.state} = 'planned' then ${given("at")} else ${t.dueAt} end`,
      })
      .where(and(that, ne(t.state, "answered"), gt(t.expiresAt, given("at")))),
  );

  function* follow({ nudge: id, person: who, now, ...act }: Recording): Steps<void> {
    yield* run(act.complete ? answered : touched, { id, now });
    if (act.complete) yield* run(heard, { person: who });
    if (act.message !== undefined) {
      const platform = act.platform ?? (yield* first(platformUsed, { person: who }))?.platform;
      if (platform !== undefined) yield* run(shows, { platform, ref: act.message, id, now });
    }
    yield* runEach(
      refresh,
      act.refresh.map((other) => ({ id: other, now })),
    );
    yield* runEach(
      hasten,
      act.hasten.map((other) => ({ id: other.nudge, dueAt: other.dueAt })),
    );
    if (act.remindAt !== undefined) yield* run(remind, { id, at: act.remindAt });
  }

  return {
    record: (act) =>
      kept.atomically(function* () {
        const found = yield* first(open, { id: act.nudge, person: act.person, now: act.now });
        if (found === undefined) return (yield* inbox.has(act.event)) ? "again" : "closed";
        if (!(yield* inbox.keep(act.event, act.person, act.now))) return "again";
        yield* write(act);
        yield* follow(act);
        return "recorded";
      }),
  };
};
