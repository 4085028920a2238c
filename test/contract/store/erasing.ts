import { describe, expect, it } from "vitest";
import type { Store } from "#src/ports/store.ts";
import {
  account,
  ANNA,
  at,
  BEN,
  claimed,
  heardFrom,
  NOON,
  planned,
  sentNow,
  shift,
  tap,
  wanted,
  type StoreRig,
} from "./case.ts";

const words = (text: string) => [{ occasion: "shift", item: "line", value: text, text: true }] as const;

/** Anna with a shift, an account, a sent and answered ask, and words. */
async function known(store: Store) {
  await store.changeRoster(
    { added: [shift("a", ANNA, NOON, 8)], moved: [], removed: [], absences: [] },
    NOON,
  );
  await heardFrom(store, ANNA);
  await store.changeStanding(ANNA, { locale: "ja" }, "e1", NOON);
  await planned(store);
  const ask = await sentNow(store);
  await store.record(tap(ask, { event: "e2", replies: words("my words"), complete: true }));
  return ask;
}

export function erasingRules(rig: StoreRig): void {
  describe("a person's record", () => {
    // domain: A person can have everything of theirs exported
    it("has everything that is kept of them", async () => {
      await using db = await rig();
      const store = db.store("p");
      const ask = await known(store);

      expect(await store.export(ANNA)).toEqual({
        person: ANNA,
        standing: { consent: "given", locale: "ja", stopped: false, unansweredInARow: 0, lastAskAt: NOON },
        identities: [{ platform: "web", account: ANNA }],
        assignments: [shift("a", ANNA, NOON, 8)],
        nudges: [{ ...ask, state: "answered" }],
        checkIns: [],
        replies: [
          {
            nudge: ask.id,
            person: ANNA,
            occasion: "shift",
            item: "line",
            value: "my words",
            text: true,
            at: at(1),
            superseded: false,
          },
        ],
      });
    });

    it("of a stranger is empty", async () => {
      await using db = await rig();

      const record = await db.store("p").export(BEN);

      expect(record).toMatchObject({ identities: [], assignments: [], nudges: [], replies: [] });
    });
  });

  describe("erasing", () => {
    // domain: A person can have everything of theirs exported
    it("takes replies, nudges, messages and identities, and keeps that they want no more", async () => {
      await using db = await rig();
      const ask = await known(db.store("p"));

      await db.store("p").erase(ANNA, at(5), "test");
      await db.reopen();

      const store = db.store("p");
      expect(await store.nudge(ask.id)).toBeUndefined();
      expect(await store.export(ANNA)).toMatchObject({ identities: [], nudges: [], replies: [] });
      expect(await store.standing(ANNA)).toEqual({ consent: "declined", stopped: true, unansweredInARow: 0 });
    });

    it("is not undone by an act that began before it elsewhere: no account and no address come back", async () => {
      await using db = await rig();
      await known(db.store("p"));

      await Promise.all([
        db.store("p").erase(ANNA, at(5), "test"),
        db.elsewhere("p").rememberIdentity(ANNA, account(ANNA, "slack"), at(5)),
      ]);
      await db.elsewhere("p").rememberIdentity(ANNA, account(ANNA), at(5));

      expect(await db.store("p").identities(ANNA)).toEqual([]);
      expect(await db.store("p").knownBy("web", ANNA)).toBeUndefined();
    });

    it("leaves everybody else's", async () => {
      await using db = await rig();
      const store = db.store("p");
      await known(store);
      const bens = await planned(store, { person: BEN });
      await store.record(tap(bens, { replies: words("Ben's words") }));

      await store.erase(ANNA, at(5), "test");

      expect(await store.replies("shift")).toMatchObject([{ person: BEN, value: "Ben's words" }]);
    });

    it("marks for an edit what others' messages may show of it, and nothing else", async () => {
      await using db = await rig();
      const store = db.store("p");
      const added = [shift("a", ANNA, NOON, 8), shift("b", BEN, at(60), 8), shift("late", BEN, at(600), 8)];
      await store.changeRoster({ added, moved: [], removed: [], absences: [] }, NOON);
      const wants = [
        wanted({ person: BEN, kind: "shift-plan", subject: "b" }),
        wanted({ person: BEN, kind: "shift-plan", subject: "late" }),
        wanted({ person: BEN, kind: "pair-check-in", subject: "anna+ben@2026-W14" }),
        wanted({ person: BEN, kind: "pair-check-in", subject: "carl+ben@2026-W14" }),
        wanted({ person: BEN, kind: "attending-digest", subject: "2026-W14" }),
      ];
      await store.plan(wants, at(-60), { people: new Set([BEN]) });
      for (const _ of wants) await sentNow(store);
      const ask = await planned(store, { kind: "pair-check-in", subject: "anna+ben@2026-W14" });
      await sentNow(store);
      await store.record(tap(ask, { now: at(2) }));

      await store.erase(ANNA, at(5), "test");

      const shown = (await store.claimEdits(at(6), 10)).map(({ nudge }) => nudge.subject);
      expect(shown.toSorted()).toEqual(["2026-W14", "anna+ben@2026-W14", "b"]);
    });

    it("ends every claim on the person's nudges", async () => {
      await using db = await rig();
      const store = db.store("p");
      await store.plan([wanted(), wanted({ kind: "shift-debrief" })], NOON);
      const one = await claimed(store);
      const two = await claimed(store);
      await store.intend(two, NOON);

      await store.erase(ANNA, NOON, "test");

      expect(await store.intend(one, NOON)).toBe(false);
      expect(await store.sent(two, account(ANNA), "m" as never, NOON)).toBe(false);
    });

    it("does not stand in the way of somebody who comes back", async () => {
      await using db = await rig();
      const store = db.store("p");
      await known(store);
      await store.erase(ANNA, at(5), "test");

      await store.changeStanding(ANNA, { consent: "given", stopped: false }, "back", at(6));
      const ask = await planned(store);
      await store.record(tap(ask, { now: at(7), replies: words("new words") }));

      expect((await store.standing(ANNA)).consent).toBe("given");
      expect(await store.replies("shift")).toMatchObject([{ value: "new words" }]);
    });

    it("of a stranger keeps that they want nothing", async () => {
      await using db = await rig();

      await db.store("p").erase(BEN, NOON, "test");

      expect((await db.store("p").standing(BEN)).stopped).toBe(true);
    });
  });
}
