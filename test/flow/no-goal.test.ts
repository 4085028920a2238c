import { describe, expect, it } from "vitest";
import { flow, sentTo, type Flow } from "#test/support/attune.ts";
import { programOf } from "#test/support/programs.ts";
import { taps, together } from "#test/support/together.ts";
import { takePart, TONGUES, type Tongue } from "#test/support/tongues.ts";

async function atTheGoal({ locale, say }: Tongue): Promise<Flow> {
  const attune = await flow({ program: programOf({ locale }), roster: together(["r1", "a1"], ["01"]) });
  await takePart(attune, say, ["r1", "a1"]);
  await attune.until("2026-12-01T07:45");
  return attune;
}

describe.each(TONGUES)("no goal this shift, in $locale", (tongue) => {
  const { say, goal, who } = tongue;
  const { help, call, feedback } = say.strategy;
  const WANTS = [help.answers[3], call.answers[2], feedback.answers.after];

  // domain: No goal this shift is a full answer
  it("is a full answer, in one tap: the three strategy questions are offered, not asked", async () => {
    await using attune = await atTheGoal(tongue);

    await attune.phone("r1").taps(say.goal.none);
    const card = attune.phone("r1").reads();
    await attune.until("2026-12-01T16:59");

    expect(card).toContain(say.goal.noneSet);
    expect(card).toContain(`${say.goal.label}: ${say.goal.none} [${say.buttons.change}]`);
    expect(card).toContain(say.visible.goalPrivate);
    expect(card).toContain(`[${say.goal.strategyOffer}]`);
    expect(card).not.toContain(help.resident);
    expect(card).not.toContain(say.goal.waiting(who("a1")));
    expect(sentTo(attune, "r1")).toBe(1);
  });

  // domain: The plan is asked of the attending
  it.each([
    ["no goal", [say.goal.none], 0],
    ["no goal, and how they want to work", [say.goal.none, say.goal.strategyOffer, ...WANTS], 0],
    ["a goal", [goal("tests"), say.buttons.skip, ...WANTS], 1],
  ] as const)(
    "%s: the plan comes at once where there is a goal, else at the start of the shift",
    async (_, labels, early) => {
      await using attune = await atTheGoal(tongue);
      const before = sentTo(attune, "a1");

      await taps(attune, "r1", labels);
      await attune.until("2026-12-01T07:59");
      const meanwhile = sentTo(attune, "a1") - before;
      await attune.until("2026-12-01T08:00");

      expect([meanwhile, sentTo(attune, "a1") - before]).toEqual([early, 1]);
    },
  );

  // domain: No goal this shift is a full answer
  it("still lets the resident say how they want to work, and then see both answers", async () => {
    await using attune = await atTheGoal(tongue);
    await taps(attune, "r1", [say.goal.none, say.goal.strategyOffer]);
    await taps(attune, "r1", WANTS);
    await attune.until("2026-12-01T08:00");

    await taps(attune, "a1", WANTS);

    expect(attune.phone("r1").reads()).toContain(say.reveal.same);
    expect(attune.phone("a1").reads()).toContain(say.reveal.same);
    expect(attune.phone("a1").reads()).toContain(say.plan.noGoal(who("r1")));
  });

  it("takes the place of a goal with its line, in the partner's message, too", async () => {
    await using attune = await atTheGoal(tongue);
    await attune.phone("r1").taps(goal("resuscitation"));
    await attune.phone("r1").writes("lead once");
    await attune.until("2026-12-01T08:00");
    const before = attune.phone("a1").reads();

    await taps(attune, "r1", [say.buttons.change, say.goal.none]);

    expect(before).toContain("lead once");
    expect(attune.phone("a1").reads()).toContain(say.plan.noGoal(who("r1")));
    expect(attune.phone("r1").reads()).not.toContain("lead once");
  });

  it("gives way to a goal, which is asked for a line of its own", async () => {
    await using attune = await atTheGoal(tongue);
    await attune.phone("r1").taps(goal("resuscitation"));
    await attune.phone("r1").writes("lead once");
    await taps(attune, "r1", [say.buttons.change, say.goal.none]);

    await taps(attune, "r1", [say.buttons.change, goal("resuscitation")]);

    expect(attune.phone("r1").reads()).toContain(say.goal.line);
    expect(attune.phone("r1").reads()).not.toContain("lead once");
  });

  it("is looked back on by nobody", async () => {
    await using attune = await atTheGoal(tongue);
    await attune.phone("r1").taps(say.goal.none);

    await attune.until("2026-12-02T17:00");

    for (const id of ["r1", "a1"])
      expect(attune.phone(id).chat().join("\n")).not.toContain(say.debrief.title);
  });
});
