import { describe, expect, it } from "vitest";
import { ANNA, at, BEN, lease, planned, type StoreRig } from "./case.ts";

export function sendNowRules(rig: StoreRig): void {
  describe("a message that a coordinator has go out now", () => {
    it("is due at once, for one of several who say so, and no plan puts it off again", async () => {
      await using db = await rig();
      const store = db.store("p");
      const nudge = await planned(store);
      const before = at(-30);

      const all = await Promise.all([ANNA, BEN].map((by) => store.sendNow(nudge.id, by, before)));
      await store.plan([nudge], before);
      const claims = await store.claimDue(lease("one", before), 9);
      const late = await store.sendNow(nudge.id, BEN, before);

      expect(all.filter((isSent) => isSent)).toHaveLength(1);
      expect(claims.map(({ nudge: { id, dueAt } }) => [id, dueAt])).toEqual([[nudge.id, before]]);
      expect(late).toBe(false);
    });

    it("is not one that is due already", async () => {
      await using db = await rig();
      const store = db.store("p");
      const nudge = await planned(store);

      expect(await store.sendNow(nudge.id, ANNA, at(1))).toBe(false);
    });
  });
}
