import { describe, expect, it } from "vitest";
import { flow, type Flow } from "#test/support/attune.ts";
import { programOf } from "#test/support/programs.ts";
import { taps, together } from "#test/support/together.ts";
import { takePart, TONGUES, type Tongue } from "#test/support/tongues.ts";

/** The resident is asked for a goal. */
async function atTheGoal({ locale, say }: Tongue): Promise<Flow> {
  const attune = await flow({ program: programOf({ locale }), roster: together(["r1", "a1"], ["01"]) });
  await takePart(attune, say, ["r1", "a1"]);
  await attune.until("2026-12-01T07:45");
  return attune;
}

describe.each(TONGUES)("“something else”, in $locale, says nothing without its line", (tongue) => {
  const { say, goal } = tongue;
  const { help, call, feedback } = say.strategy;
  const WANTS = [help.answers[3], call.answers[2], feedback.answers.end];

  it("so its line is asked again once it is taken back, also after all else was answered", async () => {
    await using attune = await atTheGoal(tongue);
    const r1 = attune.phone("r1");
    await r1.taps(goal("other"));
    await r1.writes("hand over in two minutes");
    await taps(attune, "r1", WANTS);
    expect(r1.reads()).not.toContain(say.goal.lineOther);

    await r1.says("undo");

    expect(attune.phone("r1").chat().join("\n")).toContain(say.goal.lineOther);
    await r1.writes("call the consultant myself");
    expect(r1.chat().join("\n")).not.toContain(say.goal.lineOther);
    expect(r1.chat().join("\n")).toContain("call the consultant myself");
  });

  it("so it is asked for where another goal's line was skipped before", async () => {
    await using attune = await atTheGoal(tongue);
    const r1 = attune.phone("r1");
    await taps(attune, "r1", [goal("procedures"), say.buttons.skip, ...WANTS]);

    await r1.taps(say.buttons.change);
    await r1.taps(goal("other"));

    expect(r1.reads()).toContain(say.goal.lineOther);
    expect(r1.reads()).not.toContain(`[${say.buttons.skip}]`);
  });

  it("and a line that reads as the goal is called leaves the goal itself in sight", async () => {
    await using attune = await atTheGoal(tongue);
    const r1 = attune.phone("r1");
    await r1.taps(goal("procedures"));

    await r1.writes(goal("procedures"));

    expect(r1.reads().split(goal("procedures"))).toHaveLength(3);
  });

  it("and any other goal's line stays taken back", async () => {
    await using attune = await atTheGoal(tongue);
    const r1 = attune.phone("r1");
    await r1.taps(goal("procedures"));
    await r1.writes("one central line");

    await r1.says("undo");

    expect(r1.chat().join("\n")).not.toContain(say.goal.line);
  });
});
