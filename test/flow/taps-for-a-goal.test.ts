import { describe, expect, it } from "vitest";
import { flow } from "#test/support/attune.ts";
import { programOf } from "#test/support/programs.ts";
import { taps, together } from "#test/support/together.ts";
import { takePart, TONGUES } from "#test/support/tongues.ts";

describe.each(TONGUES)("the budget of taps, in $locale", (tongue) => {
  const { say, goal, locale } = tongue;
  const { help, call, feedback } = say.strategy;

  // domain: The budget of taps
  it("is five for a goal and two for a repeated one", async () => {
    await using attune = await flow({
      program: programOf({ locale }),
      roster: together(["r1", "a1"], ["01", "03"]),
    });
    await takePart(attune, say, ["r1", "a1"]);
    await attune.until("2026-12-01T07:45");
    const five = [
      goal("resuscitation"),
      say.buttons.skip,
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
});
