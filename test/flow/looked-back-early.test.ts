import { describe, expect, it } from "vitest";
import { en } from "#src/words/en.ts";
import { flow, type Flow } from "#test/support/attune.ts";
import { rosterOf } from "#test/support/programs.ts";
import { taps } from "#test/support/together.ts";
import { takePart } from "#test/support/tongues.ts";

const { debrief } = en;
const help = en.strategy.help.answers;

/** The attending goes two hours before the resident, and has looked back on the goal: it was worked on, and this help happened. */
async function lookedBack(happened: string): Promise<Flow> {
  const attune = await flow({
    roster: rosterOf([
      "r1 2026-12-01T08:00 2026-12-01T17:00",
      "a1 2026-12-01T08:00 2026-12-01T15:00",
      "r1 2026-12-02T08:00 2026-12-02T17:00",
      "a1 2026-12-02T08:00 2026-12-02T17:00",
    ]),
  });
  await takePart(attune, en, ["r1", "a1"]);
  await attune.until("2026-12-01T07:45");
  const { call, feedback } = en.strategy;
  await taps(attune, "r1", ["Tests and imaging", "Skip", help[4], call.answers[2], feedback.answers.end]);
  await attune.until("2026-12-01T15:05");
  await taps(attune, "a1", ["Yes", "Yes", happened, "Skip"]);
  return attune;
}

describe("looking back after the attending has", () => {
  // domain: A private goal looks like no goal
  // domain: What came of a private goal
  it("is the resident's alone where the goal was kept private after the attending had looked back, and on the next shift", async () => {
    await using attune = await lookedBack(help[1]);
    await taps(attune, "r1", [en.buttons.share, en.goal.shares.private]);
    await attune.until("2026-12-01T17:05");
    await taps(attune, "r1", ["No chance this shift", "Not yet", help[2]]);

    const own = attune.phone("r1").reads();
    await attune.until("2026-12-02T08:05");

    expect(own.split("\n")).toContain(en.visible.goalPrivate);
    for (const answer of ["No chance this shift", "Not yet", help[2]]) expect(own).toContain(answer);
    expect(own).not.toContain(help[1]);
    const theirs = attune.phone("a1").chat().join("\n");
    for (const answer of ["No chance this shift: ", "Not yet: ", en.lastTime.happened])
      expect(theirs).not.toContain(answer);
    expect(theirs.split(help[2])).toHaveLength(theirs.split(`( ) ${help[2]}`).length);
  });

  // domain: The goal may be changed until the shift ends
  it("is asked anew of a goal that took the place of the one that the attending had looked back on", async () => {
    await using attune = await lookedBack(help[4]);
    await attune.until("2026-12-01T15:30");
    await taps(attune, "r1", [en.buttons.change, "Procedures and ultrasound", "Skip"]);
    await attune.until("2026-12-01T17:05");
    await taps(attune, "r1", ["No chance this shift", "Not yet", help[4], "Skip"]);

    const [mine, theirs] = [attune.phone("r1").reads(), attune.phone("a1").reads()];
    await taps(attune, "a1", ["No chance this shift", "Not yet", help[4]]);

    expect(mine).not.toContain("Dr. a1: Yes");
    expect(theirs).toContain(debrief.outcomeOf("Dr. r1", "Procedures and ultrasound"));
    expect(attune.phone("r1").reads()).toContain("Dr. a1: No chance this shift");
  });
});
