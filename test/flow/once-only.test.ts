import { describe, expect, it } from "vitest";
import { flow, sentTo, type Flow } from "#test/support/attune.ts";
import { local, programOf } from "#test/support/programs.ts";
import { taps, together } from "#test/support/together.ts";
import { takePart, TONGUES, type Tongue } from "#test/support/tongues.ts";

/** A pair with a shift together, who both take part. */
async function aDay({ locale, say }: Tongue): Promise<Flow> {
  const attune = await flow({ program: programOf({ locale }), roster: together(["r1", "a1"], ["01"]) });
  await takePart(attune, say, ["r1", "a1"]);
  return attune;
}

describe.each(TONGUES)("how often somebody is asked about a shift, in $locale", (tongue) => {
  const { goal } = tongue;

  // domain: A goal or a plan has no reminder
  it("a goal and a plan are asked once: a goal or a plan has no reminder", async () => {
    await using attune = await aDay(tongue);

    await attune.until("2026-12-01T16:59");

    expect(sentTo(attune, "r1")).toBe(1);
    expect(sentTo(attune, "a1")).toBe(1);
  });

  // domain: A goal or a plan has no reminder
  it("a look back has one reminder, at a time that does not disturb", async () => {
    await using attune = await aDay(tongue);
    await attune.until("2026-12-01T07:45");
    await taps(attune, "r1", [goal("resuscitation")]);
    await attune.until("2026-12-01T17:00");
    const asked = sentTo(attune, "r1");

    await attune.until("2026-12-02T08:59");
    const before = sentTo(attune, "r1");
    await attune.until("2026-12-02T16:59");

    expect(before).toBe(asked);
    expect(sentTo(attune, "r1")).toBe(asked + 1);
    // The shift and with whom, and the question: no head, and no goal once more.
    const [line, question] = attune.phone("r1").reads().split("\n");
    const [date, partner] = tongue.locale === "ja" ? ["12月1日（火）", "a1先生"] : ["Tue, Dec 1", "Dr. a1"];
    expect(line).toContain(tongue.say.debrief.again(date, partner));
    expect(question).toContain(tongue.say.debrief.outcome(goal("resuscitation")));
  });

  it("a look back with nobody is reminded of as it was asked: there is nobody to name", async () => {
    await using attune = await aDay(tongue);
    await attune.until("2026-12-01T07:45");
    await taps(attune, "r1", [goal("resuscitation")]);
    await attune.until("2026-12-01T17:00");
    const asked = sentTo(attune, "r1");
    await attune.phone("a1").says("stop");

    await attune.until("2026-12-02T16:59");

    expect(sentTo(attune, "r1")).toBe(asked + 1);
    expect(attune.phone("r1").reads().split("\n")[0]).toBe(`# ${tongue.say.debrief.title}`);
  });

  // domain: A goal or plan is not sent later than 3 h
  it.each([
    ["2026-12-01T10:59", 1],
    ["2026-12-01T11:00", 0],
  ])("a goal or plan is not sent later than three hours into the shift: at %s %i", async (at, sent) => {
    await using attune = await aDay(tongue);

    // Nothing ran since midnight.
    await attune.clock.set(local(at));
    await attune.beat();

    for (const id of ["r1", "a1"]) expect(sentTo(attune, id)).toBe(sent);
  });
});
