import { and, eq, gt, sql } from "drizzle-orm";
import type { Claim, Store } from "#src/ports/store.ts";
import type { Kept } from "../kept.ts";
import { command, run, runAll, type Statement, type Write } from "../statement.ts";
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

  // What became of the ask while this message was on the way, the message does not say yet.
  const { refreshVersion, refreshAt } = refreshRequested(tables);
  const isPast = sql`${t.state} in ('answered', 'expired', 'withdrawn')`;
  const outdated = {
    refreshVersion: sql`case when ${isPast} then ${refreshVersion} else ${t.refreshVersion} end`,
    refreshAt: sql`case when ${isPast} then ${refreshAt} else ${t.refreshAt} end`,
  };

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
        ...outdated,
        // "Ask me later", said while the message was on the way, goes before the reminder of the plan.
        remindAt: sql`case when ${t.state} = 'answered' then null else coalesce(${t.remindAt}, ${remindable}) end`,
      })
      .where(and(mine, isIn(t.state, ["sending", "answered"]))),
  );
  const reminderLeft = command((db) =>
    db
      .update(t)
      .set({ ...reminderOver, ...outdated, remindAt: sql`${t.snoozedUntil}`, attempts: 0 })
      .where(and(mine, isIn(t.reminder, ["claimed", "sending"]))),
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
  const asked = command((db) =>
    db
      .insert(person)
      .values({ program, id: given("person"), lastAskAt: given("now") })
      .onConflictDoUpdate({ target: [person.program, person.id], set: { lastAskAt: givenValue("now") } }),
  );

  const step = async (statement: Statement, claim: Claim, values: Record<string, unknown>) =>
    (await kept.singly(statement, { ...values, ...held(claim) })) === 1;

  /** The writes that follow once the claim is known to hold. */
  const sender = ({ nudge, reminder }: Claim, now: number) =>
    !reminder && isAsk(nudge.kind) ? [{ statement: asked, values: { person: nudge.person, now } }] : [];

  const left = (claim: Claim, values: Left, further: readonly Write[] = []) =>
    kept.guarded(function* () {
      const statement = claim.reminder ? reminderLeft : askLeft;
      const isHeld = (yield* run(statement, { ...values, ...held(claim) })) === 1;
      if (isHeld) yield* runAll([...sender(claim, values.now), ...further], true);
      return isHeld;
    });

  return {
    intend: (claim, now) => step(claim.reminder ? intendReminder : intendAsk, claim, { now }),
    sent: (claim, identity, ref, now, remindAt) => {
      const { id } = claim.nudge;
      return left(claim, { state: "sent", reason: null, now, remindAt: remindAt ?? null }, [
        { statement: stands, values: { platform: identity.platform, ref, id, now } },
      ]);
    },
    giveBack: (claim, notBefore) => step(claim.reminder ? reminderBack : askBack, claim, { notBefore }),
    close: (claim, state, reason, now, remindAt) =>
      state === "uncertain"
        ? left(claim, { state, reason, now, remindAt: remindAt ?? null })
        : step(claim.reminder ? reminderClosed : askClosed, claim, { state, reason }),
  };
};

/** What becomes of a delivery that left the house. */
interface Left {
  readonly state: "sent" | "uncertain";
  readonly reason: string | null;
  readonly now: number;
  readonly remindAt: number | null;
  readonly [name: string]: unknown;
}

/** What every step of a claim must find as it was. */
const held = ({ nudge: { id }, owner, fence }: Claim) => ({ id, owner, fence });
