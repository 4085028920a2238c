import { describe, expect, it } from "vitest";
import { ANNA, at, BEN, lease, NOON, type StoreRig, wanted } from "./case.ts";

export function tellRules(rig: StoreRig): void {
  describe("a notice that no plan has", () => {
    it("is told once to each, whichever of several processes asks for it, and no plan takes it back", async () => {
      await using db = await rig();
      const store = db.store("p");
      const notices = [ANNA, BEN].map((person) =>
        wanted({ kind: "file-taken-over", person, subject: "v2", dueAt: NOON, expiresAt: at(90) }),
      );

      await Promise.all([store.tell(notices), store.tell(notices)]);
      await store.plan([], NOON);
      const claims = await store.claimDue(lease("one"), 9);
      await store.tell(notices);
      const more = await store.claimDue(lease("two"), 9);

      expect(claims.map(({ nudge }) => nudge.person).toSorted()).toEqual([ANNA, BEN].toSorted());
      expect(more).toEqual([]);
    });
  });
}
