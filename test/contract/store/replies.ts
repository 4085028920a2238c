import { describe, expect, it } from "vitest";
import type { PersonId } from "#src/domain/person.ts";
import type { Recording, Store } from "#src/ports/store.ts";
import { ANNA, at, BEN, DORA, NOON, planned, stored, tap, wanted, type StoreRig } from "./case.ts";

type Answer = Recording["replies"][number];

const answer = (item: Answer["item"], value: string | null, over: Partial<Answer> = {}): Answer => ({
  occasion: "shift",
  item,
  value,
  text: false,
  ...over,
});

/** This person answers, on an ask of their own. */
async function answers(
  store: Store,
  person: PersonId,
  replies: readonly Answer[],
  minutes = 1,
  subject = "x",
) {
  const nudge = wanted({ person, subject });
  if ((await store.nudgeAbout("shift-goal", person, subject)) === undefined) {
    await planned(store, { person, subject });
  }
  await store.record(tap(await stored(store, nudge), { now: at(minutes), replies }));
}

const values = (replies: readonly { readonly value: string | null }[]) => replies.map(({ value }) => value);

export function replyRules(rig: StoreRig): void {
  describe("replies", () => {
    it("to one occasion come from everybody, oldest first", async () => {
      await using db = await rig();
      const store = db.store("p");
      await answers(store, BEN, [answer("help", "1")], 2);
      await answers(store, ANNA, [answer("help", "3"), answer("call", null)], 1);
      await answers(store, ANNA, [answer("help", "4", { occasion: "other" })], 3, "y");

      expect(values(await store.replies("shift"))).toEqual(["3", null, "1"]);
    });

    it("tell what they superseded: the answer before, to the same question of the same ask", async () => {
      await using db = await rig();
      const store = db.store("p");
      const line = (text: string | null, over: Partial<Answer> = {}) =>
        answer("line", text, { text: true, ...over });
      await answers(store, ANNA, [line("first words"), answer("help", "1")], 1);
      await answers(store, ANNA, [line("better words"), line("for ben", { about: BEN })], 2);
      await answers(store, BEN, [line("by ben")], 2);
      await answers(store, ANNA, [line("best words"), answer("help", "2")], 3);
      await answers(store, ANNA, [line("elsewhere", { occasion: "other" })], 4, "y");
      const before = (await store.replies("shift")).map((one) => [
        one.person,
        one.item,
        one.value,
        one.before?.value,
      ]);

      expect(before).toEqual([
        [ANNA, "line", "for ben", undefined],
        [BEN, "line", "by ben", undefined],
        [ANNA, "line", "best words", "better words"],
        [ANNA, "help", "2", "1"],
      ]);
    });

    it("are superseded, not overwritten: the earlier ones are in the export", async () => {
      await using db = await rig();
      const store = db.store("p");
      await answers(store, ANNA, [answer("help", "1"), answer("line", "first words", { text: true })], 1);
      await answers(store, ANNA, [answer("help", "2")], 2);
      await answers(store, ANNA, [answer("help", "3"), answer("line", "better words", { text: true })], 3);

      expect(values(await store.replies("shift"))).toEqual(["3", "better words"]);
      const record = await store.export(ANNA);
      expect(record.replies.map(({ value, superseded }) => [value, superseded])).toEqual([
        ["1", true],
        ["first words", true],
        ["2", true],
        ["3", false],
        ["better words", false],
      ]);
    });

    it("supersede only the same item about the same partner on the same occasion", async () => {
      await using db = await rig();
      const store = db.store("p");
      const all = [
        answer("help", "1", { about: BEN }),
        answer("help", "2", { about: DORA }),
        answer("help", "3"),
        answer("help", "4", { occasion: "other" }),
        answer("call", "5"),
      ];
      await answers(store, ANNA, all, 1);
      await answers(store, ANNA, [answer("help", "9", { about: DORA })], 2);

      expect(values(await store.replies("shift"))).toEqual(["1", "3", "5", "9"]);
      expect(values(await store.replies("other"))).toEqual(["4"]);
    });

    it("keep a person's own words as they are, in any script, over a restart", async () => {
      await using db = await rig();
      const words = "挿管の手順を自分で言えるように ✓ <b>&";
      await answers(db.store("p"), ANNA, [answer("line", words, { text: true, about: BEN })]);
      await db.reopen();

      const [reply] = await db.store("p").replies("shift");
      expect(reply).toMatchObject({ value: words, text: true, about: BEN });
    });

    it("keep a skipped text as skipped", async () => {
      await using db = await rig();
      const store = db.store("p");
      await answers(store, ANNA, [answer("line", null, { text: true })]);

      expect(await store.replies("shift")).toMatchObject([{ value: null, text: true }]);
    });

    it("of a pair are those on occasions that both answered about each other", async () => {
      await using db = await rig();
      const store = db.store("p");
      await answers(store, ANNA, [answer("help", "both-1")], 1);
      await answers(store, BEN, [answer("help", "both-2", { about: ANNA })], 2);
      await answers(store, DORA, [answer("help", "third", { about: ANNA })], 3);
      await answers(store, ANNA, [answer("help", "alone", { occasion: "o2" })], 4, "y");
      await answers(store, ANNA, [answer("help", "to-dora", { occasion: "o3", about: DORA })], 5, "z");
      await answers(store, BEN, [answer("help", "to-anna", { occasion: "o3", about: ANNA })], 6, "z");

      expect(values(await store.repliesOfPair(ANNA, BEN))).toEqual(["both-1", "both-2"]);
      expect(values(await store.repliesOfPair(ANNA, DORA))).toEqual(["both-1", "third"]);
    });

    it("of a pair are none on which the two were the other way round", async () => {
      await using db = await rig();
      const store = db.store("p");
      const turned = { occasion: "turned" };
      await answers(store, ANNA, [answer("help", "resident")], 1);
      await answers(store, BEN, [answer("help", "attending", { about: ANNA })], 2);
      await answers(store, BEN, [answer("help", "resident-2", turned)], 3, "y");
      await answers(store, ANNA, [answer("help", "attending-2", { ...turned, about: BEN })], 4, "y");
      const week = { occasion: `${BEN}+${ANNA}@2026-W14` };
      await answers(store, ANNA, [answer("week-goal", "anna-week", { ...week, about: BEN })], 5, "z");
      await answers(store, BEN, [answer("week-goal", "ben-week", { ...week, about: ANNA })], 6, "z");

      expect(values(await store.repliesOfPair(ANNA, BEN))).toEqual(["resident", "attending"]);
      expect(values(await store.repliesOfPair(BEN, ANNA))).toEqual([
        "resident-2",
        "attending-2",
        "anna-week",
        "ben-week",
      ]);
    });

    it("of a person and of everybody are found by when they were given, the end excluded", async () => {
      await using db = await rig();
      const store = db.store("p");
      await answers(store, ANNA, [answer("help", "1")], 1);
      await answers(store, BEN, [answer("help", "2")], 2);
      await answers(store, ANNA, [answer("call", "3")], 3);
      await answers(store, ANNA, [answer("feedback", "4")], 4);

      expect(values(await store.repliesOf(ANNA, at(1), at(4)))).toEqual(["1", "3"]);
      expect(values(await store.repliesDuring(at(2), at(4)))).toEqual(["2", "3"]);
    });

    it("keep programs apart", async () => {
      await using db = await rig();
      await answers(db.store("one"), ANNA, [answer("help", "1")]);

      expect(await db.store("two").replies("shift")).toEqual([]);
      expect(await db.store("two").repliesDuring(NOON, at(99))).toEqual([]);
      expect((await db.store("two").export(ANNA)).replies).toEqual([]);
    });
  });
}
