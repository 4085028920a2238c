import { describe, expect, it } from "vitest";
import { act, readAct, tapsOf } from "#src/card/act.ts";
import type { Card } from "#src/card/card.ts";
import { plain } from "#src/card/plain.ts";
import type { NudgeId } from "#src/domain/nudge.ts";
import type { Address } from "#src/domain/person.ts";
import { personId } from "#src/domain/person.ts";
import { flow, type Flow } from "#test/support/attune.ts";
import { programOf, rosterOf } from "#test/support/programs.ts";
import { taps, together } from "#test/support/together.ts";
import { takePart, TONGUES, type Tongue } from "#test/support/tongues.ts";

/** The goal of a shift from 08:00 to 17:00 is asked of somebody who takes part. */
async function atTheGoal({ locale, say }: Tongue): Promise<Flow> {
  const attune = await flow({ program: programOf({ locale }), roster: together(["r1", "a1"], ["01"]) });
  await takePart(attune, say, ["r1", "a1"]);
  await attune.until("2026-12-01T07:45");
  return attune;
}

/** A button as it stands on the newest message that has it, to be pressed later or by somebody else. */
function button(attune: Flow, id: string, label: string) {
  const has = (message: ReturnType<Flow["cloud"]["chat"]>[number]) =>
    tapsOf(message.card).find(({ tap }) => tap.label === label);
  const message = attune.cloud.chat(id as Address).findLast((one) => has(one) !== undefined)!;
  return [message.ref, has(message)!.tap.act] as const;
}

/** Every answer of the resident, the superseded ones too. */
const answers = async ({ store }: Flow) => (await store.export(personId("r1"))).replies;

describe.each(TONGUES)("an ask, in $locale", (tongue) => {
  const { say, goal } = tongue;
  const asked = (attune: Flow) =>
    attune
      .phone("r1")
      .chat()
      .filter((text) => text.startsWith(`# ${say.goal.title}`));

  it("says of each question which one it is of how many", async () => {
    await using attune = await atTheGoal(tongue);
    const places = [attune.phone("r1").reads()];
    for (const labels of [[goal("procedures"), say.buttons.skip], [say.strategy.help.answers[3]]]) {
      await taps(attune, "r1", labels);
      places.push(attune.phone("r1").reads());
    }

    expect(places.map((text) => /^(\d)\/(\d) /mu.exec(text)?.slice(1, 3).join(" of "))).toEqual([
      "1 of 4",
      "2 of 4",
      "3 of 4",
    ]);
  });

  it("lets an earlier answer be looked at again, and leaves it as it was on the way back", async () => {
    await using attune = await atTheGoal(tongue);
    await taps(attune, "r1", [goal("procedures")]);

    await attune.phone("r1").taps(say.buttons.change);
    const opened = attune.phone("r1").reads();
    await attune.phone("r1").taps(say.buttons.back);

    expect(opened).toContain(`(x) ${goal("procedures")}`);
    expect(attune.phone("r1").reads()).toContain(say.goal.line);
    expect(await answers(attune)).toHaveLength(1);
  });

  it("is not asked again once it is answered, and stands once", async () => {
    await using attune = await atTheGoal(tongue);
    const { help, call, feedback } = say.strategy;
    await attune.until("2026-12-01T08:00");

    await taps(attune, "r1", [goal("procedures"), say.buttons.skip]);
    await taps(attune, "r1", [help.answers[3], call.answers[2], feedback.answers.after]);

    expect(asked(attune)).toEqual([expect.stringContaining(say.goal.saved)]);
    await attune.until("2026-12-01T16:59");
    expect(asked(attune)).toHaveLength(1);
  });

  // domain: A goal or plan is not sent later than 3 h
  // domain: A message that is over says so
  it("closes when the shift ends, says so kindly, and keeps what was answered", async () => {
    await using attune = await atTheGoal(tongue);
    await taps(attune, "r1", [goal("procedures")]);

    await attune.until("2026-12-01T16:59");
    const before = asked(attune);
    await attune.until("2026-12-01T17:00");

    for (const text of before) expect(text).not.toContain(say.closed.expired);
    for (const text of asked(attune)) {
      expect(text).toContain(say.closed.expired);
      expect(text).toContain(goal("procedures"));
      expect(text).not.toContain("[");
    }
  });

  // domain: A message that is over says so
  it("takes no tap that comes too late, and says so", async () => {
    await using attune = await atTheGoal(tongue);
    const late = button(attune, "r1", goal("reasoning"));
    await attune.until("2026-12-01T17:00");

    const reply = await attune.phone("r1").presses(...late);

    expect(reply).toMatchObject({ kind: "refused", reason: "expired", text: say.refused.expired });
    expect(attune.phone("r1").chat().join("\n")).toContain(say.closed.nothing);
    expect(await answers(attune)).toEqual([]);
  });

  it("takes a tap once, though the platform delivers it twice", async () => {
    await using attune = await atTheGoal(tongue);
    const tap = button(attune, "r1", goal("reasoning"));

    await attune.phone("r1").presses(...tap, "the same");
    const reply = await attune.phone("r1").presses(...tap, "the same");

    expect(reply).toMatchObject({ kind: "refused", reason: "already-received", text: say.refused.again });
    expect(await answers(attune)).toHaveLength(1);
    expect(attune.phone("r1").reads()).toContain(say.goal.line);
  });

  it("shows what is stored when both deliveries of one tap come at the same moment", async () => {
    await using attune = await atTheGoal(tongue);
    const tap = button(attune, "r1", goal("reasoning"));

    const responses = await Promise.all([
      attune.phone("r1").presses(...tap, "the same"),
      attune.phone("r1").presses(...tap, "the same"),
    ]);

    const again = responses.find(({ kind }) => kind === "refused");
    expect(again).toMatchObject({ reason: "already-received" });
    expect(plain((again as { card: Card }).card)).toContain(say.goal.line);
    expect(await answers(attune)).toHaveLength(1);
  });

  it("moves on by one question when it is tapped twice in haste", async () => {
    await using attune = await atTheGoal(tongue);
    const tap = button(attune, "r1", goal("reasoning"));

    await attune.phone("r1").presses(...tap);
    await attune.phone("r1").presses(...tap);

    expect(attune.phone("r1").reads()).toContain(say.goal.line);
    expect(attune.phone("r1").reads()).toContain(goal("reasoning"));
  });

  it.each([
    ["words for what is to be chosen", "help", { help: "4" }],
    ["no words for a line", "line", undefined],
  ] as const)("takes nothing by a button that there is not: %s", async (_, item, values) => {
    await using attune = await atTheGoal(tongue);
    await attune.phone("r1").taps(goal("reasoning"));
    const [ref, word] = button(attune, "r1", say.buttons.skip);
    const { nudge } = readAct(word) as { nudge: NudgeId };
    const meant = act({ verb: "write", nudge, item, about: undefined });
    const r1 = attune.phone("r1");

    const reply = values === undefined ? await r1.presses(ref, meant) : await r1.submits(ref, meant, values);

    expect(reply).toMatchObject({ kind: "refused", reason: "not-understood" });
    expect((await answers(attune)).map((one) => one.item)).toEqual(["goal"]);
  });

  it("leaves out no line that is needed, by a button of before", async () => {
    await using attune = await atTheGoal(tongue);
    await attune.phone("r1").taps(goal("reasoning"));
    const skip = button(attune, "r1", say.buttons.skip);
    await taps(attune, "r1", [say.buttons.change, goal("other")]);

    const reply = await attune.phone("r1").presses(...skip);

    expect(reply).toMatchObject({ kind: "refused", reason: "not-understood" });
    expect(attune.phone("r1").reads()).toContain(say.goal.lineOther);
  });

  it("takes nothing from anybody else, and shows them nothing", async () => {
    await using attune = await atTheGoal(tongue);

    const partner = await attune.phone("a1").presses(...button(attune, "r1", goal("reasoning")));
    const stranger = await attune.phone("nobody").presses(...button(attune, "r1", goal("reasoning")));

    expect(partner).toEqual({ kind: "refused", reason: "not-yours", text: say.refused.notYours });
    expect(stranger).toEqual({ kind: "refused", reason: "unknown-person", text: say.refused.unknown });
    expect(await answers(attune)).toEqual([]);
  });

  it("can be put off by a tap, to a time before it closes", async () => {
    await using attune = await atTheGoal(tongue);
    await attune.until("2026-12-01T16:15");

    await attune.phone("r1").taps(say.buttons.later);
    const menu = attune.phone("r1").reads();
    await attune.phone("r1").taps(say.commands.minutes(30));
    const putOff = attune.phone("r1").reads();
    await attune.until("2026-12-01T16:45");

    expect(menu).toContain(say.commands.snoozeTitle);
    expect(menu).not.toContain(say.commands.hours(1));
    expect(putOff).toContain(say.commands.snoozed("16:45"));
    expect(putOff).toContain(`[${say.home.answer}]`);
    expect(attune.phone("r1").reads()).toContain(say.goal.question);
  });
});

describe.each(TONGUES)("an ask that closes soon, in $locale", (tongue) => {
  it("says that it cannot wait, where one would put it off", async () => {
    await using attune = await atTheGoal(tongue);
    await attune.until("2026-12-01T16:50");

    await attune.phone("r1").taps(tongue.say.buttons.later);

    expect(attune.phone("r1").reads()).toContain(tongue.say.commands.snoozeNoTime);
    expect(attune.phone("r1").reads()).not.toContain(tongue.say.commands.minutes(15));
  });
});

describe("an ask that is bound to no shift", () => {
  // domain: What is bound to no shift is silent off duty
  it("waits for the end of the rest after a night, and then for a civil hour", async () => {
    const [{ say }] = TONGUES as readonly [Tongue];
    const nights = ["r1", "a1"].map((id) => `${id} 2026-12-06T20:00 2026-12-07T08:00`);
    await using attune = await flow({ roster: rosterOf(nights) });
    await takePart(attune, say, ["r1", "a1"]);
    const asked = () =>
      attune
        .phone("r1")
        .chat()
        .filter((text) => text.includes(say.checkIn.unvalidated)).length;

    // Monday at nine is the program's moment; this Monday it is rest, until 19:00.
    await attune.until("2026-12-08T08:59");
    const before = asked();
    await attune.until("2026-12-08T09:00");

    expect(before).toBe(0);
    expect(asked()).toBe(1);
  });
});
