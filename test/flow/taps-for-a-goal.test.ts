import { describe, expect, it } from "vitest";
import { flow, type Flow } from "#test/support/attune.ts";
import { programOf } from "#test/support/programs.ts";
import { taps, together } from "#test/support/together.ts";
import { takePart, TONGUES } from "#test/support/tongues.ts";

describe.each(TONGUES)("the budget of taps, in $locale", (tongue) => {
  const { say, goal, locale } = tongue;
  const { help, call, feedback } = say.strategy;

  async function atTheGoal(): Promise<Flow> {
    const attune = await flow({
      program: programOf({ locale }),
      roster: together(["r1", "a1"], ["01", "03"]),
    });
    await takePart(attune, say, ["r1", "a1"]);
    await attune.until("2026-12-01T07:45");
    return attune;
  }

  // domain: The budget of taps
  it("is five for a goal, also for one behind the others, and two for a repeated one", async () => {
    await using attune = await atTheGoal();
    const five = [
      say.goal.others,
      goal("procedures"),
      help.answers[3],
      call.answers[2],
      feedback.answers.after,
    ];
    await taps(attune, "r1", five);
    const first = attune.phone("r1").reads();
    await attune.until("2026-12-03T07:45");

    const before = attune.phone("r1").reads();
    await attune.phone("r1").taps(/\( \) (.+)/u.exec(before)![1]!);

    expect(five.length).toBeLessThanOrEqual(5);
    expect(first).toContain(say.goal.saved);
    expect(before).toContain(`( ) ${say.goal.same}`);
    expect(attune.phone("r1").reads()).toContain(say.goal.saved);
  });

  // domain: The first of these questions stands beneath the optional line
  it("holds since the first of the three questions stands beneath the optional line", async () => {
    await using attune = await atTheGoal();
    await taps(attune, "r1", [goal("procedures")]);
    const asked = attune.phone("r1").reads();
    await attune.phone("r1").writes("one central line");
    const written = attune.phone("r1").reads();

    await attune.phone("r1").says("3");

    expect(asked).toContain(say.goal.line);
    expect(asked).toContain(say.strategy.help.resident);
    expect(written).toContain("one central line");
    expect(attune.phone("r1").chat().join("\n")).toContain(`${help.label}: ${help.answers[3]}`);
  });

  it.each(["3", help.answers[3]])("a choice typed there (%s) is the choice, and no line", async (typed) => {
    await using attune = await atTheGoal();
    await taps(attune, "r1", [goal("procedures")]);

    await attune.phone("r1").says(typed);

    const read = attune.phone("r1").chat().join("\n");
    expect(read).toContain(`${help.label}: ${help.answers[3]}`);
    expect(read).not.toContain(say.goal.line);
    expect(read).toContain(say.strategy.call.resident);
  });

  it("does not hold for “something else”, which says nothing without its line", async () => {
    await using attune = await atTheGoal();

    await taps(attune, "r1", [say.goal.others, goal("other")]);

    expect(attune.phone("r1").reads()).toContain(say.goal.lineOther);
    expect(attune.phone("r1").reads()).not.toContain(say.strategy.help.resident);
  });
});
