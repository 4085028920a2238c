import { describe, expect, it } from "vitest";
import type { Store } from "#src/ports/store.ts";
import {
  account,
  ANNA,
  at,
  BEN,
  heardFrom,
  messageRef,
  NOON,
  sentNow,
  stored,
  tap,
  wanted,
  type StoreRig,
} from "./case.ts";

const bens = wanted({ person: BEN });

/** Anna's and Ben's asks, both sent. */
async function partners(store: Store) {
  await store.plan([wanted(), bens], NOON);
  await sentNow(store);
  await sentNow(store);
  return { anna: await stored(store, wanted()), ben: await stored(store, bens) };
}

export function editRules(rig: StoreRig): void {
  describe("messages that show a nudge", () => {
    it("are all edited when it is marked", async () => {
      await using db = await rig();
      const { anna, ben } = await partners(db.store("p"));
      await db.store("p").record(tap(ben, { message: messageRef("command"), platform: "web" }));
      await db.store("p").record(tap(anna, { now: at(3), edit: [ben.id] }));
      await db.reopen();

      const [edit, ...more] = await db.store("p").claimEdits(at(3), 9);

      expect(more).toEqual([]);
      expect(edit?.nudge.id).toBe(ben.id);
      expect(edit?.messages).toEqual([
        { platform: "web", message: messageRef(`m${ben.id}`) },
        { platform: "web", message: messageRef("command") },
      ]);
    });

    it("are known by what they were edited to last, whoever did it", async () => {
      await using db = await rig();
      const { anna, ben } = await partners(db.store("p"));
      const marked = async (minute: number) => {
        await db.store("p").record(tap(anna, { now: at(minute), edit: [ben.id] }));
        return (await db.store("p").claimEdits(at(minute), 9))[0]!;
      };
      const first = await marked(1);
      await db.elsewhere("p").edited(ben.id, first.version);

      const second = await marked(2);

      expect(first.edited).toBeLessThan(first.version);
      expect(second.edited).toBe(first.version);
      expect(second.version).toBeGreaterThan(first.version);
    });

    it("are edited once their ask is answered whole, where it stands in more than the one tapped", async () => {
      await using db = await rig();
      const store = db.store("p");
      const { anna, ben } = await partners(store);
      await store.record(tap(ben, { message: messageRef("reminder"), platform: "web", complete: false }));
      const early = await store.claimEdits(at(1), 9);

      await store.record(tap(anna, { message: messageRef(`m${anna.id}`), platform: "web", complete: true }));
      await store.record(
        tap(ben, { event: "whole", message: messageRef("reminder"), platform: "web", complete: true }),
      );

      const edits = await store.claimEdits(at(1), 9);
      expect(early).toEqual([]);
      expect(edits.map(({ nudge }) => nudge.id)).toEqual([ben.id]);
      expect(edits[0]?.messages).toHaveLength(2);
    });

    it("stand where the person's platform is when the act does not say", async () => {
      await using db = await rig();
      const store = db.store("p");
      const { anna, ben } = await partners(store);
      await heardFrom(store, BEN, account(BEN, "slack"));
      await store.record(tap(ben, { message: messageRef("tapped") }));
      await store.record(tap(anna, { edit: [ben.id] }));

      const [edit] = await store.claimEdits(at(1), 9);

      expect(edit?.messages).toContainEqual({ platform: "slack", message: messageRef("tapped") });
    });

    it("show another nudge from the moment it is tapped in them", async () => {
      await using db = await rig();
      const store = db.store("p");
      await store.plan([wanted({ subject: "s1" }), wanted({ subject: "s2" }), bens], NOON);
      const one = await sentNow(store);
      const two = await sentNow(store);
      const other = await sentNow(store);

      await store.record(tap(two, { message: messageRef(`m${one.id}`), platform: "web" }));
      await store.record(tap(other, { edit: [one.id, two.id] }));

      const edits = await store.claimEdits(at(1), 9);
      expect(edits.map(({ nudge }) => nudge.id)).toEqual([two.id]);
      expect(edits[0]?.messages).toHaveLength(2);
    });

    it("are claimed by one caller, and again when nothing was reported", async () => {
      await using db = await rig();
      const store = db.store("p");
      const { anna, ben } = await partners(store);
      await store.record(tap(anna, { edit: [ben.id] }));

      expect(await store.claimEdits(at(1), 9)).toHaveLength(1);
      expect(await store.claimEdits(at(1), 9)).toEqual([]);
      expect(await store.claimEdits(at(10), 9)).toHaveLength(1);
    });

    it("rest once they are edited", async () => {
      await using db = await rig();
      const store = db.store("p");
      const { anna, ben } = await partners(store);
      await store.record(tap(anna, { edit: [ben.id] }));
      const [edit] = await store.claimEdits(at(1), 9);

      await store.edited(ben.id, edit?.version ?? -1);

      expect(await store.claimEdits(at(60), 9)).toEqual([]);
    });

    it("are edited once more when they changed during the edit", async () => {
      await using db = await rig();
      const store = db.store("p");
      const { anna, ben } = await partners(store);
      await store.record(tap(anna, { edit: [ben.id] }));
      const [edit] = await store.claimEdits(at(1), 9);
      await store.record(tap(anna, { edit: [ben.id] }));
      expect(await store.claimEdits(at(1), 9)).toEqual([]);

      await store.edited(ben.id, edit?.version ?? -1);

      const [again] = await store.claimEdits(at(1), 9);
      expect(again?.version).toBeGreaterThan(edit?.version ?? 0);
    });

    it("are tried again when the platform asks to wait", async () => {
      await using db = await rig();
      const store = db.store("p");
      const { anna, ben } = await partners(store);
      await store.record(tap(anna, { edit: [ben.id] }));
      await store.claimEdits(at(1), 9);

      await store.editLater(ben.id, at(5));

      expect(await store.claimEdits(at(4), 9)).toEqual([]);
      expect(await store.claimEdits(at(5), 9)).toHaveLength(1);
    });

    it("need no edit before they exist: what is sent later shows it anyway", async () => {
      await using db = await rig();
      const store = db.store("p");
      await store.plan([wanted(), { ...bens, dueAt: at(30) }], NOON);
      const ben = await stored(store, bens);
      await store.record(tap(await sentNow(store), { edit: [ben.id] }));
      await sentNow(store, at(30));

      expect(await store.claimEdits(at(31), 9)).toEqual([]);
    });

    it("that may have been made from the older card are edited when they stand", async () => {
      await using db = await rig();
      const store = db.store("p");
      await store.plan([wanted(), bens], NOON);
      const anna = await sentNow(store);
      const [claim] = await store.claimDue({ owner: "one", now: NOON, length: 90_000 }, 1);
      if (claim === undefined) throw new Error("Ben's was due.");
      await store.intend(claim, NOON);
      await store.record(tap(anna, { edit: [claim.nudge.id] }));
      expect(await store.claimEdits(at(1), 9)).toEqual([]);

      await store.sent(
        claim,
        { platform: "web", account: BEN, address: "x" as never },
        messageRef("late"),
        at(1),
      );

      const [edit] = await store.claimEdits(at(1), 9);
      expect(edit?.messages).toEqual([{ platform: "web", message: messageRef("late") }]);
    });

    it("are also those of a withdrawn nudge that its person had opened", async () => {
      await using db = await rig();
      const store = db.store("p");
      await store.plan([wanted()], at(-60));
      const nudge = await stored(store, wanted());
      await store.record(tap(nudge, { now: at(-30), message: messageRef("typed"), platform: "web" }));

      await store.plan([], at(-20), { people: new Set([ANNA]) });

      const [edit] = await store.claimEdits(at(-20), 9);
      expect(edit?.nudge.state).toBe("withdrawn");
    });
  });
}
