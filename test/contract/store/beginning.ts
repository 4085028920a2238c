import { describe, expect, it } from "vitest";
import { ANNA, at, BEN, NOON, account, lease, type StoreRig, wanted } from "./case.ts";
import type { MessageRef } from "#src/ports/messenger.ts";

export function beginningRules(rig: StoreRig): void {
  describe("the beginning of a program", () => {
    it("is set up from the first look on, and starts once, with who and when", async () => {
      await using db = await rig();
      const store = db.store("p");

      const before = await store.beginning();
      const first = await store.beginSettingUp(NOON);
      const again = await store.beginSettingUp(at(9));
      const started = await store.start(ANNA, at(10));
      const second = await store.start(BEN, at(11));
      await db.reopen();

      expect([before, first, again]).toEqual([undefined, { since: NOON }, { since: NOON }]);
      expect(started).toEqual({ isFirst: true, started: { at: at(10), by: ANNA } });
      expect(second).toEqual({ isFirst: false, started: { at: at(10), by: ANNA } });
      expect(await db.store("p").beginning()).toEqual({ since: NOON, started: { at: at(10), by: ANNA } });
    });

    it("of a program with messages of an older Attune is over", async () => {
      await using db = await rig();
      const store = db.store("p");
      await store.plan([wanted()], NOON);

      expect(await store.beginSettingUp(NOON)).toEqual({ since: NOON, started: {} });
    });

    it("has one Start of several at once, and everybody is told of the same", async () => {
      await using db = await rig();
      const store = db.store("p");
      await store.beginSettingUp(NOON);

      const all = await Promise.all([ANNA, BEN, undefined].map((by) => store.start(by, at(1))));

      expect(all.filter(({ isFirst }) => isFirst)).toHaveLength(1);
      expect(new Set(all.map(({ started }) => JSON.stringify(started))).size).toBe(1);
    });

    it("ends every plan that was made before Start, and marks greetings for an edit", async () => {
      await using db = await rig();
      const store = db.store("p");
      const { roster: rosterVersion } = await store.versions();
      await store.plan([wanted({ kind: "greeting", subject: "setting-up" })], NOON);
      const [claim] = await store.claimDue(lease("one"), 9);
      await store.intend(claim!, NOON);
      await store.sent(claim!, account(ANNA), "m1" as MessageRef, NOON);

      await store.start(ANNA, at(1));
      const overtaken = await store.plan([wanted({ person: BEN })], at(1), { rosterVersion });
      const edits = await store.claimEdits(at(1), 9);

      expect(overtaken.isOvertaken).toBe(true);
      expect(edits.map(({ nudge }) => nudge.kind)).toEqual(["greeting"]);
    });
  });
}
