import { describe, expect, it } from "vitest";
import { tapsOf } from "#src/card/act.ts";
import type { Address } from "#src/domain/person.ts";
import { flow, type Flow } from "#test/support/attune.ts";
import { buttonOf } from "#test/support/buttons.ts";
import { programOf } from "#test/support/programs.ts";
import { taps, together } from "#test/support/together.ts";
import { takePart, TONGUES, type Tongue } from "#test/support/tongues.ts";

const WHY = "we have seen many of these lately";

/** The resident has set a goal with a line, and the attending reads it. */
async function atThePlan({ locale, say, goal }: Tongue, isPrivate = false): Promise<Flow> {
  const attune = await flow({ program: programOf({ locale }), roster: together(["r1", "a1"], ["01"]) });
  await takePart(attune, say, ["r1", "a1"]);
  await attune.until("2026-12-01T07:45");
  if (isPrivate) await taps(attune, "r1", [say.buttons.share, say.goal.shares.private]);
  const { help, call, feedback } = say.strategy;
  await attune.phone("r1").taps(goal("resuscitation"));
  await attune.phone("r1").writes("lead once");
  await taps(attune, "r1", [help.answers[3], call.answers[2], feedback.answers.after]);
  await attune.until("2026-12-01T08:05");
  return attune;
}

describe.each(TONGUES)("another goal that the attending suggests, in $locale", (tongue) => {
  const { say, goal, who } = tongue;
  const { help, call, feedback } = say.strategy;
  const PLANS = [help.answers[3], call.answers[2], feedback.answers.after];
  const chat = (attune: Flow, id: string) => attune.phone(id).chat().join("\n");

  async function suggests(attune: Flow, id = "tests"): Promise<void> {
    await taps(attune, "a1", [say.buttons.counter, goal(id)]);
    await attune.phone("a1").writes(WHY);
  }

  // domain: The attending may suggest another goal
  // domain: The resident takes the suggestion up
  it("reaches the resident with why, and is taken up or turned down by one tap each", async () => {
    await using attune = await atThePlan(tongue);

    await suggests(attune);

    const text = chat(attune, "r1");
    expect(text).toContain(say.goal.countered(who("a1"), goal("tests")));
    expect(text).toContain(`${say.goal.counteredWhy(who("a1"))}: “${WHY}”`);
    expect(text).toContain(`[${say.goal.suggestions.taken}] [${say.goal.suggestions.kept}]`);
    expect(attune.phone("a1").reads()).toContain(help.attending(who("r1")));
  });

  it("refuses a line why that looks like a patient's identifier", async () => {
    await using attune = await atThePlan(tongue);
    await taps(attune, "a1", [say.buttons.counter, goal("tests")]);

    const reply = await attune.phone("a1").writes("MRN 4021337 needs it");

    expect(reply).toMatchObject({ kind: "refused", reason: "identifier" });
    expect(chat(attune, "r1")).not.toContain("4021337");
  });

  // domain: The resident takes the suggestion up
  it("taken up, is asked for a line anew, and the attending sees that it was", async () => {
    await using attune = await atThePlan(tongue);
    await suggests(attune);

    await attune.phone("r1").taps(say.goal.suggestions.taken);

    expect(attune.phone("r1").reads()).toContain(say.goal.line);
    expect(attune.phone("r1").reads()).toContain(say.goal.adopted);
    for (const id of ["r1", "a1"]) expect(chat(attune, id)).not.toContain("lead once");
    expect(chat(attune, "a1")).toContain(say.plan.taken(who("r1")));
  });

  // domain: The resident takes the suggestion up
  it("turned down, leaves the goal as it is, and the attending sees that, too", async () => {
    await using attune = await atThePlan(tongue);
    await suggests(attune);

    await attune.phone("r1").taps(say.goal.suggestions.kept);

    expect(attune.phone("r1").reads()).toContain(say.goal.keptOwn);
    expect(chat(attune, "r1")).toContain("lead once");
    expect(chat(attune, "a1")).toContain(say.plan.kept(who("r1")));
    await attune.phone("r1").taps(say.goal.suggestions.taken);
    expect(chat(attune, "a1")).toContain(say.plan.taken(who("r1")));
  });

  it.each([
    ["turned down", say.goal.suggestions.kept, say.goal.suggestions.taken],
    ["never answered", undefined, say.goal.suggestions.kept],
  ])("%s, stands as it was where it is answered after the shift", async (_, answer, late) => {
    await using attune = await atThePlan(tongue);
    await suggests(attune);
    if (answer !== undefined) await attune.phone("r1").taps(answer);
    const button = buttonOf(attune, "r1", late);
    await attune.until("2026-12-01T17:00");

    const reply = await attune.phone("r1").presses(button.message, button.act);

    const text = chat(attune, "r1");
    expect(reply).toMatchObject({ kind: "refused", reason: "expired" });
    expect(text).toContain(say.goal.countered(who("a1"), goal("tests")));
    expect(text.includes(say.goal.keptOwn)).toBe(answer !== undefined);
    expect(text).not.toContain(`[${late}]`);
  });

  it("is asked about once more where it is another than before, and why it was is gone", async () => {
    await using attune = await atThePlan(tongue);
    await suggests(attune);
    await attune.phone("r1").taps(say.goal.suggestions.kept);
    await attune.until("2026-12-01T08:20");

    await taps(attune, "a1", [say.buttons.change, goal("flow"), say.buttons.skip]);

    expect(chat(attune, "r1")).toContain(say.goal.countered(who("a1"), goal("flow")));
    expect(chat(attune, "r1")).not.toContain(WHY);
    expect(chat(attune, "r1")).toContain(`[${say.goal.suggestions.kept}]`);
    expect(chat(attune, "a1")).not.toContain(say.plan.kept(who("r1")));
  });

  it.each(["taken", "kept"] as const)(
    "is answered by the goal that the button stood under: %s",
    async (answer) => {
      await using attune = await atThePlan(tongue);
      await suggests(attune);
      const { ref, card } = attune.cloud.chat("r1" as Address).at(-1)!;
      const old = tapsOf(card).find(({ tap }) => tap.label === say.goal.suggestions[answer])!;
      await taps(attune, "a1", [say.buttons.change, goal("flow"), say.buttons.skip]);

      const reply = await attune.phone("r1").presses(ref, old.tap.act);

      expect(reply).toMatchObject({ kind: "refused", reason: "not-understood" });
      expect(chat(attune, "r1")).toContain(say.goal.countered(who("a1"), goal("flow")));
      expect(chat(attune, "r1")).toContain(`[${say.goal.suggestions.taken}] [${say.goal.suggestions.kept}]`);
      expect(chat(attune, "a1")).toContain("lead once");
    },
  );

  it("made after both have answered, leaves both answers where they stand", async () => {
    await using attune = await atThePlan(tongue);
    await taps(attune, "a1", PLANS);

    await taps(attune, "a1", [say.buttons.counter, goal("tests")]);
    const card = attune.phone("a1").reads();
    await attune.phone("a1").taps(say.plan.whyOffer);
    await attune.phone("a1").writes(WHY);

    expect(card).toContain(say.reveal.same);
    expect(card).toContain(`${say.plan.countered}: ${goal("tests")}`);
    expect(chat(attune, "r1")).toContain(WHY);
  });

  it("names whose reason it asks for, where several residents were suggested a goal", async () => {
    const people = ["r1", "r2", "a1"];
    const program = programOf({ people, locale: tongue.locale });
    await using attune = await flow({ program, roster: together(people, ["01"]) });
    await takePart(attune, say, people);
    await attune.until("2026-12-01T07:45");
    for (const id of ["r1", "r2"]) await taps(attune, id, [goal("flow"), say.buttons.skip, ...PLANS]);
    await taps(attune, "a1", [say.plan.scopes.all, ...PLANS]);
    for (const id of ["r1", "r2"])
      await taps(attune, "a1", [`${say.buttons.counter} · ${who(id)}`, goal("tests")]);

    await attune.phone("a1").taps(`${say.plan.whyOffer} · ${who("r2")}`);
    await attune.phone("a1").writes(WHY);

    expect(chat(attune, "r2")).toContain(WHY);
    expect(chat(attune, "r1")).not.toContain(WHY);
    const card = attune.phone("a1").reads();
    expect(card).toContain(`[${say.plan.whyOffer} · ${who("r1")}]`);
    expect(card).not.toContain(`[${say.plan.whyOffer}]`);
  });

  it("is another one than the resident's goal", async () => {
    await using attune = await atThePlan(tongue);

    await attune.phone("a1").taps(say.buttons.counter);

    const offered = attune.phone("a1").reads().split("\n");
    expect(offered).toContain(`( ) ${goal("tests")}`);
    expect(offered).not.toContain(`( ) ${goal("resuscitation")}`);
  });

  // domain: A private goal looks like no goal
  it("may be the very goal that a resident keeps to themselves, and then nobody has switched to it", async () => {
    await using attune = await atThePlan(tongue, true);
    await suggests(attune, "resuscitation");

    expect(attune.phone("r1").reads()).toContain(say.goal.countered(who("a1"), goal("resuscitation")));
    expect(attune.phone("r1").reads()).not.toContain(say.goal.adopted);
    await taps(attune, "r1", [say.buttons.share, say.goal.shares.full]);
    expect(chat(attune, "a1")).toContain(goal("resuscitation"));
    expect(chat(attune, "a1")).not.toContain(say.plan.taken(who("r1")));
  });

  it("is answered by the resident alone where they keep their goal to themselves", async () => {
    for (const answer of [say.goal.suggestions.taken, say.goal.suggestions.kept]) {
      await using attune = await atThePlan(tongue, true);
      await suggests(attune);
      const before = chat(attune, "a1");

      await attune.phone("r1").taps(answer);

      expect(chat(attune, "a1")).toBe(before);
    }
  });
});

describe.each(TONGUES)("“patient safety first”, in $locale", (tongue) => {
  // domain: The attending may answer "patient safety first"
  it("can be taken back until both have answered", async () => {
    const { say } = tongue;
    const { help, call, feedback } = say.strategy;
    await using attune = await flow({
      program: programOf({ locale: tongue.locale }),
      roster: together(["r1", "a1"], ["01"]),
    });
    await takePart(attune, say, ["r1", "a1"]);
    await attune.until("2026-12-01T08:00");

    await taps(attune, "a1", [
      say.buttons.safety,
      say.buttons.change,
      help.answers[3],
      call.answers[2],
      feedback.answers.end,
    ]);
    await taps(attune, "r1", [
      tongue.goal("tests"),
      say.buttons.skip,
      help.answers[3],
      call.answers[2],
      feedback.answers.end,
    ]);

    expect(attune.phone("r1").reads()).not.toContain(say.reveal.safety);
    expect(attune.phone("a1").reads()).toContain(say.reveal.same);
    expect(attune.phone("a1").reads()).not.toContain(`[${say.buttons.safety}]`);
  });
});
