import { describe, expect, it } from "vitest";
import { personId } from "#src/domain/person.ts";
import { en } from "#src/words/en.ts";
import { ja } from "#src/words/ja.ts";
import { agreed } from "#test/support/agreed.ts";
import { flow } from "#test/support/attune.ts";
import {
  asked,
  BOTH_WEEKS,
  FIRST_MONDAY,
  living,
  people,
  program,
  SECOND_MONDAY,
  W49,
  W50,
} from "#test/support/check-in-weeks.ts";
import { duty, local, programOf } from "#test/support/programs.ts";
import { taps } from "#test/support/together.ts";

const { checkIn } = en;
const AGREE = en.agreement[5];
const DISAGREE = en.agreement[1];

describe("whom a week's check-ins are about", () => {
  // domain: The check-in is weekly, one message a person
  // domain: A pair is picked for both partners or for neither, among those
  it("is at most two for each person, in one message, and the same pairs for both", async () => {
    await using attune = await living(FIRST_MONDAY);

    expect(asked(attune, W49)).toEqual(["r1: Dr. a1 and Dr. a2", "a1: Dr. r1", "a2: Dr. r1"]);
    await attune.until("2026-12-11T00:00");
    expect(attune.phone("a3").chat().join("\n")).not.toContain(checkIn.unvalidated);
  });

  // domain: First comes what the week left open
  it("is first who has not been asked in this rotation", async () => {
    await using attune = await living(SECOND_MONDAY);

    expect(asked(attune, W50)).toEqual(["r1: Dr. a3 and Dr. a1", "a1: Dr. r1", "a3: Dr. r1"]);
  });

  it("is anew whoever was together longest when a rotation begins, also those whom the last one asked", async () => {
    const [r1, r2] = [personId("r1"), personId("r2")];
    const rotations = [
      { name: "First", from: "2026-11-30", to: "2026-12-06", residents: [r1] },
      { name: "Second", from: "2026-12-07", to: "2027-01-24", residents: [r1] },
      // Somebody's rotation goes on: the weeks before are looked at.
      { name: "Both", from: "2026-11-30", to: "2027-01-24", residents: [r2] },
    ];
    await using attune = await living(SECOND_MONDAY, {
      program: { ...program, people: programOf({ people: [...people, "r2"] }).people, rotations },
      roster: {
        ...BOTH_WEEKS,
        assignments: [...BOTH_WEEKS.assignments, duty("r2 2026-12-05T08:00 2026-12-05T17:00")],
      },
    });

    expect(asked(attune, W49)[0]).toBe("r1: Dr. a1 and Dr. a2");
    expect(asked(attune, W50)[0]).toBe("r1: Dr. a1 and Dr. a2");
  });

  it("is told with the first and the last day of the week", async () => {
    await using attune = await living(FIRST_MONDAY);

    expect(attune.phone("a1").reads()).toContain(checkIn.note("Mon, Nov 30", "Sun, Dec 6"));
  });

  // domain: First comes what the week left open
  it("is before that whoever the week left a difference with", async () => {
    await using attune = await living(FIRST_MONDAY);
    await taps(attune, "r1", [AGREE, AGREE, AGREE, "Skip", AGREE, AGREE, AGREE, "Skip"]);
    await taps(attune, "a1", [AGREE, AGREE, AGREE, "Skip"]);
    await taps(attune, "a2", [DISAGREE, AGREE, AGREE, "Skip"]);

    await attune.until(SECOND_MONDAY);

    expect(asked(attune, W50)).toEqual(["r1: Dr. a2 and Dr. a3", "a2: Dr. r1", "a3: Dr. r1"]);
  });

  // domain: Whom a week is about is worked out once
  it("is the same for a process that comes later, whatever has been answered since", async () => {
    await using attune = await living(FIRST_MONDAY);
    const weeks = await attune.store.checkInWeeks(0);
    await taps(attune, "r1", [DISAGREE, AGREE, AGREE, "Skip", AGREE, AGREE, AGREE, "Skip"]);
    await taps(attune, "a1", [AGREE, AGREE, AGREE, "Skip"]);

    await attune.reopens(program, BOTH_WEEKS);
    await attune.until("2026-12-08T10:00");

    expect((await attune.store.checkInWeeks(0)).slice(0, weeks.length)).toEqual(weeks);
    expect(asked(attune, W49)).toHaveLength(3);
  });

  it("is nobody who has not agreed to take part", async () => {
    await using attune = await flow({ program, roster: BOTH_WEEKS });
    await agreed(
      attune.store,
      program.people.filter(({ id }) => id !== "a1"),
      attune.clock.now(),
    );

    await attune.until(FIRST_MONDAY);

    expect(asked(attune, W49)).toEqual(["r1: Dr. a2 and Dr. a3", "a2: Dr. r1", "a3: Dr. r1"]);
  });
});

describe("a check-in about two partners", () => {
  it("asks about one after the other, by name, and shows each partner's answers as they are in", async () => {
    await using attune = await living(FIRST_MONDAY);
    const reads = () => attune.phone("r1").reads();
    expect(reads()).toContain(checkIn.about("Dr. a1", checkIn.goal));
    expect(reads()).toContain(en.visible.pair("Dr. a1"));
    await taps(attune, "a1", [DISAGREE, AGREE, AGREE, "Skip"]);

    await taps(attune, "r1", [AGREE, AGREE, AGREE]);
    await attune.phone("r1").writes("one case that I lead");
    const between = reads();
    await taps(attune, "r1", [AGREE, AGREE, AGREE, "Skip"]);

    expect(between).toContain("Dr. a1: Disagree");
    expect(between).toContain(checkIn.about("Dr. a2", checkIn.goal));
    expect(between).toContain(en.visible.pair("Dr. a2"));
    expect(reads()).toContain(checkIn.waiting("Dr. a2"));
    expect(reads()).toContain(en.reveal.starters["week-goal"].different);
    expect(attune.phone("a1").reads()).toContain("one case that I lead");
    expect(attune.phone("a2").chat().join("\n")).not.toContain("one case that I lead");
  });

  it("is in natural Japanese, too", async () => {
    const japanese = { ...programOf({ people, locale: "ja" }), policy: program.policy };
    await using attune = await flow({ program: japanese, roster: BOTH_WEEKS });
    await agreed(attune.store, japanese.people, attune.clock.now());

    await attune.until(FIRST_MONDAY);

    expect(attune.phone("r1").reads()).toContain(ja.checkIn.about("a1先生", ja.checkIn.goal));
  });
});

describe("what both rate low", () => {
  // domain: Goal and strategy of a check-in are a mismatch
  it("is named as a difficulty that both see, with a starter of its own, and settled like any other", async () => {
    await using attune = await living(FIRST_MONDAY);
    const low = en.agreement[2];
    await taps(attune, "a1", [low, AGREE, AGREE, "Skip"]);
    await taps(attune, "r1", [DISAGREE, AGREE, AGREE, "Skip", AGREE, AGREE, AGREE, "Skip"]);
    const open = attune.phone("r1").reads();

    await attune.phone("r1").taps(en.settle.ownWords);
    await attune.phone("r1").writes("the ultrasound, each time");

    expect(open).toContain(en.reveal.directions["week-goal"].low);
    expect(open).toContain(en.reveal.starters["week-goal"].low);
    expect(open).not.toContain(en.reveal.directions["week-goal"].different);
    expect(attune.phone("a1").reads()).toContain("the ultrasound, each time");
  });
});

describe("a week that version 0.1 has begun to ask about", () => {
  it("goes on as it began: one message for each pair, and none twice", async () => {
    await using attune = await living("2026-12-06T23:00");
    const subject = "r1+a1@2026-W49";
    const dueAt = local("2026-12-06T23:00");
    const expiresAt = local("2026-12-10T09:00");
    await attune.store.plan(
      [{ kind: "pair-check-in", person: personId("a1"), subject, dueAt, expiresAt }],
      dueAt,
      {
        people: new Set([personId("a1")]),
      },
    );
    await attune.beat();

    await attune.until("2026-12-07T10:00");
    await taps(attune, "a1", [AGREE, AGREE, AGREE, "Skip"]);

    expect(asked(attune, W49).toSorted()).toEqual([
      "a1: Dr. r1",
      "a2: Dr. r1",
      "a3: Dr. r1",
      "r1: Dr. a1",
      "r1: Dr. a2",
      "r1: Dr. a3",
    ]);
    expect(await attune.store.replies(subject)).toHaveLength(4);
  });
});

// domain: One optional line "one thing to try next time"
it("the wish said here stands on the next goal and plan of the two, and on nobody else's", async () => {
  await using attune = await living(FIRST_MONDAY);
  await taps(attune, "a2", [AGREE, AGREE, AGREE]);
  await attune.phone("a2").writes("say your plan first");

  await attune.until("2026-12-09T07:45");

  expect(attune.phone("r1").newest()).toContain("say your plan first");
});
