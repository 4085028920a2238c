import { describe, expect, it } from "vitest";
import { en } from "#src/words/en.ts";
import { flow, type Flow } from "#test/support/attune.ts";
import { programOf } from "#test/support/programs.ts";
import { taps, together } from "#test/support/together.ts";
import { takePart, TONGUES } from "#test/support/tongues.ts";

const { debrief } = en;
const help = en.strategy.help.answers;
const GOAL = "Procedures and ultrasound";

/** The end of a shift on which these residents have set a goal, and shared it or not. */
async function atTheEnd(residents: readonly string[], secret: readonly string[] = []): Promise<Flow> {
  const people = [...residents, "a1"];
  const attune = await flow({ program: programOf({ people }), roster: together(people, ["01", "03"]) });
  for (const id of people) {
    await attune.phone(id).says("resume");
    await attune.phone(id).agrees();
  }
  await attune.until("2026-12-01T07:45");
  for (const id of residents) {
    if (secret.includes(id)) await taps(attune, id, [en.buttons.share, en.goal.shares.private]);
    await taps(attune, id, [GOAL, "Skip"]);
  }
  await attune.until("2026-12-01T17:00");
  return attune;
}

it.each(TONGUES)(
  "names the partner by their part, to either, in $locale",
  async ({ locale, say, goal, who }) => {
    const people = ["r1", "a1"];
    await using attune = await flow({ program: programOf({ locale }), roster: together(people, ["01"]) });
    await takePart(attune, say, people);
    await attune.until("2026-12-01T07:45");
    await taps(attune, "r1", [goal("procedures"), say.buttons.skip]);

    await attune.until("2026-12-01T17:00");

    expect(attune.phone("r1").reads()).toContain(` · ${say.goal.with(who("a1"))}`);
    expect(attune.phone("a1").reads()).toContain(` · ${say.plan.with(who("r1"))}`);
  },
);

describe("looking back at the shift", () => {
  it("waits for the end of the shift, and asks each side about the same goal", async () => {
    await using attune = await atTheEnd(["r1"]);

    expect(attune.phone("r1").reads()).toContain(debrief.outcome(GOAL));
    expect(attune.phone("a1").reads()).toContain(debrief.outcomeOf("Dr. r1", GOAL));
    for (const id of ["r1", "a1"]) await attune.phone(id).taps("Yes");
    expect(attune.phone("r1").reads()).toContain(debrief.happened);
    expect(attune.phone("a1").reads()).toContain(debrief.happenedWith("Dr. r1"));
  });

  it.each(["No chance today", "The goal changed"])("takes “%s” for a proper outcome", async (outcome) => {
    await using attune = await atTheEnd(["r1"]);

    await taps(attune, "r1", [outcome, help[1], "Skip"]);
    await taps(attune, "a1", ["Yes", help[4], "Skip"]);

    expect(attune.phone("a1").reads()).toContain(`Dr. r1: ${outcome}`);
    expect(attune.phone("a1").reads()).not.toContain(en.buttons.talked);
  });

  it("shows a line at once, and the answers only when both have given theirs", async () => {
    await using attune = await atTheEnd(["r1"]);

    await taps(attune, "a1", ["Partly", help[2]]);
    await attune.phone("a1").writes("the second one was yours");
    const early = attune.phone("r1").reads();
    await taps(attune, "r1", ["Yes"]);
    const between = attune.phone("r1").reads();
    await taps(attune, "r1", [help[3], "Skip"]);

    expect(early).toContain("the second one was yours");
    expect(early + between).not.toContain("Dr. a1: Partly");
    expect(attune.phone("r1").reads()).toContain("Dr. a1: Partly");
    expect(attune.phone("r1").reads()).toContain(debrief.noteFrom("Dr. a1"));
  });

  it("asks an attending of each resident whose goal they were shown, and of no other", async () => {
    await using attune = await atTheEnd(["r1", "r2", "r3"], ["r2"]);

    await taps(attune, "a1", ["Yes", help[3], "Skip", "Partly", help[2], "Skip"]);

    const text = attune.phone("a1").reads();
    expect(text).toContain(debrief.saved);
    expect(text).toContain("Worked on the goal · Dr. r1: Yes");
    expect(text).toContain("Worked on the goal · Dr. r3: Partly");
    expect(text).not.toContain("Worked on the goal · Dr. r2");
    expect(attune.phone("r2").reads()).toContain(debrief.outcome(GOAL));
  });

  it("names the resident beside an attending's answer only where there are several", async () => {
    await using attune = await atTheEnd(["r1"]);

    await taps(attune, "a1", ["Yes"]);

    const lines = attune.phone("a1").reads().split("\n");
    expect(lines.filter((line) => line.startsWith("Worked on the goal"))).toEqual([
      expect.stringMatching(/^Worked on the goal: Yes/u),
    ]);
  });

  it("is the resident's alone where the goal is, and waits for nobody", async () => {
    await using attune = await atTheEnd(["r1"], ["r1"]);
    const resident = attune.phone("r1");

    const asked = resident.reads();
    await taps(attune, "r1", ["Partly", help[2]]);

    expect(asked).toContain(en.visible.self(5));
    expect(asked).not.toContain(en.visible.pair("Dr. a1"));
    expect(resident.reads()).toContain(debrief.saved);
    expect(resident.reads()).not.toContain(debrief.waiting("Dr. a1"));
    expect(resident.chat().join("\n")).not.toContain(debrief.note("Dr. a1"));
    expect(attune.phone("a1").chat().join("\n")).not.toContain(debrief.title);
  });

  it("closes 24 hours after the shift, and keeps what was answered", async () => {
    await using attune = await atTheEnd(["r1"]);
    await attune.phone("r1").taps("Partly");

    const lookingBack = () =>
      attune
        .phone("r1")
        .chat()
        .findLast((text) => text.includes(debrief.title));
    await attune.until("2026-12-02T16:59");
    const before = lookingBack();
    await attune.until("2026-12-02T17:01");

    expect(before).toContain("Partly");
    expect(before).not.toContain(en.closed.expired);
    expect(lookingBack()).toContain("Partly");
    expect(lookingBack()).toContain(en.closed.expired);
  });
});
