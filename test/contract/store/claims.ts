import { describe, expect, it } from "vitest";
import { personId } from "#src/domain/person.ts";
import { later } from "#src/domain/time.ts";
import {
  ANNA,
  at,
  claimed,
  lease,
  LEASE,
  NOON,
  planned,
  sentNow,
  tap,
  wanted,
  type StoreRig,
} from "./case.ts";

const OVER = later(NOON, LEASE);

export function claimRules(rig: StoreRig): void {
  describe("claims", () => {
    it("hand out what is due, earliest first, up to the limit", async () => {
      await using db = await rig();
      const store = db.store("p");
      const minutes = [5, 1, 3, 2, 60];
      await store.plan(
        minutes.map((due) => wanted({ subject: `s${due}`, dueAt: at(due) })),
        NOON,
      );

      const claims = await store.claimDue(lease("one", at(5)), 3);

      expect(claims.map(({ nudge }) => nudge.subject)).toEqual(["s1", "s2", "s3"]);
      expect(claims[0]).toMatchObject({ owner: "one", fence: 1, attempts: 0, reminder: false, round: 0 });
    });

    it("hand out nothing before it is due or after it expired", async () => {
      await using db = await rig();
      const store = db.store("p");
      const { dueAt, expiresAt } = await planned(store);

      expect(await store.claimDue(lease("one", later(dueAt, -1)), 9)).toEqual([]);
      expect(await store.claimDue(lease("one", expiresAt), 9)).toEqual([]);
      expect(await store.claimDue(lease("one", dueAt), 9)).toHaveLength(1);
    });

    it("give each nudge to one worker only, also of two processes", async () => {
      await using db = await rig();
      await db.store("p").plan(
        Array.from({ length: 40 }, (_, i) => wanted({ person: personId(`n${i}`) })),
        NOON,
      );

      const hands = await Promise.all(
        ["one", "two", "three", "four"].map((owner, i) =>
          (i % 2 === 0 ? db.store("p") : db.elsewhere("p")).claimDue(lease(owner), 15),
        ),
      );

      const ids = hands.flat().map(({ nudge }) => nudge.id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids).toHaveLength(40);
    });

    it("end with their lease: then another worker has it under a higher fence", async () => {
      await using db = await rig();
      const store = db.store("p");
      await planned(store);
      const first = await claimed(store, NOON, "one");

      expect(await store.claimDue(lease("two", later(OVER, -1)), 9)).toEqual([]);
      const second = await claimed(store, OVER, "two");

      expect(second).toMatchObject({ fence: first.fence + 1, attempts: 1, owner: "two" });
      expect(await store.intend(first, OVER)).toBe(false);
      expect(await store.intend(second, OVER)).toBe(true);
    });

    it("survive a restart", async () => {
      await using db = await rig();
      await planned(db.store("p"));
      const claim = await claimed(db.store("p"));
      await db.reopen();

      expect(await db.store("p").claimDue(lease("two"), 9)).toEqual([]);
      expect(await db.store("p").intend(claim, NOON)).toBe(true);
    });

    it("never hand out what is answered", async () => {
      await using db = await rig();
      const store = db.store("p");
      const nudge = await planned(store);
      await store.record(tap(nudge, { now: at(-5), complete: true }));

      expect(await store.claimDue(lease("one"), 9)).toEqual([]);
    });

    it("never hand out what was sent, whatever the clock does", async () => {
      await using db = await rig();
      const store = db.store("p");
      await planned(store);
      await sentNow(store, at(1));

      for (const minutes of [-60, 0, 1, 2, 170]) {
        expect(await store.claimDue(lease("two", at(minutes)), 9)).toEqual([]);
      }
    });
  });

  describe("doubtful sends", () => {
    it("are those whose lease ended between intent and outcome, each for one caller", async () => {
      await using db = await rig();
      const store = db.store("p");
      await planned(store);
      const claim = await claimed(store);
      await store.intend(claim, NOON);

      expect(await store.claimDoubtful(lease("two", later(OVER, -1)), 9)).toEqual([]);
      const [doubt] = await store.claimDoubtful(lease("two", OVER), 9);

      expect(doubt).toMatchObject({ owner: "two", fence: claim.fence + 1, reminder: false });
      expect(doubt?.nudge.state).toBe("sending");
      expect(await store.claimDoubtful(lease("three", OVER), 9)).toEqual([]);
      expect(await store.claimDue(lease("three", later(OVER, LEASE)), 9)).toEqual([]);
    });

    it("have a whole lease from the intent on, however long the claim waited before", async () => {
      await using db = await rig();
      const store = db.store("p");
      await planned(store);
      const claim = await claimed(store);
      const late = later(OVER, -1);

      expect(await store.intend(claim, late)).toBe(true);

      expect(await store.claimDoubtful(lease("two", later(late, LEASE - 1)), 9)).toEqual([]);
      expect(await store.claimDoubtful(lease("two", later(late, LEASE)), 9)).toHaveLength(1);
    });

    it("are no longer their first worker's to report", async () => {
      await using db = await rig();
      const store = db.store("p");
      await planned(store);
      const claim = await claimed(store);
      await store.intend(claim, NOON);
      await store.claimDoubtful(lease("two", OVER), 9);

      expect(await store.giveBack(claim, OVER)).toBe(false);
      expect(await store.close(claim, "failed", "gone", OVER)).toBe(false);
    });

    it("reckons a consent that failed from that moment, and everything else as it was due", async () => {
      await using db = await rig();
      const store = db.store("p");
      const dueAfter = async (kind: "consent" | "shift-goal") => {
        await store.plan([wanted({ kind })], NOON, { people: new Set([ANNA]) });
        const claim = await claimed(store, at(30));
        await store.close(claim, "failed", "unreachable", at(30));
        return (await store.nudge(claim.nudge.id))?.dueAt;
      };

      expect(await dueAfter("consent")).toBe(at(30));
      expect(await dueAfter("shift-goal")).toBe(NOON);
    });

    it("are sent again where the first try is proven absent", async () => {
      await using db = await rig();
      const store = db.store("p");
      await planned(store);
      await store.intend(await claimed(store), NOON);
      const [doubt] = await store.claimDoubtful(lease("two", OVER), 9);
      if (doubt === undefined) throw new Error("There was no doubt.");

      expect(await store.intend(doubt, OVER)).toBe(true);
    });
  });
}
