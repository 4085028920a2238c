import { describe, expect, it } from "vitest";
import { DEFAULT_POLICY } from "#src/domain/policy.ts";
import { flow, sentTo, type Flow, type FlowWish } from "#test/support/attune.ts";
import { local, programOf } from "#test/support/programs.ts";
import { taps, together } from "#test/support/together.ts";
import { takePart, TONGUES, type Tongue } from "#test/support/tongues.ts";

const SAID = { en: "goal", ja: "目標" } as const;

async function aDay({ locale, say }: Tongue, wish: FlowWish = {}, policy = {}): Promise<Flow> {
  const attune = await flow({
    program: programOf({ locale, policy: { ...DEFAULT_POLICY, ...policy } }),
    roster: together(["r1", "a1"], ["02"]),
    ...wish,
  });
  await takePart(attune, say, ["r1", "a1"]);
  return attune;
}

describe.each(TONGUES)("a goal set by command, in $locale", (tongue) => {
  const { say, goal, who } = tongue;
  const { help, call, feedback } = say.strategy;
  const WANTS = [help.answers[3], call.answers[2], feedback.answers.after];
  const command = SAID[tongue.locale];

  /** Sets a goal by the command, whatever stands in the chat, and the attending reads it. */
  async function setsIt(attune: Flow): Promise<void> {
    await attune.phone("r1").says(command);
    await attune.phone("r1").taps(goal("resuscitation"));
    await attune.phone("r1").says("lead once");
    await taps(attune, "r1", WANTS);
    await attune.phone("a1").says("home");
    await attune.phone("a1").taps(say.home.answer);

    expect(attune.phone("r1").chat().join("\n")).toContain(say.goal.saved);
    expect(attune.phone("a1").reads()).toContain(
      `${say.plan.goalOf(who("r1"))}: “${say.labelled(goal("resuscitation"), "lead once")}”`,
    );
  }

  // domain: By command or from home a goal can be set
  it.each([
    ["2026-12-01T13:59", false],
    ["2026-12-01T14:00", true],
    ["2026-12-02T16:59", true],
    ["2026-12-02T17:00", false],
  ])("can be set from 18 h before the shift to its end: at %s %s", async (at, isOpen) => {
    await using attune = await aDay(tongue);
    await attune.until(at);

    await attune.phone("r1").says(command);

    expect(attune.phone("r1").reads().includes(say.goal.question)).toBe(isOpen);
    expect(attune.phone("r1").reads().includes(say.commands.goalNone)).toBe(!isOpen);
  });

  // domain: By command or from home a goal can be set
  it("can be set though its ask was held back as too late", async () => {
    await using attune = await aDay(tongue);
    await attune.clock.set(local("2026-12-02T12:00"));
    await attune.beat();
    expect(sentTo(attune, "r1")).toBe(0);
    await attune.phone("a1").says("home");

    await attune.phone("r1").says(command);
    await attune.phone("r1").taps(goal("resuscitation"));
    await attune.phone("r1").says("lead once");
    await taps(attune, "r1", WANTS);

    expect(attune.phone("r1").chat().join("\n")).toContain(say.goal.saved);
    await attune.until("2026-12-02T17:01");
    expect(attune.phone("r1").reads()).toContain("lead once");
  });

  it("can be set though its ask could not be sent", async () => {
    await using attune = await aDay(tongue, {
      messenger: { trouble: (to) => (to === "r1" ? "unreachable" : undefined) },
    });
    await attune.until("2026-12-02T08:05");

    await setsIt(attune);

    expect(sentTo(attune, "r1")).toBe(0);
  });

  it("can be set though the month's cap left its ask out, and no ask is sent for that", async () => {
    await using attune = await aDay(tongue, {}, { asksPerMonth: 0 });
    await attune.until("2026-12-02T08:05");

    await attune.phone("r1").says(command);
    await taps(attune, "r1", [goal("resuscitation"), say.buttons.skip, ...WANTS]);

    expect(attune.phone("r1").chat().join("\n")).toContain(say.goal.saved);
    expect(sentTo(attune, "r1")).toBe(0);
  });

  it("can be set while a pause holds its ask back", async () => {
    await using attune = await aDay(tongue);
    await attune.phone("r1").says("pause until 2026-12-09");
    await attune.until("2026-12-02T08:05");

    await setsIt(attune);

    expect(sentTo(attune, "r1")).toBe(0);
  });

  // domain: A settlement can be said until the debrief closes
  it.each(["its card", "home"])("can be settled on as any other, from %s", async (from) => {
    await using attune = await aDay(tongue);
    await attune.phone("r1").says("pause until 2026-12-09");
    await attune.until("2026-12-02T08:05");
    await attune.phone("r1").says(command);
    await taps(attune, "r1", [goal("resuscitation"), say.buttons.skip, ...WANTS]);
    await taps(attune, "a1", [help.answers[1], call.answers[2], feedback.answers.after]);
    const home = [say.settle.with(who("a1")), say.settle.apart];
    if (from === "home") await attune.phone("r1").says("home");

    await taps(attune, "r1", from === "home" ? home : [say.settle.apart]);

    const settled = new RegExp(`${say.settle.label(help.label)}.*${say.settle.apart}`, "u");
    expect(attune.phone("a1").reads()).toMatch(settled);
  });

  // domain: A message that is over says so
  it("says at the end of its shift that it is over, though its ask was held back", async () => {
    await using attune = await aDay(tongue);
    await attune.phone("r1").says("pause until 2026-12-09");
    await attune.until("2026-12-02T08:05");
    await attune.phone("r1").says(command);
    await taps(attune, "r1", [goal("resuscitation"), say.buttons.skip, ...WANTS]);
    const before = attune.phone("r1").reads();

    await attune.until("2026-12-02T20:00");

    expect(before).not.toContain(say.closed.expired);
    expect(attune.phone("r1").reads()).toContain(say.closed.expired);
  });

  // domain: By command or from home a goal can be set
  it("is offered on home, too, and changed there", async () => {
    await using attune = await aDay(tongue);
    await attune.until("2026-12-01T20:00");
    await attune.phone("r1").says("home");

    await taps(attune, "r1", [say.home.setGoal, say.goal.none]);
    await attune.phone("r1").says("home");

    expect(attune.phone("r1").reads()).toContain(
      `${say.goal.label}: ${say.goal.none} [${say.buttons.change}]`,
    );
  });
});
