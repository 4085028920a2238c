import { describe, expect, it } from "vitest";
import type { CheckInWeek } from "#src/domain/check-in-week.ts";
import { weekLabel } from "#src/domain/time.ts";
import { ANNA, at, BEN, DORA, heardFrom, NOON, planned, sentNow, type StoreRig } from "./case.ts";

const WEEK = 2_935;
const pair = (resident = ANNA, attending = BEN) => ({ resident, attending });
const chosen = (over: Partial<CheckInWeek> = {}): CheckInWeek => ({
  week: WEEK,
  message: "person",
  pairs: [pair(DORA), pair()],
  ...over,
});

export function checkInRules(rig: StoreRig): void {
  describe("whom check-ins are about", () => {
    it("is kept as it was given, the weightiest first, also where it is nobody", async () => {
      await using db = await rig();
      await db.store("p").keepCheckIns(chosen({ week: WEEK + 1, message: "pair", pairs: [] }), NOON);
      await db.store("p").keepCheckIns(chosen(), NOON);
      await db.reopen();

      expect(await db.store("p").checkInWeeks(WEEK)).toEqual([
        chosen(),
        chosen({ week: WEEK + 1, message: "pair", pairs: [] }),
      ]);
      expect(await db.store("p").checkInWeeks(WEEK + 1)).toHaveLength(1);
      expect(await db.store("p").checkInWeeks(WEEK + 2)).toEqual([]);
    });

    it("is kept once, whichever process comes first, and all see the same", async () => {
      await using db = await rig();
      const stores = [db.store("p"), db.elsewhere("p")];
      const offers = Array.from({ length: 10 }, (_, i) =>
        chosen({ pairs: i % 2 === 0 ? [pair()] : [pair(DORA)] }),
      );

      const kept = await Promise.all(offers.map((offer, i) => stores[i % 2]!.keepCheckIns(offer, at(i))));

      const first = offers[kept.indexOf(true)];
      expect(kept.filter(Boolean)).toHaveLength(1);
      for (const store of stores) expect(await store.checkInWeeks(WEEK)).toEqual([first]);
    });

    it("is told to all as a change of wishes, once", async () => {
      await using db = await rig();
      const before = await db.store("p").versions();

      await db.elsewhere("p").keepCheckIns(chosen(), NOON);
      const after = await db.store("p").versions();
      await db.elsewhere("p").keepCheckIns(chosen({ pairs: [] }), NOON);

      expect(after).toEqual({ ...before, wishes: before.wishes + 1 });
      expect(await db.store("p").versions()).toEqual(after);
    });

    // domain: A person can have everything of theirs exported
    it("is exported to those it is about", async () => {
      await using db = await rig();
      await db.store("p").keepCheckIns(chosen(), NOON);

      const asked = async (person = ANNA) => (await db.store("p").export(person)).checkIns;

      const week = weekLabel(WEEK);
      expect(await asked()).toEqual([{ week, partner: BEN }]);
      expect(await asked(BEN)).toEqual([
        { week, partner: DORA },
        { week, partner: ANNA },
      ]);
    });

    it("forgets an erased person on both sides, and their partner's message says so", async () => {
      await using db = await rig();
      const store = db.store("p");
      await heardFrom(store, BEN);
      await planned(store, { kind: "pair-check-in", person: BEN, subject: weekLabel(WEEK) });
      await sentNow(store);
      await store.keepCheckIns(chosen(), NOON);

      await store.erase(ANNA, at(1), "test");

      expect(await store.checkInWeeks(WEEK)).toEqual([chosen({ pairs: [pair(DORA)] })]);
      expect((await store.claimEdits(at(2), 9)).map(({ nudge }) => nudge.person)).toEqual([BEN]);
    });
  });
}
