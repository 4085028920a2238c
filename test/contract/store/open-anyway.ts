import { describe, expect, it } from "vitest";
import { later, HOUR } from "#src/domain/time.ts";
import { ANNA, at, lease, NOON, wanted, type StoreRig } from "./case.ts";

/** What an ask must do that its person answers without being asked. */
export function openAnywayRules(rig: StoreRig): void {
  describe("a goal that its person sets without being asked", () => {
    it("is kept where the plan has none, and is never sent", async () => {
      await using db = await rig();
      const store = db.store("p");

      const opened = await store.openAnyway(wanted());
      const again = await store.openAnyway(wanted());

      expect(opened).toMatchObject({ ...wanted(), state: "withdrawn", reason: "unasked" });
      expect(again).toEqual(opened);
      expect(await store.claimDue(lease("one", at(60)), 9)).toEqual([]);
      expect(await store.nudgesOf(ANNA, at(-1), at(1))).toHaveLength(1);
    });

    it.each(["withdrawn", "failed"] as const)(
      "takes answers though it was %s, and its state tells of none",
      async (state) => {
        await using db = await rig();
        const store = db.store("p");
        await store.plan([wanted()], NOON);
        const [claim] = await store.claimDue(lease("one"), 1);
        await store.close(claim!, state, "late", NOON);

        const opened = await store.openAnyway(wanted());
        const recorded = await store.record({
          event: "e1",
          person: ANNA,
          now: at(1),
          nudge: opened.id,
          replies: [{ occasion: wanted().subject, item: "goal", value: "tests", text: false }],
          complete: true,
          edit: [],
          hasten: [],
        });

        expect(recorded).toBe("recorded");
        expect(await store.nudge(opened.id)).toMatchObject({ state, reason: "late" });
        expect(await store.replies(wanted().subject)).toMatchObject([{ item: "goal", value: "tests" }]);
      },
    );

    it("takes answers once more that had expired too early, and none after its end", async () => {
      await using db = await rig();
      const store = db.store("p");
      await store.plan([wanted()], NOON);
      await store.expire(at(200));
      const act = {
        person: ANNA,
        replies: [{ occasion: wanted().subject, item: "goal" as const, value: "tests", text: false }],
        complete: true,
        edit: [],
        hasten: [],
      };

      const { id: nudge } = await store.openAnyway(wanted({ expiresAt: later(NOON, 8 * HOUR) }));

      expect(await store.record({ ...act, event: "e1", nudge, now: at(300) })).toBe("recorded");
      expect(await store.record({ ...act, event: "e2", nudge, now: at(480) })).toBe("closed");
    });

    it("is sent as planned where it waits to be", async () => {
      await using db = await rig();
      const store = db.store("p");
      await store.plan([wanted()], NOON);

      await store.openAnyway(wanted());

      expect(await store.claimDue(lease("one"), 9)).toHaveLength(1);
    });
  });
}
