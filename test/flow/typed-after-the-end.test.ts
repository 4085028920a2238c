import { describe, expect, it } from "vitest";
import type { Address } from "#src/domain/person.ts";
import { flow, type Flow } from "#test/support/attune.ts";
import { programOf } from "#test/support/programs.ts";
import { taps, together } from "#test/support/together.ts";
import { takePart, TONGUES, type Tongue } from "#test/support/tongues.ts";

const LINE = "call me earlier";

/** The only shift of the two is over; both had a goal and a plan. */
async function afterTheShift({ locale, say, goal }: Tongue): Promise<Flow> {
  const attune = await flow({ program: programOf({ locale }), roster: together(["r1", "a1"], ["01"]) });
  await takePart(attune, say, ["r1", "a1"]);
  const { help, call, feedback } = say.strategy;
  await attune.until("2026-12-01T07:45");
  await taps(attune, "r1", [goal("tests"), say.buttons.skip]);
  for (const id of ["r1", "a1"])
    await taps(attune, id, [help.answers[3], call.answers[2], feedback.answers.end]);
  await attune.until("2026-12-01T17:00");
  return attune;
}

const looksBack = (attune: Flow, { say }: Tongue) =>
  taps(attune, "r1", [say.debrief.outcomes.yes, say.debrief.feedbacks.yes, say.strategy.help.answers[3]]);

/** What is answered to words that r1 types, in their chat or under a message. */
async function answered(attune: Flow, text = LINE): Promise<string> {
  await attune.phone("r1").says(text);
  return attune.phone("r1").newest();
}

// domain: Typed after the end
describe.each(TONGUES)("what is typed after the end, in $locale", (tongue) => {
  const { say, clock } = tongue;
  const [tuesday, wednesday, thursday] =
    tongue.locale === "ja"
      ? ["12月1日（火）", "12月2日（水）", "12月10日（木）"]
      : ["Tue, Dec 1", "Wed, Dec 2", "Thu, Dec 10"];
  const closedOn = (day: string) => say.typed.closedOn(`${day} ${clock("17:00")}`);

  it("is told the day too, once that is over", async () => {
    await using attune = await afterTheShift(tongue);
    await attune.until("2026-12-02T17:01");
    const sameDay = await answered(attune);

    await attune.until("2026-12-03T08:00");
    const later = await answered(attune);

    expect(sameDay).toBe(say.typed.closedAt("17:00"));
    expect(later).toBe(closedOn(wednesday));
  });

  it.each([
    ["from the very moment on", "2026-12-02T17:00", say.typed.closedAt("17:00")],
    ["for two days", "2026-12-04T17:00", closedOn(wednesday)],
    ["and no longer", "2026-12-04T17:00:00.001", say.commands.unknownText],
  ])("is told when the question closed %s", async (_, at, told) => {
    await using attune = await afterTheShift(tongue);
    await attune.until(at);

    expect(await answered(attune)).toContain(told);
  });

  it("is told the day under the card of an older question, too", async () => {
    await using attune = await afterTheShift(tongue);
    await attune.until("2026-12-03T08:00");
    const goal = attune.cloud
      .chat("r1" as Address)
      .find(({ card }) => JSON.stringify(card).includes(say.goal.title))!;

    const response = await attune.running.bot.receive({
      type: "said",
      event: "under",
      sender: { platform: "memory", account: "r1", address: "r1" as Address },
      text: LINE,
      under: goal.ref,
    });

    expect(JSON.stringify(response)).toContain(closedOn(tuesday));
  });

  it("hears of no question that closed before the last answer: that is not the one it is about", async () => {
    await using attune = await afterTheShift(tongue);
    await attune.until("2026-12-01T17:05");
    await looksBack(attune, tongue);
    await attune.phone("r1").taps(say.buttons.skip);

    const skipped = await answered(attune);
    await attune.until("2026-12-02T17:01");

    expect(skipped).toBe(say.typed.notOpen);
    expect(await answered(attune)).toBe(say.typed.closedAt("17:00"));
  });

  it("is told when a check-in closed, which was open for days", async () => {
    const program = programOf({ locale: tongue.locale });
    await using attune = await flow({ program, roster: together(["r1", "a1"], ["01"]) });
    await takePart(attune, say, ["r1", "a1"]);
    await attune.until("2026-12-08T12:00");
    const asked = attune.phone("r1").reads();

    await attune.until("2026-12-11T08:00");

    expect(asked).toContain(say.checkIn.goal);
    expect(await answered(attune)).toBe(say.typed.closedOn(`${thursday} ${clock("09:00")}`));
  });

  it("hears so too where a line was taken back just before", async () => {
    await using attune = await afterTheShift(tongue);
    await attune.until("2026-12-01T17:05");
    await looksBack(attune, tongue);
    await attune.phone("r1").says(LINE);
    await attune.phone("r1").taps(say.buttons.undo);

    expect(await answered(attune, "call me much earlier")).toBe(say.typed.notOpen);
  });
});
