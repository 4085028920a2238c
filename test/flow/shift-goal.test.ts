import { describe, expect, it } from "vitest";
import { DEFAULT_GOALS } from "#src/domain/goals.ts";
import { flow, type Flow } from "#test/support/attune.ts";
import { programOf, rosterOf } from "#test/support/programs.ts";
import { taps, together } from "#test/support/together.ts";
import { takePart, TONGUES, type Tongue } from "#test/support/tongues.ts";

const LINE = "intubate once, myself";

/** The goal of the first shift is about to be asked, and everybody has agreed to take part. */
async function beforeTheGoal({ locale, say }: Tongue, people: readonly string[]): Promise<Flow> {
  const attune = await flow({
    program: programOf({ people, locale }),
    roster: together(people, ["01", "03", "05"]),
  });
  await takePart(attune, say, people);
  await attune.until("2026-12-01T07:44");
  return attune;
}

async function atTheGoal(tongue: Tongue, people: readonly string[] = ["r1", "a1"]): Promise<Flow> {
  const attune = await beforeTheGoal(tongue, people);
  await attune.until("2026-12-01T07:45");
  return attune;
}

/** The choices that the newest message offers to r1. */
const choicesOffered = (attune: Flow): readonly string[] =>
  attune
    .phone("r1")
    .reads()
    .split("\n")
    .flatMap((line) => (line.startsWith("( ) ") ? [line.slice(4)] : []));

describe.each(TONGUES)("the goal of a shift, in $locale", (tongue) => {
  const { say, goal, who } = tongue;
  const { help, call, feedback } = say.strategy;
  const WANTS = [help.answers[3], call.answers[2], feedback.answers.after];

  // domain: The goal is asked of the resident, before the shift
  it("is asked a quarter of an hour before the shift, and of the resident alone", async () => {
    await using attune = await beforeTheGoal(tongue, ["r1", "a1"]);
    const early = attune.phone("r1").reads();

    await attune.until("2026-12-01T07:45");

    expect(early).not.toContain(say.goal.title);
    expect(attune.phone("r1").reads()).toContain(say.goal.title);
    expect(attune.phone("r1").reads()).toContain(say.goal.with(who("a1")));
    expect(attune.phone("a1").chat().join("\n")).not.toContain(say.goal.title);
  });

  // domain: The first screen has six choices at most
  // domain: Goals used most come after it
  it("offers six choices at most on the first screen, and the whole list behind “other goals”", async () => {
    await using attune = await atTheGoal(tongue);
    const offered = choicesOffered(attune);

    await attune.phone("r1").taps(say.goal.others);

    expect(offered).toEqual([
      ...DEFAULT_GOALS.slice(0, 4).map(({ id }) => goal(id)),
      say.goal.others,
      say.goal.none,
    ]);
    expect(choicesOffered(attune)).toEqual([...DEFAULT_GOALS.map(({ id }) => goal(id)), say.goal.none]);
  });

  // domain: A goal is followed by the optional line
  it("is then asked for in the resident's own words, with an example that fits the category", async () => {
    for (const { id } of DEFAULT_GOALS) {
      await using attune = await atTheGoal(tongue);

      await attune.phone("r1").taps(goal(id));

      expect(attune.phone("r1").reads()).toContain(id === "other" ? say.goal.lineOther : say.goal.line);
      expect(attune.phone("r1").reads()).toContain(say.goal.examples[id] ?? say.goal.linePlaceholder);
    }
  });

  // domain: A goal is followed by the optional line
  it("is followed by help, calls and feedback, one question at a time, in one message", async () => {
    await using attune = await atTheGoal(tongue);
    const resident = attune.phone("r1");
    const before = resident.chat().length;

    for (const [place, question, visible, answer] of [
      ["1/4", say.goal.question, say.visible.shared(who("a1")), goal("procedures")],
      ["", say.goal.line, say.visible.shared(who("a1")), say.buttons.skip],
      ["2/4", help.resident, say.visible.pair(who("a1")), WANTS[0]],
      ["3/4", call.resident, say.visible.pair(who("a1")), WANTS[1]],
      ["4/4", feedback.resident, say.visible.pair(who("a1")), WANTS[2]],
    ] as const) {
      expect(resident.reads()).toContain(`${place} ${question}`.trimStart());
      expect(resident.reads()).toContain(visible);
      await resident.taps(answer!);
    }

    expect(resident.reads()).toContain(say.goal.saved);
    expect(resident.reads()).toContain(say.goal.waiting(who("a1")));
    expect(resident.chat()).toHaveLength(before);
  });

  // domain: The goal goes to the attendings of the overlap
  it("goes to every attending of the shift at once, whom the message names before any answer", async () => {
    await using attune = await atTheGoal(tongue, ["r1", "a1", "a2"]);
    const asked = attune.phone("r1").reads();
    await taps(attune, "r1", [goal("procedures")]);
    await attune.phone("r1").writes(LINE);

    await attune.until("2026-12-01T08:00");

    expect(asked).toContain(say.visible.shared(who("a1", "a2")));
    for (const id of ["a1", "a2"])
      expect(attune.phone(id).reads()).toContain(
        `${say.plan.goalOf(who("r1"))}: “${say.labelled(goal("procedures"), LINE)}”`,
      );
  });

  // domain: The resident may share only the category
  it("can be shared by its category alone", async () => {
    await using attune = await atTheGoal(tongue);
    await taps(attune, "r1", [say.buttons.share, say.goal.shares.category]);
    expect(attune.phone("r1").reads()).toContain(say.visible.goalCategory(who("a1")));
    await taps(attune, "r1", [goal("procedures")]);
    await attune.phone("r1").writes(LINE);

    await attune.until("2026-12-01T08:00");

    expect(attune.phone("a1").reads()).toContain(`${say.plan.goalOf(who("r1"))}: “${goal("procedures")}”`);
    expect(attune.phone("a1").reads()).not.toContain(LINE);
  });

  // domain: The resident may share only the category
  it("has a line that is sent where a partner reads it, and saved where nobody else does", async () => {
    await using attune = await atTheGoal(tongue);
    await taps(attune, "r1", [goal("procedures")]);
    const shared = attune.phone("r1").reads();

    await taps(attune, "r1", [say.buttons.share, say.goal.shares.category]);

    expect(shared).toContain(`[${say.buttons.send}]`);
    expect(shared).not.toContain(`[${say.buttons.save}]`);
    expect(attune.phone("r1").reads()).toContain(`[${say.buttons.save}]`);
    expect(attune.phone("r1").reads()).not.toContain(`[${say.buttons.send}]`);
  });

  it("can be kept private, and then looks as if there were none", async () => {
    await using attune = await atTheGoal(tongue);
    await taps(attune, "r1", [say.buttons.share, say.goal.shares.private]);
    expect(attune.phone("r1").reads()).toContain(say.visible.goalPrivate);
    await taps(attune, "r1", [goal("procedures"), say.buttons.skip, ...WANTS]);

    const before = attune.phone("a1").reads();
    await attune.until("2026-12-01T08:00");
    const plan = attune.phone("a1").reads();

    expect(before).not.toContain(say.plan.title);
    expect(plan).toContain(say.plan.noGoal(who("r1")));
    expect(plan).not.toContain(goal("procedures"));
  });

  it("leaves the attending's message again when it is made private later", async () => {
    await using attune = await atTheGoal(tongue);
    await taps(attune, "r1", [goal("procedures"), say.buttons.skip]);
    await attune.until("2026-12-01T08:00");
    const shared = attune.phone("a1").reads();

    await taps(attune, "r1", [say.buttons.change, say.buttons.share, say.goal.shares.private]);

    expect(shared).toContain(goal("procedures"));
    expect(attune.phone("a1").reads()).not.toContain(goal("procedures"));
  });

  it("of “something else” needs the resident's own words", async () => {
    await using attune = await atTheGoal(tongue);

    await attune.phone("r1").taps(goal("other"));

    expect(attune.phone("r1").reads()).toContain(say.goal.lineOther);
    expect(attune.phone("r1").reads()).not.toContain(`[${say.buttons.skip}]`);
    await attune.phone("r1").writes(LINE);
    expect(attune.phone("r1").reads()).toContain(help.resident);
  });

  it("of “something else” is called by those words from then on", async () => {
    await using attune = await atTheGoal(tongue);
    await taps(attune, "r1", [goal("other")]);
    await attune.phone("r1").writes(LINE);
    await taps(attune, "r1", WANTS);
    const plan = attune.phone("a1").reads();

    await attune.until("2026-12-01T17:00");

    expect(plan).toContain(`${say.plan.goalOf(who("r1"))}: “${LINE}”`);
    expect(attune.phone("r1").reads()).toContain(say.debrief.outcome(LINE));
    expect(attune.phone("a1").reads()).toContain(say.debrief.outcomeOf(who("r1"), LINE));
  });

  // domain: A resident whose shift overlaps no attending
  it("is asked also where no attending shares the shift; nobody then reads it, or is asked for a plan", async () => {
    const roster = rosterOf(["r1 2026-12-01T08:00 2026-12-01T17:00", "a1 2026-12-01T16:01 2026-12-01T23:00"]);
    await using attune = await flow({ program: programOf({ locale: tongue.locale }), roster });
    await takePart(attune, say, ["r1", "a1"]);
    await attune.until("2026-12-01T07:45");

    expect(attune.phone("r1").reads()).toContain(say.goal.alone);
    expect(attune.phone("r1").reads()).toContain(say.visible.goalNobody);
    expect(attune.phone("r1").reads()).not.toContain(say.buttons.share);
    await taps(attune, "r1", [goal("procedures"), say.buttons.skip]);
    expect(attune.phone("r1").reads().split("\n")).toContain(say.visible.goalPrivate);
    await taps(attune, "r1", WANTS);
    expect(attune.phone("r1").reads()).toContain(say.goal.saved);
    await attune.until("2026-12-02T00:00");

    expect(attune.phone("r1").reads()).toContain(say.closed.expired);
    expect(attune.phone("a1").chat().join("\n")).not.toContain(say.plan.title);
  });
});
