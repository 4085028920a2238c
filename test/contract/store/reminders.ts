import { describe, expect, it } from "vitest";
import { later } from "#src/domain/time.ts";
import type { Nudge } from "#src/domain/nudge.ts";
import type { Store } from "#src/ports/store.ts";
import {
  account,
  ANNA,
  at,
  claimed,
  lease,
  LEASE,
  messageRef,
  NOON,
  planned,
  sentNow,
  stored,
  tap,
  type StoreRig,
} from "./case.ts";

const NO_CHANGE = { added: [], moved: [], removed: [], absences: [] };

/** An ask sent at noon with its reminder due an hour later. */
async function reminded(store: Store) {
  await planned(store);
  return sentNow(store, NOON, at(60));
}

export function reminderRules(rig: StoreRig): void {
  describe("reminders", () => {
    it("come once, at their moment, as a delivery of their own", async () => {
      await using db = await rig();
      const store = db.store("p");
      const ask = await reminded(store);

      expect(await store.claimDue(lease("one", at(59)), 9)).toEqual([]);
      const claim = await claimed(store, at(60));
      expect(claim).toMatchObject({ reminder: true, round: 1, attempts: 0 });
      expect(await store.intend(claim, at(60))).toBe(true);
      expect(await store.sent(claim, account(ANNA), messageRef("r1"), at(60))).toBe(true);

      expect(await store.sent(claim, account(ANNA), messageRef("r1"), at(60))).toBe(false);
      expect(await store.claimDue(lease("one", at(170)), 9)).toEqual([]);
      expect(await store.nudge(ask.id)).toEqual({ ...ask, isReminded: true });
    });

    it("do not come for what was answered, nor leave once it is", async () => {
      await using db = await rig();
      const store = db.store("p");
      const ask = await reminded(store);
      const claim = await claimed(store, at(60));

      await store.record(tap(ask, { now: at(60), complete: true }));

      expect(await store.intend(claim, at(60))).toBe(false);
      expect(await store.claimDue(lease("two", at(100)), 9)).toEqual([]);
    });

    it("do not come after the ask's expiry", async () => {
      await using db = await rig();
      const store = db.store("p");
      await planned(store, { expiresAt: at(30) });
      await sentNow(store, NOON, at(60));

      expect(await store.claimDue(lease("one", at(60)), 9)).toEqual([]);
    });

    it("end alone: the ask stays sent", async () => {
      await using db = await rig();
      const store = db.store("p");
      const ask = await reminded(store);

      expect(await store.close(await claimed(store, at(60)), "failed", "rejected", at(60))).toBe(true);

      expect(await store.nudge(ask.id)).toEqual({ ...ask, isReminded: true });
      expect(await store.claimDue(lease("one", at(100)), 9)).toEqual([]);
    });

    it("that nobody could deliver yet come again, as the same delivery", async () => {
      await using db = await rig();
      const store = db.store("p");
      await reminded(store);
      const claim = await claimed(store, at(60));
      await store.intend(claim, at(60));

      expect(await store.giveBack(claim, at(65))).toBe(true);

      expect(await store.claimDue(lease("one", at(64)), 9)).toEqual([]);
      expect(await claimed(store, at(65))).toMatchObject({ reminder: true, round: 1, attempts: 1 });
    });

    it("are claimed anew when their lease ends, in doubt when they were leaving", async () => {
      await using db = await rig();
      const store = db.store("p");
      await reminded(store);
      const first = await claimed(store, at(60), "one");
      const second = await claimed(store, later(at(60), LEASE), "two");
      expect(second).toMatchObject({ reminder: true, round: 1, fence: first.fence + 1 });
      expect(await store.intend(first, later(at(60), LEASE))).toBe(false);
      await store.intend(second, later(at(60), LEASE));

      const [doubt] = await store.claimDoubtful(lease("three", later(at(60), 2 * LEASE)), 9);

      expect(doubt).toMatchObject({ reminder: true, round: 1, owner: "three" });
      expect(await store.claimDoubtful(lease("four", later(at(60), 2 * LEASE)), 9)).toEqual([]);
    });

    it("have a whole lease from the intent on, however long the claim waited before", async () => {
      await using db = await rig();
      const store = db.store("p");
      await reminded(store);
      const claim = await claimed(store, at(60));
      const late = later(at(60), LEASE - 1);

      expect(await store.intend(claim, late)).toBe(true);

      expect(await store.claimDoubtful(lease("two", later(late, LEASE - 1)), 9)).toEqual([]);
      expect(await store.claimDoubtful(lease("two", later(late, LEASE)), 9)).toMatchObject([
        { reminder: true },
      ]);
    });

    const ends: Readonly<Record<string, (store: Store, ask: Nudge) => Promise<unknown>>> = {
      "is answered": (store, ask) => store.record(tap(ask, { now: at(60), complete: true })),
      expires: (store, ask) => store.expire(ask.expiresAt),
      "is recalled": (store, ask) =>
        store.changeRoster(NO_CHANGE, at(60), { recalled: [ask.id], changed: [] }),
    };
    for (const [how, end] of Object.entries(ends))
      it(`that were leaving when their ask ${how} are still found out about`, async () => {
        await using db = await rig();
        const store = db.store("p");
        const ask = await reminded(store);
        await store.intend(await claimed(store, at(60)), at(60));

        await end(store, ask);

        const late = later(ask.expiresAt, LEASE);
        const [doubt] = await store.claimDoubtful(lease("two", late), 9);
        expect(doubt).toMatchObject({ reminder: true, round: 1 });
        expect(await store.sent(doubt!, account(ANNA), messageRef("r1"), late)).toBe(true);
        expect(await store.claimDoubtful(lease("two", later(late, LEASE)), 9)).toEqual([]);
      });

    it("are also of an ask that may not have arrived", async () => {
      await using db = await rig();
      const store = db.store("p");
      await planned(store);
      const claim = await claimed(store);
      await store.intend(claim, NOON);
      await store.close(claim, "uncertain", "ambiguous", NOON, at(30));

      expect(await claimed(store, at(30))).toMatchObject({ reminder: true });
    });
  });

  describe("ask me later", () => {
    it("takes the place of the planned reminder", async () => {
      await using db = await rig();
      const store = db.store("p");
      const ask = await reminded(store);

      await store.record(tap(ask, { replies: [], remindAt: at(90) }));

      expect(await store.claimDue(lease("one", at(89)), 9)).toEqual([]);
      expect(await claimed(store, at(90))).toMatchObject({ reminder: true, round: 1 });
    });

    it("works after the reminder too, as another delivery", async () => {
      await using db = await rig();
      const store = db.store("p");
      const ask = await reminded(store);
      await sentNow(store, at(60));

      await store.record(tap(ask, { now: at(61), replies: [], remindAt: at(90) }));

      expect(await claimed(store, at(90))).toMatchObject({ reminder: true, round: 2 });
    });

    it("said while the reminder is on the way comes after it", async () => {
      await using db = await rig();
      const store = db.store("p");
      const ask = await reminded(store);
      const claim = await claimed(store, at(60));
      await store.intend(claim, at(60));

      await store.record(tap(ask, { now: at(60), replies: [], remindAt: at(90) }));

      expect(await store.sent(claim, account(ANNA), messageRef("r1"), at(61))).toBe(true);
      expect(await claimed(store, at(90))).toMatchObject({ reminder: true, round: 2 });
    });

    it("said while the ask itself is on the way goes before its planned reminder", async () => {
      await using db = await rig();
      const store = db.store("p");
      await planned(store);
      const claim = await claimed(store);
      await store.intend(claim, NOON);
      await store.record(tap(claim.nudge, { now: NOON, replies: [], remindAt: at(90) }));

      await store.sent(claim, account(ANNA), messageRef("m"), NOON, at(60));

      expect(await store.claimDue(lease("one", at(89)), 9)).toEqual([]);
      expect(await claimed(store, at(90))).toMatchObject({ reminder: true });
    });

    it("before the ask was sent moves the ask", async () => {
      await using db = await rig();
      const store = db.store("p");
      const nudge = await planned(store);

      await store.record(tap(nudge, { now: at(-10), replies: [], remindAt: at(20) }));

      expect(await stored(store, nudge)).toMatchObject({ state: "planned", dueAt: at(20) });
      expect(await claimed(store, at(20))).toMatchObject({ reminder: false });
    });
  });
}
