import type { AssignmentId } from "#src/domain/roster.ts";
import { describe, expect, it } from "vitest";

import type { RosterChange } from "#src/ports/store.ts";
import { ANNA, at, BEN, NOON, planned, sentNow, shift, wanted, type StoreRig } from "./case.ts";

const NOTHING: RosterChange = { added: [], moved: [], removed: [], absences: [] };
const day = shift("a", ANNA, NOON, 8);
const night = shift("b", ANNA, at(12 * 60), 12);
const bens = shift("c", BEN, at(4 * 60), 8);

export function rosterRules(rig: StoreRig): void {
  describe("the roster", () => {
    it("is kept over a restart, by start", async () => {
      await using db = await rig();
      const away = { person: BEN, start: at(0), end: at(60) };
      await db.store("p").changeRoster({ ...NOTHING, added: [night, bens, day], absences: [away] }, NOON);
      await db.reopen();

      expect(await db.store("p").roster()).toEqual({ assignments: [day, bens, night], absences: [away] });
    });

    it("moves and removes", async () => {
      await using db = await rig();
      const store = db.store("p");
      await store.changeRoster({ ...NOTHING, added: [day, night, bens] }, NOON);
      const moved = { ...day, start: at(60), end: at(9 * 60), label: "Late" };

      await store.changeRoster({ ...NOTHING, moved: [{ from: day, to: moved }], removed: [bens] }, NOON);

      expect((await store.roster()).assignments).toEqual([moved, night]);
    });

    it("forgets the old id of a shift that moved to a new one", async () => {
      await using db = await rig();
      const store = db.store("p");
      await store.changeRoster({ ...NOTHING, added: [day] }, NOON);

      await store.changeRoster(
        { ...NOTHING, moved: [{ from: day, to: { ...day, id: "z" as AssignmentId } }] },
        NOON,
      );

      expect((await store.roster()).assignments).toEqual([{ ...day, id: "z" as AssignmentId }]);
    });

    it("takes the absences of a change as all there are", async () => {
      await using db = await rig();
      const store = db.store("p");
      await store.changeRoster({ ...NOTHING, absences: [{ person: ANNA, start: at(0), end: at(60) }] }, NOON);

      await store.changeRoster(NOTHING, NOON);

      expect((await store.roster()).absences).toEqual([]);
    });

    it("is changed all or not at all", async () => {
      await using db = await rig();
      const store = db.store("p");
      await store.changeRoster({ ...NOTHING, added: [day] }, NOON);
      const broken = { ...bens, start: Number.NaN as typeof NOON };

      await expect(
        store.changeRoster({ ...NOTHING, removed: [day], added: [broken] }, NOON),
      ).rejects.toThrow();

      expect((await store.roster()).assignments).toEqual([day]);
    });

    it("recalls asks that were sent and marks their messages, and opens them again when a plan wants them", async () => {
      await using db = await rig();
      const store = db.store("p");
      await planned(store);
      const sent = await sentNow(store);

      await store.changeRoster(NOTHING, at(5), { recalled: [sent.id], changed: [] });
      await db.reopen();
      const again = db.store("p");

      expect(await again.nudge(sent.id)).toMatchObject({ state: "withdrawn", reason: "recalled" });
      expect(await again.openNudges(ANNA, at(5))).toEqual([]);
      expect((await again.claimEdits(at(5), 10)).map(({ nudge }) => nudge.id)).toEqual([sent.id]);
      await again.plan([wanted()], at(6));
      expect(await again.nudge(sent.id)).toMatchObject({ state: "sent" });
    });

    it("and the asks that follow it are changed together or not at all", async () => {
      await using db = await rig();
      const store = db.store("p");
      await store.changeRoster({ ...NOTHING, added: [day] }, NOON);
      await planned(store);
      const sent = await sentNow(store);
      const versions = await store.versions();
      const effects = { recalled: [sent.id], changed: [] };
      const broken = { recalled: [sent.id, {} as never], changed: [] };

      await expect(store.changeRoster({ ...NOTHING, removed: [day] }, at(5), broken)).rejects.toThrow();
      const untouched = [await store.roster(), await store.nudge(sent.id), await store.versions()];
      await store.changeRoster({ ...NOTHING, removed: [day] }, at(5), effects);

      expect(untouched).toEqual([{ assignments: [day], absences: [] }, sent, versions]);
      expect((await store.roster()).assignments).toEqual([]);
      expect(await store.nudge(sent.id)).toMatchObject({ state: "withdrawn", reason: "recalled" });
    });

    it("is not changed by what was worked out against an older one", async () => {
      await using db = await rig();
      const store = db.store("p");
      const { roster: version } = await store.versions();
      await planned(store);
      const sent = await sentNow(store);
      const effects = { recalled: [sent.id], changed: [] };

      expect(
        await db.elsewhere("p").changeRoster({ ...NOTHING, added: [day] }, NOON, undefined, version),
      ).toBe(true);
      const after = await store.versions();
      expect(await store.changeRoster({ ...NOTHING, added: [night] }, NOON, effects, version)).toBe(false);

      expect(await store.roster()).toEqual({ assignments: [day], absences: [] });
      expect(await store.nudge(sent.id)).toEqual(sent);
      expect(await store.versions()).toEqual(after);
    });

    it("touches the asks of its own program only", async () => {
      await using db = await rig();
      await planned(db.store("p"));
      const sent = await sentNow(db.store("p"));

      await db.store("q").changeRoster(NOTHING, at(5), { recalled: [sent.id], changed: [sent.id] });

      expect(await db.store("p").nudge(sent.id)).toEqual(sent);
    });

    it("has the asks that it changes shown anew, and leaves them open", async () => {
      await using db = await rig();
      const store = db.store("p");
      await planned(store);
      const sent = await sentNow(store);

      await store.changeRoster(NOTHING, at(5), { recalled: [], changed: [sent.id] });

      expect(await store.nudge(sent.id)).toEqual(sent);
      expect(await store.claimEdits(at(5), 10)).toMatchObject([{ nudge: sent }]);
    });

    it("recalls neither what is unsent nor what was answered", async () => {
      await using db = await rig();
      const store = db.store("p");
      const before = await planned(store);

      await store.changeRoster(NOTHING, at(5), { recalled: [before.id], changed: [before.id] });

      expect(await store.nudge(before.id)).toEqual(before);
      expect(await store.claimEdits(at(5), 10)).toEqual([]);
    });
  });
}
