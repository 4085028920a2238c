import { describe, expect, it } from "vitest";
import { later } from "#src/domain/time.ts";
import {
  account,
  ANNA,
  at,
  BEN,
  claimed,
  lease,
  LEASE,
  messageRef,
  NOON,
  planned,
  stored,
  tap,
  wanted,
  type StoreRig,
} from "./case.ts";

const M1 = messageRef("m1");

export function sendingRules(rig: StoreRig): void {
  describe("sending", () => {
    it("is not begun after the lease or the expiry", async () => {
      await using db = await rig();
      const store = db.store("p");
      await planned(store, { expiresAt: at(1) });
      const claim = await claimed(store);

      expect(await store.intend(claim, at(1))).toBe(false);
      expect(await store.intend(claim, later(NOON, LEASE))).toBe(false);
      expect(await store.intend(claim, NOON)).toBe(true);
    });

    it("is not reported without an intent", async () => {
      await using db = await rig();
      const store = db.store("p");
      await planned(store);

      expect(await store.sent(await claimed(store), account(ANNA), M1, NOON)).toBe(false);
    });

    it("ends as sent, once, over a restart", async () => {
      await using db = await rig();
      const nudge = await planned(db.store("p"));
      const claim = await claimed(db.store("p"));
      await db.store("p").intend(claim, NOON);

      expect(await db.store("p").sent(claim, account(ANNA), M1, at(1))).toBe(true);
      await db.reopen();

      expect(await db.store("p").nudge(nudge.id)).toEqual({ ...nudge, state: "sent", sentAt: at(1) });
      expect(await db.store("p").sent(claim, account(ANNA), M1, at(1))).toBe(false);
    });

    it("is accepted after the lease as long as nobody else took it", async () => {
      await using db = await rig();
      const store = db.store("p");
      await planned(store);
      const claim = await claimed(store);
      await store.intend(claim, NOON);

      expect(await store.sent(claim, account(ANNA), M1, at(10))).toBe(true);
    });

    it("that definitely failed is due again at the moment given", async () => {
      await using db = await rig();
      const store = db.store("p");
      await planned(store);
      const claim = await claimed(store);
      await store.intend(claim, NOON);

      expect(await store.giveBack(claim, at(5))).toBe(true);
      expect(await store.claimDue(lease("two", at(4)), 9)).toEqual([]);
      expect(await claimed(store, at(5), "two")).toMatchObject({ attempts: 1, fence: 2 });
      expect(await store.giveBack(claim, at(5))).toBe(false);
    });

    it("ends as failed or withdrawn, with the reason", async () => {
      await using db = await rig();
      const store = db.store("p");
      await store.plan([wanted(), wanted({ person: BEN })], NOON);
      const [first, second] = await store.claimDue(lease("one"), 2);
      if (first === undefined || second === undefined) throw new Error("Two were due.");

      expect(await store.close(first, "failed", "unreachable", NOON)).toBe(true);
      expect(await store.close(second, "withdrawn", "stopped", NOON)).toBe(true);

      expect(await stored(store, first.nudge)).toMatchObject({ state: "failed", reason: "unreachable" });
      expect(await stored(store, second.nudge)).toMatchObject({ state: "withdrawn", reason: "stopped" });
      expect(await store.claimDue(lease("two", at(10)), 9)).toEqual([]);
    });

    it("whose outcome cannot be told is uncertain: counted as sent, and not repeated", async () => {
      await using db = await rig();
      const store = db.store("p");
      await planned(store);
      const claim = await claimed(store);
      await store.intend(claim, NOON);

      expect(await store.close(claim, "uncertain", "ambiguous", at(1))).toBe(true);

      expect(await stored(store, claim.nudge)).toMatchObject({
        state: "uncertain",
        sentAt: at(1),
        reason: "ambiguous",
      });
      expect((await store.standing(ANNA)).lastAskAt).toBe(at(1));
      expect(await store.claimDue(lease("two", at(10)), 9)).toEqual([]);
      expect(await store.openNudges(ANNA, at(10))).toHaveLength(1);
    });

    it("keeps the answer that came while the message was on the way", async () => {
      await using db = await rig();
      const store = db.store("p");
      await planned(store);
      const claim = await claimed(store);
      await store.intend(claim, NOON);
      expect(await store.record(tap(claim.nudge, { complete: true }))).toBe("recorded");

      expect(await store.sent(claim, account(ANNA), M1, at(2), at(60))).toBe(true);

      expect((await stored(store, claim.nudge)).state).toBe("answered");
      expect(await store.claimDue(lease("two", at(90)), 9)).toEqual([]);
      const [edit] = await store.claimEdits(at(2), 9);
      expect(edit?.messages).toEqual([{ platform: "web", message: M1 }]);
    });

    it("is not begun once the ask is answered", async () => {
      await using db = await rig();
      const store = db.store("p");
      await planned(store);
      const claim = await claimed(store);
      await store.record(tap(claim.nudge, { now: NOON, complete: true }));

      expect(await store.intend(claim, NOON)).toBe(false);
      expect((await stored(store, claim.nudge)).state).toBe("answered");
    });

    it("of a digest is no ask", async () => {
      await using db = await rig();
      const store = db.store("p");
      await planned(store, { kind: "attending-digest", subject: "2026-W14" });
      const claim = await claimed(store);
      await store.intend(claim, NOON);

      await store.sent(claim, account(ANNA), M1, NOON);

      expect(await store.standing(ANNA)).not.toHaveProperty("lastAskAt");
    });
  });
}
