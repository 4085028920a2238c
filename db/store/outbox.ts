import { and, eq, gt, sql } from "drizzle-orm";
import type { Claim, Store } from "#src/ports/store.ts";
import type { Kept } from "../kept.ts";
import { command, run, type Statement, type Steps } from "../statement.ts";
import { given, givenValue, is, isIn } from "./given.ts";
import { isAsk } from "./nudge-row.ts";
import { refreshRequested } from "./refreshes.ts";

type Sending = Pick<Store, "intend" | "sent" | "giveBack" | "close">;

/**
 * What becomes of a claim. Every step is refused once another worker has the nudge. An ask that was
 * answered while its message was on the way stays answered, and its message is kept.
 */
export const outbox = (kept: Kept): Sending => {
  const { program, tables } = kept;
  const { nudge: t, message, person } = tables;
  const mine = and(
    is(t.program, program),
    eq(t.id, given("id")),
    eq(t.owner, given("owner")),
    eq(t.fence, given("fence")),
  );
  const over = { owner: null, leaseUntil: null };
  const reminderOver = { ...over, reminder: null, snoozedUntil: null };
  const leaseHolds = and(gt(t.leaseUntil, given("now")), gt(t.expiresAt, given("now")));
  const remindable = sql`case when ${given("remindAt")} < ${t.expiresAt} then ${given("remindAt")} end`;

  const intendAsk = command((db) =>
    db
      .update(t)
      .set({ state: "sending" })
      .where(and(mine, leaseHolds, isIn(t.state, ["claimed", "sending"]))),
  );
  const intendReminder = command((db) =>
    db
      .update(t)
      .set({ reminder: "sending" })
      .where(
        and(mine, leaseHolds, isIn(t.reminder, ["claimed", "sending"]), isIn(t.state, ["sent", "uncertain"])),
      ),
  );
  const askLeft = command((db) =>
    db
      .update(t)
      .set({
        ...over,
        state: sql`case when ${t.state} = 'answered' then 'answered' else ${given("state")} end`,
        reason: givenValue("reason"),
        sentAt: givenValue("now"),
        attempts: 0,
        // "Ask me later", said while the message was on the way, goes before the reminder of the plan.
        remindAt: sql`case when ${t.state} = 'answered' then null else coalesce(${t.remindAt}, ${remindable}) end`,
      })
      .where(and(mine, isIn(t.state, ["sending", "answered"]))),
  );
  const askClosed = command((db) =>
    db
      .update(t)
      .set({
        ...over,
        state: sql`case when ${t.state} = 'answered' then 'answered' else ${given("state")} end`,
        reason: sql`case when ${t.state} = 'answered' then ${t.reason} else ${given("reason")} end`,
        remindAt: null,
      })
      .where(and(mine, isIn(t.state, ["claimed", "sending", "answered"]))),
  );
  const reminderClosed = command((db) =>
    db
      .update(t)
      .set({ ...reminderOver, remindAt: sql`${t.snoozedUntil}`, attempts: 0 })
      .where(and(mine, isIn(t.reminder, ["claimed", "sending"]))),
  );
  const askBack = command((db) =>
    db
      .update(t)
      .set({
        ...over,
        state: sql`case when ${t.state} = 'answered' then 'answered' else 'planned' end`,
        dueAt: sql`case when ${given("notBefore")} < ${t.expiresAt} then ${given("notBefore")} else ${t.expiresAt} end`,
      })
      .where(and(mine, isIn(t.state, ["claimed", "sending", "answered"]))),
  );
  const reminderBack = command((db) =>
    db
      .update(t)
      .set({
        ...reminderOver,
        round: sql`${t.round} - 1`,
        remindAt: sql`case when ${t.state} in ('sent', 'uncertain') then coalesce(${t.snoozedUntil}, ${given("notBefore")}) end`,
      })
      .where(and(mine, isIn(t.reminder, ["claimed", "sending"]))),
  );
  const stands = command((db) =>
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
      }),
  );
  // What became of the ask while this message was on the way, the message does not say yet.
  const outdated = command((db) =>
    db
      .update(t)
      .set(refreshRequested(tables))
      .where(and(eq(t.id, given("id")), isIn(t.state, ["answered", "expired", "withdrawn"]))),
  );
  const asked = command((db) =>
    db
      .insert(person)
      .values({ program, id: given("person"), lastAskAt: given("now") })
      .onConflictDoUpdate({ target: [person.program, person.id], set: { lastAskAt: givenValue("now") } }),
  );

  const step = (statement: Statement, claim: Claim, values: Record<string, unknown>) =>
    kept.atomically(() => once(statement, claim, values));

  function* left(
    claim: Claim,
    values: { state: "sent" | "uncertain"; reason: string | null; now: number; remindAt: number | null },
  ): Steps<boolean> {
    if (!(yield* once(claim.reminder ? reminderClosed : askLeft, claim, values))) return false;
    if (!claim.reminder && isAsk(claim.nudge.kind))
      yield* run(asked, { person: claim.nudge.person, now: values.now });
    return true;
  }

  return {
    intend: (claim, now) => step(claim.reminder ? intendReminder : intendAsk, claim, { now }),
    sent: (claim, identity, ref, now, remindAt) =>
      kept.atomically(function* () {
        if (!(yield* left(claim, { state: "sent", reason: null, now, remindAt: remindAt ?? null })))
          return false;
        yield* run(stands, { platform: identity.platform, ref, id: claim.nudge.id, now });
        yield* run(outdated, { id: claim.nudge.id, now });
        return true;
      }),
    giveBack: (claim, notBefore) => step(claim.reminder ? reminderBack : askBack, claim, { notBefore }),
    close: (claim, state, reason, now, remindAt) => {
      if (state === "uncertain") {
        return kept.atomically(() => left(claim, { state, reason, now, remindAt: remindAt ?? null }));
      }
      return step(claim.reminder ? reminderClosed : askClosed, claim, { state, reason });
    },
  };
};

function* once(
  statement: Statement,
  { nudge, owner, fence }: Claim,
  values: Record<string, unknown>,
): Steps<boolean> {
  return (yield* run(statement, { ...values, id: nudge.id, owner, fence })) === 1;
}
