import { describe, expect, it } from "vitest";
import { en } from "#src/words/en.ts";
import { ja } from "#src/words/ja.ts";
import { flow, sentTo, type Flow } from "#test/support/attune.ts";
import { programOf, rosterOf } from "#test/support/programs.ts";
import { taps, together } from "#test/support/together.ts";
import { takePart } from "#test/support/tongues.ts";

const { checkIn } = en;
const [DISAGREE, BETWEEN, RATHER, AGREE] = [
  en.agreement[1],
  en.agreement[3],
  en.agreement[4],
  en.agreement[5],
];

/** A pair with a shift on each of these days of December, both taking part, on the Monday after the first. */
async function firstMonday(rotationTo = "2027-01-24", days = ["01", "08", "15"]): Promise<Flow> {
  const attune = await flow({
    program: programOf({ to: rotationTo }),
    roster: together(["r1", "a1"], days),
  });
  for (const id of ["r1", "a1"]) {
    await attune.phone(id).says("resume");
    await attune.phone(id).agrees();
  }
  await attune.until("2026-12-07T09:00");
  return attune;
}

/** The week's three answers, and no line. */
const answers = (attune: Flow, id: string, goal: string) => taps(attune, id, [goal, AGREE, AGREE, "Skip"]);

const home = async (attune: Flow): Promise<string> => {
  await attune.phone("r1").says("home");
  return attune.phone("r1").reads();
};

describe("the weekly check-in", () => {
  // domain: Three single items are asked, agree 1–5
  it("asks both three statements, mirrored, that it calls unvalidated, each with who sees the answer", async () => {
    await using attune = await firstMonday();

    for (const [id, partner, strategy, trust] of [
      ["r1", "Dr. a1", checkIn.strategyResident, checkIn.trustResident],
      ["a1", "Dr. r1", checkIn.strategyAttending, checkIn.trustAttending],
    ] as const) {
      for (const [statement, visible] of [
        [checkIn.goal, en.visible.pair(partner)],
        [strategy, en.visible.pair(partner)],
        [trust, en.visible.trust(5, 3)],
      ] as const) {
        expect(attune.phone(id).reads()).toContain(checkIn.unvalidated);
        expect(attune.phone(id).reads()).toContain(statement);
        expect(attune.phone(id).reads()).toContain(visible);
        await attune.phone(id).taps(AGREE);
      }
      expect(attune.phone(id).reads()).toContain(checkIn.next(partner));
      expect(attune.phone(id).reads()).toContain(en.visible.shared(partner));
    }
  });

  // domain: A pair is picked for both partners or for neither, among those
  it("is asked of nobody whose week together was shorter than four hours", async () => {
    const roster = rosterOf(["r1 2026-12-01T08:00 2026-12-01T17:00", "a1 2026-12-01T13:01 2026-12-01T22:00"]);
    await using attune = await flow({ roster });
    await attune.phone("r1").says("resume");
    await attune.phone("r1").agrees();

    await attune.until("2026-12-07T23:00");

    expect(attune.phone("r1").chat().join("\n")).not.toContain(checkIn.unvalidated);
  });

  // domain: One optional line "one thing to try next time"
  // domain: shared: the partner at once
  it("shows the partner the line at once, and the statements only when both have answered", async () => {
    await using attune = await firstMonday();
    await taps(attune, "a1", [DISAGREE, RATHER, AGREE]);
    await attune.phone("a1").writes("one case that you lead");

    const atOnce = attune.phone("r1").reads();
    await taps(attune, "r1", [AGREE, AGREE, AGREE]);
    const early = attune.phone("a1").reads();
    await attune.phone("r1").taps("Skip");

    expect(atOnce).toContain("one case that you lead");
    expect(atOnce).not.toContain("Dr. a1: Disagree");
    expect(early).toContain("Dr. r1: Agree");
    expect(attune.phone("r1").reads()).toContain(checkIn.nextFrom("Dr. a1"));
    expect(attune.phone("r1").reads()).toContain("one case that you lead");
  });

  // domain: Whoever answers 2 or lower about trust reads
  it("tells whoever found it hard to ask for help, alone and at once, whom they can turn to", async () => {
    await using attune = await firstMonday();
    const sentence = checkIn.support(checkIn.anybody);
    await taps(attune, "a1", [AGREE, AGREE, BETWEEN, "Skip"]);

    await taps(attune, "r1", [AGREE, AGREE, en.agreement[2]]);
    const atOnce = attune.phone("r1").reads();
    await attune.phone("r1").taps("Skip");
    const closing = attune.phone("r1").reads();

    for (const text of [atOnce, closing]) expect(text.split(sentence)).toHaveLength(2);
    expect(attune.phone("a1").chat().join("\n")).not.toContain(sentence);
  });

  // domain: Whoever answers 2 or lower about trust reads
  it("says of them what the program says, in the reader's language", async () => {
    const support = { en: "Dr. Mori, extension 4000", ja: "森先生（内線4000）" };
    const program = { ...programOf({ locale: "ja" }), support };
    await using attune = await flow({ program, roster: together(["r1", "a1"], ["01", "08"]) });
    await takePart(attune, ja, ["r1", "a1"]);
    await attune.until("2026-12-07T09:00");

    await taps(attune, "a1", [ja.agreement[5], ja.agreement[5], ja.agreement[1], ja.buttons.skip]);

    expect(attune.phone("a1").reads()).toContain(ja.checkIn.support(support.ja));
  });

  // domain: A goal or a plan has no reminder
  it("has one reminder, half a day later, at a time that does not disturb", async () => {
    await using attune = await firstMonday("2027-01-24", ["01"]);
    const asked = sentTo(attune, "r1");

    await attune.until("2026-12-08T08:59");
    const before = sentTo(attune, "r1");
    await attune.until("2026-12-10T09:00");

    expect(before).toBe(asked);
    expect(sentTo(attune, "r1")).toBe(asked + 1);
  });

  it.each([
    ["en", en],
    ["ja", ja],
  ] as const)(
    "is one line and the question as a reminder, until somebody begins to answer it (%s)",
    async (locale, say) => {
      await using attune = await flow({
        program: programOf({ locale }),
        roster: together(["r1", "a1"], ["01", "08"]),
      });
      await takePart(attune, say, ["r1", "a1"]);
      await attune.until("2026-12-08T09:00");
      const phone = attune.phone("r1");
      const reminder = phone.reads();

      await phone.taps(say.agreement[4]);

      const partner = locale === "ja" ? "a1先生" : "Dr. a1";
      const isShort = (text: string): boolean => !text.includes(say.checkIn.unvalidated);
      expect(reminder.split("\n")[0]).toMatch(say.checkIn.again(partner));
      expect(reminder).toContain(say.checkIn.goal);
      expect(reminder).toContain(say.visible.pair(partner));
      expect(isShort(reminder)).toBe(true);
      expect(isShort(phone.reads())).toBe(false);
      expect(phone.chat().filter((text) => text.includes(say.checkIn.again(partner)))).toEqual([]);
    },
  );

  // domain: A goal or plan is not sent later than 3 h
  it("closes after 72 hours, and says so", async () => {
    await using attune = await firstMonday();

    const asked = () =>
      attune
        .phone("r1")
        .chat()
        .filter((text) => text.includes(checkIn.title("Dr. a1")));
    await attune.until("2026-12-10T08:59");
    const before = asked();
    await attune.until("2026-12-10T09:01");

    // Its one reminder has taken the ask's place.
    expect(before).toEqual([expect.not.stringContaining(en.closed.nothing)]);
    expect(asked()).toEqual([expect.stringContaining(en.closed.nothing)]);
  });
});

// domain: A mismatch is open → settled
describe("a difference in the week", () => {
  // domain: Goal and strategy of a check-in are a mismatch
  it("is worth a talk at two points, not at one", async () => {
    await using attune = await firstMonday();
    await answers(attune, "r1", AGREE);
    await taps(attune, "a1", [BETWEEN, RATHER, AGREE, "Skip"]);

    const text = attune.phone("r1").reads();

    expect(text).toContain(en.reveal.starters["week-goal"].different);
    expect(text).not.toContain(en.reveal.starters["week-strategy"].different);
  });

  it("is open, then settled, then closed by the pair's next answers when they agree", async () => {
    await using attune = await firstMonday();
    await answers(attune, "r1", AGREE);
    await answers(attune, "a1", DISAGREE);

    const open = await home(attune);
    await attune.phone("a1").taps(en.settle.apart);
    const settled = await home(attune);
    await attune.until("2026-12-14T09:00");
    for (const id of ["r1", "a1"]) await answers(attune, id, AGREE);
    const closed = await home(attune);

    expect(open).toContain("Dr. a1: Same goal");
    expect(settled).toContain("Settled: Same goal");
    expect(closed).not.toContain("Dr. a1: Same goal");
    expect(closed).not.toContain("Settled");
  });

  it("opens again when the next answers still differ", async () => {
    await using attune = await firstMonday();
    await answers(attune, "r1", AGREE);
    await answers(attune, "a1", DISAGREE);
    await attune.phone("r1").taps(en.settle.apart);

    await attune.until("2026-12-14T09:00");
    await answers(attune, "r1", AGREE);
    await answers(attune, "a1", DISAGREE);

    expect(attune.phone("r1").reads()).toContain(`( ) ${en.settle.apart}`);
    expect(await home(attune)).toContain("Dr. a1: Same goal");
  });

  it("lapses with the rotation, whoever has not settled it", async () => {
    await using attune = await firstMonday("2026-12-09");
    await answers(attune, "r1", AGREE);
    await answers(attune, "a1", DISAGREE);
    await attune.until("2026-12-09T23:00");
    const before = await home(attune);

    await attune.until("2026-12-10T00:01");

    expect(before).toContain("Dr. a1: Same goal");
    expect(await home(attune)).not.toContain("Same goal");
  });
});
