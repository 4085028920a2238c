import { describe, expect, it } from "vitest";
import { personId } from "#src/domain/person.ts";
import { later } from "#src/domain/time.ts";
import type { Claim } from "#src/ports/outbox.ts";
import type { Store } from "#src/ports/store.ts";
import { account, at, lease, LEASE, messageRef, NOON, stored, tap, wanted, type StoreRig } from "./case.ts";

const NAMES = ["a", "b", "c", "d", "e", "f", "g", "h"];
const person = (name: string) => personId(name === "h" ? "g" : name);
const subject = (name: string) => `shift of ${name}`;
const about = (name: string) => wanted({ person: person(name), subject: subject(name) });

/** What a worker may say of a claim, and what must have come before it. */
const STEPS: Readonly<Record<string, Step>> = {
  "about to leave": { of: "ask", say: (store, claim) => store.intend(claim, at(1)) },
  sent: { of: "ask", say: sent, before: (store, claim) => store.intend(claim, at(1)) },
  uncertain: { of: "ask", say: uncertain, before: (store, claim) => store.intend(claim, at(1)) },
  failed: { of: "ask", say: (store, claim) => store.close(claim, "failed", "gone", at(2)) },
  "given back": { of: "ask", say: (store, claim) => store.giveBack(claim, at(9)) },
  "a reminder about to leave": { of: "reminder", say: (store, claim) => store.intend(claim, at(61)) },
  "a reminder sent": { of: "reminder", say: sent, before: (store, claim) => store.intend(claim, at(61)) },
  "a reminder withdrawn": {
    of: "reminder",
    say: (store, claim) => store.close(claim, "withdrawn", "stopped", at(62)),
  },
  "a reminder given back": { of: "reminder", say: (store, claim) => store.giveBack(claim, at(70)) },
};

export function atOnceRules(rig: StoreRig): void {
  describe("many that are reported at once", () => {
    it.each(Object.entries(STEPS))("end as they do one after the other: %s", async (_, step) => {
      await using db = await rig();
      const [one, other] = [db.store("p"), db.store("q")];
      const [singly, together] = [await underWay(one, step), await underWay(other, step)];

      const told: boolean[] = [];
      for (const claim of singly) told.push(await step.say(one, claim));
      const toldAtOnce = await Promise.all(together.map((claim) => step.say(other, claim)));

      expect(toldAtOnce).toEqual(told);
      expect(told.filter(Boolean).length).toBeGreaterThan(4);
      expect(told).toContain(false);
      expect(await shown(other)).toEqual(await shown(one));
    });

    it("are told apart when one is reported twice", async () => {
      await using db = await rig();
      const store = db.store("p");
      const claims = await underWay(store, { of: "ask", say: sent });

      const told = await Promise.all(
        [claims[0]!, ...claims].map((claim) => store.close(claim, "withdrawn", "paused", at(2))),
      );

      // One of them is another worker's.
      expect(told.filter(Boolean)).toHaveLength(claims.length - 1);
      expect(told[0]).not.toBe(told[1]);
    });
  });
}

interface Step {
  readonly of: "ask" | "reminder";
  readonly say: Say;
  readonly before?: Say;
}

type Say = (store: Store, claim: Claim) => Promise<boolean>;

function sent(store: Store, claim: Claim): Promise<boolean> {
  const ref = messageRef(`${claim.nudge.subject} ${claim.round}`);
  return store.sent(claim, account(claim.nudge.person), ref, at(claim.reminder ? 62 : 2), at(60));
}

function uncertain(store: Store, claim: Claim): Promise<boolean> {
  return store.close(claim, "uncertain", "ambiguous", at(2), at(60));
}

/** Claims in one worker's hands. The second was answered meanwhile; the third has come to another worker. */
async function underWay(store: Store, { of, before }: Step): Promise<readonly Claim[]> {
  await store.plan(NAMES.map(about), later(NOON, -LEASE));
  if (of === "reminder")
    for (const claim of await store.claimDue(lease("one"), NAMES.length)) {
      await store.intend(claim, at(1));
      await sent(store, claim);
    }
  const claims = await store.claimDue(lease("one", of === "reminder" ? at(60) : NOON), NAMES.length);
  for (const claim of claims) await before?.(store, claim);
  await store.record(tap(claims[1]!.nudge, { now: at(1), complete: true }));
  return claims.map((claim, i) => (i === 2 ? { ...claim, fence: claim.fence - 1 } : claim));
}

/** All that is kept of them, without what tells two programs apart. */
async function shown(store: Store) {
  return Promise.all(
    NAMES.map(async (name) => {
      const { id: _, ...nudge } = await stored(store, about(name));
      const { lastAskAt } = await store.standing(person(name));
      return { ...nudge, lastAskAt };
    }),
  );
}
