import { describe, expect, it } from "vitest";
import { researchAnswers } from "#src/domain/research.ts";
import type { PersonId } from "#src/domain/person.ts";
import type { ResearchWord, Store } from "#src/ports/store.ts";
import { ANNA, at, BEN, account, claimed, messageRef, NOON, planned, type StoreRig } from "./case.ts";

const word = (over: Partial<ResearchWord> = {}): ResearchWord => ({
  event: "first",
  person: ANNA,
  now: NOON,
  version: "abc",
  takesPart: true,
  withTrust: false,
  ...over,
});

const answersOf = async (store: Store, person: PersonId = ANNA) =>
  researchAnswers((await store.export(person)).replies);

export function researchRules(rig: StoreRig): void {
  describe("what people say about a study", () => {
    it("is kept, all of it in order, each for one person", async () => {
      await using db = await rig();
      const store = db.store("p");
      await store.recordResearch(word());
      await store.recordResearch(word({ event: "ben", person: BEN, now: at(1) }));
      await store.recordResearch({
        event: "trust",
        person: ANNA,
        now: at(2),
        version: "abc",
        withTrust: true,
      });
      await store.recordResearch(word({ event: "out", now: at(3), takesPart: false }));
      await store.recordResearch(word({ event: "new", now: at(4), version: "abd" }));
      await db.reopen();

      expect(await answersOf(db.store("p"))).toEqual([
        { version: "abc", at: NOON, takesPart: true, withTrust: false },
        { version: "abc", at: at(2), takesPart: true, withTrust: true },
        { version: "abc", at: at(3), takesPart: false, withTrust: false },
        { version: "abd", at: at(4), takesPart: true, withTrust: false },
      ]);
      expect(await answersOf(db.store("p"), BEN)).toHaveLength(1);
      const { replies } = await db.store("p").export(BEN);
      expect(replies.map(({ superseded }) => superseded)).toEqual([false, false]);
    });

    it("is kept once, however often the event comes", async () => {
      await using db = await rig();

      const said = await Promise.all([
        db.store("p").recordResearch(word()),
        db.elsewhere("p").recordResearch(word({ takesPart: false })),
      ]);

      expect(said.toSorted()).toEqual(["again", "recorded"]);
      expect(await answersOf(db.store("p"))).toHaveLength(1);
    });

    it("marks the message that asked for an edit, unless it was tapped there, and nobody else's", async () => {
      await using db = await rig();
      const store = db.store("p");
      for (const person of [ANNA, BEN]) {
        await planned(store, { kind: "research", person, subject: "abc" });
        await store.changeStanding(person, { consent: "given" }, `consent ${person}`, NOON);
        const claim = await claimed(store);
        await store.intend(claim, NOON);
        await store.sent(claim, account(person), messageRef(`m ${person}`), NOON);
      }
      const nudge = await store.nudgeAbout("research", ANNA, "abc");

      await store.recordResearch(word({ now: at(1), tapped: nudge!.id }));
      const afterTap = await store.claimEdits(at(2), 9);
      await store.recordResearch(word({ event: "typed", now: at(3), takesPart: false }));

      expect(afterTap.filter(({ nudge: { kind } }) => kind === "research")).toEqual([]);
      expect((await store.claimEdits(at(4), 9)).map((one) => one.nudge.person)).toEqual([ANNA]);
      expect((await store.nudgeAbout("research", ANNA, "abc"))?.state).toBe("sent");
    });

    it("is gone with erasing", async () => {
      await using db = await rig();
      const store = db.store("p");
      await store.recordResearch(word());

      await store.erase(ANNA, at(1), "test");

      expect(await answersOf(store)).toEqual([]);
    });
  });
}
