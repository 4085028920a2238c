import { describe, expect, it } from "vitest";
import type { PlannedNudge } from "#src/domain/nudge.ts";
import { personId } from "#src/domain/person.ts";
import {
  ANNA,
  at,
  BEN,
  claimed,
  NOON,
  planned,
  sentNow,
  shift,
  stored,
  tap,
  wanted,
  type StoreRig,
} from "./case.ts";

const goal = wanted();
const debrief = wanted({ kind: "shift-debrief", dueAt: at(480), expiresAt: at(900) });
const bens = wanted({ person: BEN, subject: "ben@2026-03-30T12:15Z" });
const EARLIER = at(-60);

export function planRules(rig: StoreRig): void {
  describe("a plan", () => {
    it("inserts what is new", async () => {
      await using db = await rig();

      const change = await db.store("p").plan([goal, debrief, bens], EARLIER);
      await db.reopen();

      expect(change).toEqual({ inserted: 3, moved: 0, withdrawn: 0 });
      expect(await stored(db.store("p"), bens)).toMatchObject({ ...bens, state: "planned" });
    });

    it("made twice changes nothing", async () => {
      await using db = await rig();
      const store = db.store("p");
      await store.plan([goal, debrief], EARLIER);
      const before = await store.nudgesDuring(at(-600), at(6000));

      expect(await store.plan([goal, debrief, goal], EARLIER)).toEqual({
        inserted: 0,
        moved: 0,
        withdrawn: 0,
      });
      expect(await store.nudgesDuring(at(-600), at(6000))).toEqual(before);
    });

    it("leaves out what has expired already", async () => {
      await using db = await rig();

      expect((await db.store("p").plan([goal], goal.expiresAt)).inserted).toBe(0);
    });

    it("moves what is due at another time and keeps its id", async () => {
      await using db = await rig();
      const store = db.store("p");
      const before = await planned(store);
      const moved = { ...goal, dueAt: at(60), expiresAt: at(240) };

      expect(await store.plan([moved], EARLIER)).toEqual({ inserted: 0, moved: 1, withdrawn: 0 });
      expect(await store.nudge(before.id)).toEqual({ ...before, ...moved, firstDue: moved.dueAt });
    });

    it("takes over a new expiry", async () => {
      await using db = await rig();
      const store = db.store("p");
      const before = await planned(store);

      expect((await store.plan([{ ...goal, expiresAt: at(200) }], EARLIER)).moved).toBe(1);
      expect(await store.nudge(before.id)).toMatchObject({ dueAt: NOON, expiresAt: at(200) });
    });

    it("withdraws what the roster no longer implies, and brings it back", async () => {
      await using db = await rig();
      const store = db.store("p");
      const before = await planned(store);

      expect(await store.plan([], EARLIER)).toEqual({ inserted: 0, moved: 0, withdrawn: 1 });
      expect(await store.nudge(before.id)).toMatchObject({ state: "withdrawn" });
      expect(await store.plan([goal], EARLIER)).toMatchObject({ withdrawn: 0 });
      expect(await store.nudge(before.id)).toEqual(before);
    });

    it("says of what it withdraws whether its person has left, and brings that back, too", async () => {
      await using db = await rig();
      const store = db.store("p");
      const before = await planned(store);

      await store.plan([], EARLIER, { members: new Set([personId("somebody-else")]) });
      const left = await store.nudge(before.id);
      await store.plan([goal], EARLIER, { members: new Set([goal.person]) });

      expect(left).toMatchObject({ state: "withdrawn", reason: "left-program" });
      expect(await store.nudge(before.id)).toEqual(before);
      await store.plan([], EARLIER, { members: new Set([goal.person]) });
      expect(await store.nudge(before.id)).toMatchObject({ state: "withdrawn", reason: "roster" });
    });

    it("does not bring back what was withdrawn for another reason", async () => {
      await using db = await rig();
      const store = db.store("p");
      const nudge = await planned(store);
      await store.close(await claimed(store), "withdrawn", "paused", NOON);

      await store.plan([goal], NOON);

      expect(await store.nudge(nudge.id)).toMatchObject({ state: "withdrawn", reason: "paused" });
    });

    it("never touches what was sent", async () => {
      await using db = await rig();
      const store = db.store("p");
      await planned(store);
      const sent = await sentNow(store);

      expect(await store.plan([{ ...goal, dueAt: at(60) }], at(1))).toEqual({
        inserted: 0,
        moved: 0,
        withdrawn: 0,
      });
      await store.plan([], at(1));
      expect(await store.nudge(sent.id)).toEqual(sent);
    });

    it("never touches what was answered", async () => {
      await using db = await rig();
      const store = db.store("p");
      await planned(store);
      const sent = await sentNow(store);
      await store.record(tap(sent, { complete: true }));

      await store.plan([], at(2));

      expect((await store.nudge(sent.id))?.state).toBe("answered");
    });

    it("takes a claimed nudge out of the hands of its worker, since nothing has left the process", async () => {
      await using db = await rig();
      const store = db.store("p");
      await planned(store);
      const claim = await claimed(store);

      await store.plan([{ ...goal, dueAt: at(60) }], NOON);

      expect(await store.intend(claim, NOON)).toBe(false);
      expect(await store.nudge(claim.nudge.id)).toMatchObject({ state: "planned", dueAt: at(60) });
    });

    it("leaves a nudge that is being sent", async () => {
      await using db = await rig();
      const store = db.store("p");
      await planned(store);
      const claim = await claimed(store);
      await store.intend(claim, NOON);

      await store.plan([], NOON);

      expect((await store.nudge(claim.nudge.id))?.state).toBe("sending");
    });

    it("of some people leaves the others alone", async () => {
      await using db = await rig();
      const store = db.store("p");
      await store.plan([goal, bens], EARLIER);

      expect(await store.plan([], EARLIER, { people: new Set([ANNA]) })).toEqual({
        inserted: 0,
        moved: 0,
        withdrawn: 1,
      });
      expect(await store.plan([goal, debrief, bens], EARLIER, { people: new Set([BEN]) })).toMatchObject({
        inserted: 0,
      });
    });

    it("of a roster that has changed since plans nothing", async () => {
      await using db = await rig();
      const store = db.store("p");
      await store.plan([goal], EARLIER);
      const { roster: rosterVersion } = await store.versions();
      const newer = { added: [shift("b", BEN, NOON, 8)], moved: [], removed: [], absences: [] };
      await db.elsewhere("p").changeRoster(newer, EARLIER);

      const change = await store.plan([debrief], EARLIER, { rosterVersion });

      expect(change).toEqual({ inserted: 0, moved: 0, withdrawn: 0, isOvertaken: true });
      expect((await stored(store, goal)).state).toBe("planned");
      expect(await store.plan([debrief], EARLIER, { rosterVersion: rosterVersion + 1 })).toEqual({
        inserted: 1,
        moved: 0,
        withdrawn: 1,
      });
    });

    it("does not undo what was hastened or given back", async () => {
      await using db = await rig();
      const store = db.store("p");
      const plan = wanted({ person: BEN, kind: "shift-plan", dueAt: at(30) });
      await store.plan([goal, plan], EARLIER);
      const there = await stored(store, plan);
      await store.record(tap(await stored(store, goal), { hasten: [{ nudge: there.id, dueAt: at(5) }] }));
      const claim = await claimed(store);
      await store.giveBack(claim, at(10));

      expect(await store.plan([goal, plan], at(2))).toEqual({ inserted: 0, moved: 0, withdrawn: 0 });
      expect((await store.nudge(there.id))?.dueAt).toBe(at(5));
      expect((await store.nudge(claim.nudge.id))?.dueAt).toBe(at(10));
    });

    it("of tens of thousands is the same as of a few", async () => {
      await using db = await rig();
      const store = db.store("p");
      const many: PlannedNudge[] = Array.from({ length: 24_000 }, (_, i) =>
        wanted({ person: personId(`n${i % 400}`), subject: `s${i}`, dueAt: at(i % 90) }),
      );

      expect(await store.plan(many, EARLIER)).toEqual({ inserted: 24_000, moved: 0, withdrawn: 0 });
      expect(await store.plan(many.slice(1000), EARLIER)).toEqual({ inserted: 0, moved: 0, withdrawn: 1000 });
      const stands = await store.nudgesDuring(EARLIER, at(90));
      expect(stands.filter(({ state }) => state === "planned")).toHaveLength(23_000);
    });

    it("lets an ask that was sent be open for as long as the moved shift wants it", async () => {
      await using db = await rig();
      const store = db.store("p");
      await planned(store);
      const sent = await sentNow(store);

      await store.plan([{ ...goal, dueAt: at(60), expiresAt: at(240) }], at(5));

      expect(await store.nudge(sent.id)).toMatchObject({ state: "sent", expiresAt: at(240) });
    });
  });
}
