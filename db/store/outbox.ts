import { and, eq, gt } from "drizzle-orm";
import { isAsk } from "#src/domain/nudge.ts";
import type { PersonId } from "#src/domain/person.ts";
import { later } from "#src/domain/time.ts";
import type { Identity, Claim } from "#src/ports/outbox.ts";
import type { Store } from "#src/ports/store.ts";
import type { StoreContext } from "./store-context.ts";
import { rowInsert, type RowChange, type Values } from "../statements/statement.ts";
import { runAllAndCommit, changedEach, type Steps } from "../statements/steps.ts";
import { nudgeLife, type NudgeTransition } from "./nudge-life.ts";
import { excluded, is, placeholder } from "./placeholders.ts";
import { sealedTexts } from "./people.ts";
import { messageRow } from "./message-rows.ts";

type Sending = Pick<Store, "intend" | "sent" | "giveBack" | "close">;

/**
 * The steps of a claim. Many sends are under way at once, so their steps go to the database in batches. Each caller is told whether
 * its own claim was still valid.
 */
export const outbox = (context: StoreContext): Sending => {
  const { tables } = context;
  const { nudge: t } = tables;
  const life = nudgeLife(tables);
  const mine = ofClaim(context);
  const leaseHolds = and(gt(t.leaseUntil, placeholder("now")), gt(t.expiresAt, placeholder("now")));

  const { ref: refs } = sealedTexts(context);
  const step = (ask: NudgeTransition, reminder: NudgeTransition, where = mine) => {
    const ofKind = (transition: NudgeTransition) => {
      const change = transition.of(where);
      return context.batched<Values>((acts) => changedEach(change, acts, true));
    };
    const asks = ofKind(ask);
    const reminders = ofKind(reminder);
    return (claim: Claim, values: Values) =>
      (claim.reminder ? reminders : asks)({ ...values, ...held(claim) });
  };
  const intend = step(life.intend, life.reminder.intend, and(mine, leaseHolds));
  const giveBack = step(life.giveBack, life.reminder.giveBack);
  const close = step(life.close, life.reminder.close);
  const closeTried = step(life.closeTried, life.reminder.close);

  const left = leaving(context);

  return {
    intend: (claim, now) => intend(claim, { now, leaseUntil: later(now, claim.length) }),
    sent: (claim, { platform }, ref, now, remindAt) =>
      left({ claim, state: "sent", reason: null, now, remindAt, at: { platform, ref: refs.seal(ref) } }),
    giveBack: (claim, notBefore) => giveBack(claim, { notBefore }),
    close: (claim, state, reason, now, remindAt) => {
      if (state === "uncertain") return left({ claim, state, reason, now, remindAt });
      const isTried = state === "failed" && claim.nudge.kind === "consent";
      return isTried ? closeTried(claim, { state, reason, now }) : close(claim, { state, reason });
    },
  };
};

/** The nudge of a claim. It finds none once another worker has the nudge. */
const ofClaim = ({ program, tables: { nudge: t } }: StoreContext) =>
  and(
    is(t.program, program),
    eq(t.id, placeholder("id")),
    eq(t.owner, placeholder("owner")),
    eq(t.fence, placeholder("fence")),
  );

/** Writes down deliveries that left, or may have: what becomes of the nudge, when its person was asked, where the message stands. */
function leaving(context: StoreContext): (delivery: Delivery) => Promise<boolean> {
  const { program, tables } = context;
  const { person } = tables;
  const life = nudgeLife(tables);
  const stands = messageRow(context);
  const asked = rowInsert((db) =>
    db
      .insert(person)
      .values({ program, id: placeholder("person"), lastAskAt: placeholder("now") })
      .onConflictDoUpdate({
        target: [person.program, person.id],
        set: { lastAskAt: excluded(person.lastAskAt) },
      }),
  );

  function* leave(change: RowChange, deliveries: readonly Delivery[]): Steps<readonly boolean[]> {
    const whether = yield* changedEach(
      change,
      deliveries.map(({ claim, state, reason, now, remindAt = null }) => ({
        ...held(claim),
        state,
        reason,
        now,
        remindAt,
      })),
    );
    const left = deliveries.filter((_, i) => whether[i]);
    if (left.length > 0)
      yield* runAllAndCommit([
        { ask: "inserts", statement: asked, each: lastAsks(left) },
        { ask: "inserts", statement: stands, each: left.flatMap(standing) },
      ]);
    return whether;
  }
  const batched = (transition: NudgeTransition) => {
    const change = transition.of(ofClaim(context));
    return context.batched<Delivery>((all) => leave(change, all));
  };
  const asksLeave = batched(life.leave);
  const remindersLeave = batched(life.reminder.leave);

  return (delivery) => (delivery.claim.reminder ? remindersLeave : asksLeave)(delivery);
}

/** A delivery that was sent, or may have been. */
interface Delivery {
  readonly claim: Claim;
  readonly state: "sent" | "uncertain";
  readonly reason: string | null;
  readonly now: number;
  readonly remindAt: number | undefined;
  /** Where its message is, encrypted; undefined if unknown. */
  readonly at?: Pick<Identity, "platform"> & { readonly ref: string };
}

/** The condition of every step: the claim is still valid. */
const held = ({ nudge: { id }, owner, fence }: Claim) => ({ id, owner, fence });

/** The row for a delivery's message. */
const standing = ({ claim, at, now }: Delivery): readonly Values[] =>
  at === undefined ? [] : [{ platform: at.platform, ref: at.ref, id: claim.nudge.id, now }];

/** When each person was asked last. Sorted, so that two replicas do not wait for each other. */
function lastAsks(deliveries: readonly Delivery[]): readonly { person: PersonId; now: number }[] {
  const last = new Map<PersonId, number>();
  for (const { claim, now } of deliveries)
    if (!claim.reminder && isAsk(claim.nudge)) last.set(claim.nudge.person, now);
  return [...last]
    .map(([person, now]) => ({ person, now }))
    .toSorted((a, b) => (a.person < b.person ? -1 : 1));
}
