import { describe, expect, it } from "vitest";
import { ANNA, at, claimed, NOON, planned, sentNow, stored, tap, wanted, type StoreRig } from "./case.ts";
import type { Instant } from "#src/domain/time.ts";

const END = at(180);

export function expiryRules(rig: StoreRig): void {
  describe("expiry", () => {
    it("closes what was not sent, quietly", async () => {
      await using db = await rig();
      const store = db.store("p");
      const nudge = await planned(store);

      expect(await store.expire(at(179))).toBe(0);
      expect(await store.expire(END)).toBe(1);
      expect(await store.expire(END)).toBe(0);

      expect((await store.nudge(nudge.id))?.state).toBe("expired");
      expect(await store.claimEdits(END, 9)).toEqual([]);
      expect((await store.standing(ANNA)).unansweredInARow).toBe(0);
    });

    it("closes what is claimed, but not what is being sent", async () => {
      await using db = await rig();
      const store = db.store("p");
      await store.plan([wanted(), wanted({ kind: "shift-debrief" })], NOON);
      const one = await claimed(store, at(179));
      const two = await claimed(store, at(179));
      await store.intend(two, at(179));

      expect(await store.expire(END)).toBe(1);

      expect((await stored(store, one.nudge)).state).toBe("expired");
      expect((await stored(store, two.nudge)).state).toBe("sending");
      expect(await store.intend(one, at(179))).toBe(false);
    });

    it("closes what was sent, marks its message, and counts it as unanswered", async () => {
      await using db = await rig();
      await planned(db.store("p"));
      const ask = await sentNow(db.store("p"), NOON, at(60));

      expect(await db.store("p").expire(END)).toBe(1);
      await db.reopen();

      const [edit] = await db.store("p").claimEdits(END, 9);
      expect(edit?.nudge).toEqual({ ...ask, state: "expired" });
      expect((await db.store("p").standing(ANNA)).unansweredInARow).toBe(1);
      expect(await db.store("p").nextDue()).toBeUndefined();
    });

    it("counts asks in a row, until one is answered whole", async () => {
      await using db = await rig();
      const store = db.store("p");
      for (const subject of ["s1", "s2"]) {
        await planned(store, { subject });
        await sentNow(store);
        await store.expire(END);
      }
      expect((await store.standing(ANNA)).unansweredInARow).toBe(2);
      await planned(store, { subject: "s3" });
      const ask = await sentNow(store);

      await store.record(tap(ask, { complete: true }));

      expect((await store.standing(ANNA)).unansweredInARow).toBe(0);
    });

    it("does not call half an answer silence", async () => {
      await using db = await rig();
      const store = db.store("p");
      await planned(store);
      await store.record(tap(await sentNow(store)));

      await store.expire(END);

      expect((await store.standing(ANNA)).unansweredInARow).toBe(0);
    });

    it("of a digest is nobody's silence and changes no message", async () => {
      await using db = await rig();
      const store = db.store("p");
      await planned(store, { kind: "coordinator-digest", subject: "2026-W14" });
      await sentNow(store);

      await store.expire(END);

      expect((await store.standing(ANNA)).unansweredInARow).toBe(0);
      expect(await store.claimEdits(END, 9)).toEqual([]);
    });

    it("leaves answers alone", async () => {
      await using db = await rig();
      const store = db.store("p");
      await planned(store);
      const ask = await sentNow(store);
      await store.record(tap(ask, { complete: true }));

      expect(await store.expire(END)).toBe(0);
      expect((await store.nudge(ask.id))?.state).toBe("answered");
    });

    it("of asks in a stretch of time is found, but of those that expired: after its beginning, and at its end too", async () => {
      await using db = await rig();
      const store = db.store("p");
      await planned(store);
      const ask = await sentNow(store);
      await store.record(tap(ask, { complete: true }));
      await planned(store, { subject: "s2" });
      await sentNow(store);
      await store.expire(END);
      await planned(store, { kind: "shift-debrief", expiresAt: at(181) });
      await planned(store, { kind: "coordinator-digest", subject: "2026-W14" });

      const during = async (from: Instant, to: Instant) =>
        (await store.asksEnded(from, to)).map(({ kind, state }) => `${kind} ${state}`);

      expect(await during(at(179), END)).toEqual(["shift-goal answered"]);
      expect(await during(END, at(181))).toEqual(["shift-debrief withdrawn"]);
      expect(await during(NOON, at(179))).toEqual([]);
      expect(await during(NOON, at(181))).toEqual(["shift-goal answered", "shift-debrief withdrawn"]);
    });

    it("is shown where a card is marked that reads otherwise by time alone; a card of nothing that stands in a chat is not", async () => {
      await using db = await rig();
      const store = db.store("p");
      await planned(store);
      const ask = await sentNow(store);
      await store.record(tap(ask, { complete: true }));
      const unsent = await planned(store, { subject: "s2" });

      await store.markForEdit([ask.id, unsent.id], END);

      expect((await store.claimEdits(END, 9)).map(({ nudge }) => nudge.id)).toEqual([ask.id]);
    });

    it("closes thousands at once", async () => {
      await using db = await rig();
      const store = db.store("p");
      await store.plan(
        Array.from({ length: 2_100 }, (_, i) => wanted({ subject: `s${i}` })),
        NOON,
      );

      expect(await store.expire(END)).toBe(2_100);
    });
  });
}
