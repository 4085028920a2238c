import { describe, expect, it } from "vitest";
import { flow, type Flow } from "#test/support/attune.ts";
import { programOf } from "#test/support/programs.ts";
import { taps, together } from "#test/support/together.ts";
import { takePart, TONGUES, type Tongue } from "#test/support/tongues.ts";

const DAYS = Array.from({ length: 16 }, (_, i) => String(i + 1).padStart(2, "0"));

/** A pair with a shift together every day of two weeks, who both take part. */
async function everyDay({ locale, say }: Tongue): Promise<Flow> {
  const attune = await flow({ program: programOf({ locale }), roster: together(["r1", "a1"], DAYS) });
  await takePart(attune, say, ["r1", "a1"]);
  return attune;
}

describe.each(TONGUES)("somebody who does not answer, in $locale", (tongue) => {
  const { say, goal } = tongue;

  /** The days of December on which a goal was asked for the first time, and not as a reminder. */
  async function daysAsked(attune: Flow, until: string): Promise<readonly string[]> {
    const days: string[] = [];
    for (const day of DAYS) {
      if (day > until) break;
      const before = attune.phone("r1").chat().length;
      await attune.until(`2026-12-${day}T07:45`);
      if (attune.phone("r1").chat().length > before && attune.phone("r1").reads().includes(say.goal.question))
        days.push(day);
      await attune.until(`2026-12-${day}T23:00`);
    }
    return days;
  }

  // domain: Attune backs off
  it("is left alone for a week after four asks, and then asked once more", async () => {
    await using attune = await everyDay(tongue);

    expect(await daysAsked(attune, "16")).toEqual(["01", "02", "03", "04", "11"]);
  });

  it("is asked as before once they answer one whole", async () => {
    await using attune = await everyDay(tongue);
    await daysAsked(attune, "10");
    await attune.until("2026-12-11T07:45");

    const { help, call, feedback } = say.strategy;
    await taps(attune, "r1", [goal("procedures"), say.buttons.skip]);
    await taps(attune, "r1", [help.answers[3], call.answers[2], feedback.answers.end]);
    await attune.until("2026-12-12T07:45");

    expect(attune.phone("r1").reads()).toContain(say.goal.question);
  });

  it("still gets what asks nothing", async () => {
    await using attune = await everyDay(tongue);
    await attune.until("2026-12-04T07:45");
    await taps(attune, "r1", [goal("procedures"), say.buttons.skip]);

    await attune.until("2026-12-09T23:00");

    const attending = attune.phone("a1").chat();
    expect(attending.filter((text) => text.startsWith(`# ${say.plan.title}`))).toHaveLength(4);
    expect(attending.some((text) => text.startsWith(`# ${say.digest.title}`))).toBe(true);
    expect(attending.join("\n")).not.toContain(say.checkIn.unvalidated);
  });

  it("is asked one question and not two, when two come due at the same moment", async () => {
    const roster = together(["r1", "r2", "a1"], ["01", "02", "03", "04", "08"]);
    await using attune = await flow({
      program: programOf({ people: ["r1", "r2", "a1"], locale: tongue.locale }),
      roster,
    });
    await takePart(attune, say, ["r1", "r2", "a1"]);
    const checkIns = () =>
      attune
        .phone("a1")
        .chat()
        .filter((text) => text.includes(say.checkIn.unvalidated)).length;

    // Four plans met silence; on the second Monday the rest is over, and both check-ins are due.
    await attune.until("2026-12-14T09:00");

    expect(checkIns()).toBe(1);
  });
});

it("somebody who is new to Attune is greeted once, though two questions are due at the same moment", async () => {
  await using attune = await flow({
    program: programOf({ people: ["r1", "r2", "a1"] }),
    roster: together(["r1", "r2", "a1"], ["01", "02"]),
    start: "2026-12-06T12:00",
  });

  await attune.until("2026-12-07T10:00");

  expect(attune.phone("a1").chat()).toHaveLength(1);
});
