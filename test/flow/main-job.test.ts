import { en } from "#src/words/en.ts";
import { describe, expect, it } from "vitest";
import { flow, type Flow } from "#test/support/attune.ts";
import { programOf, rosterOf } from "#test/support/programs.ts";

const GOAL = "Procedures and ultrasound";
const WANTS_3 = "Resident leads, attending steps in when needed";
const PLANS_1 = "Attending leads, resident watches";

async function residentAnswers(
  attune: Flow,
  help = WANTS_3,
  call = "Before orders or procedures",
  feedback = "After the case",
) {
  const resident = attune.phone("r1");
  await resident.taps(GOAL);
  await resident.taps("Skip");
  for (const label of [help, call, feedback]) await resident.taps(label);
}

async function attendingAnswers(
  attune: Flow,
  help = PLANS_1,
  call = "Before orders or procedures",
  feedback = "After the case",
) {
  const attending = attune.phone("a1");
  for (const label of [help, call, feedback]) await attending.taps(label);
}

/** Both have agreed to take part, and the goal of the first shift is asked. */
async function atGoal(days: readonly string[] = ["01", "02"]): Promise<Flow> {
  const roster = rosterOf(
    days.flatMap((day) => ["r1", "a1"].map((id) => `${id} 2026-12-${day}T08:00 2026-12-${day}T17:00`)),
  );
  const attune = await flow({ roster });
  await attune.until("2026-12-01T07:45");
  await attune.phone("r1").agrees();
  return attune;
}

describe("from a goal to two answers side by side", () => {
  // domain: The plan is asked of the attending
  // domain: The plan's head has, for each resident
  // domain: The plan does not show the resident's strategy replies
  it("sends the plan as soon as the goal is in, with the goal and without the resident's strategy", async () => {
    await using attune = await atGoal();

    await residentAnswers(attune);
    await attune.phone("a1").agrees();

    expect(attune.phone("a1").reads()).toContain(`Dr. r1 wants to work on: “${GOAL}”`);
    expect(attune.phone("a1").reads()).not.toContain("(x)");
    expect(attune.phone("r1").reads()).toContain(en.goal.waiting("Dr. a1"));
  });

  it("reveals nothing while only one partner has answered, and both answers to both afterwards", async () => {
    await using attune = await atGoal();
    await residentAnswers(attune);
    await attune.phone("a1").agrees();
    const before = attune.phone("a1").reads();

    await attendingAnswers(attune);

    expect(before).not.toContain("Dr. a1:");
    for (const id of ["r1", "a1"]) {
      const text = attune.phone(id).reads();
      expect(text).toContain(WANTS_3);
      expect(text).toContain(PLANS_1);
      expect(text).toContain("More help is planned than wanted.");
      expect(text).toContain(en.reveal.starters.help.more);
      expect(text).toContain("What did you settle on? (Help)");
    }
  });

  it("lets the attending suggest another goal, and the resident take it up", async () => {
    await using attune = await atGoal();
    await residentAnswers(attune);
    await attune.phone("a1").agrees();
    await attune.phone("a1").taps("Suggest another goal");
    await attune.phone("a1").taps("Resuscitation and stabilization");

    expect(attune.phone("r1").reads()).toContain(
      "Dr. a1 suggests another goal: Resuscitation and stabilization",
    );
    await attune.phone("r1").taps("Switch to this goal");

    expect(attune.phone("r1").reads()).toContain("You switched to this goal.");
    expect(attune.phone("a1").reads()).toMatch(/wants to work on.*: “Resuscitation and stabilization”/u);
  });
});

describe("after the shift and after the week", () => {
  it("looks back with both, and shows both answers once both have answered", async () => {
    await using attune = await atGoal();
    await residentAnswers(attune);
    await attune.phone("a1").agrees();
    await attendingAnswers(attune);

    await attune.until("2026-12-01T17:00");
    for (const id of ["r1", "a1"]) {
      expect(attune.phone(id).reads()).toContain("Looking back at the shift");
      await attune.phone(id).taps("Partly");
      await attune.phone(id).taps(en.debrief.feedbacks.yes);
      await attune.phone(id).taps(WANTS_3);
    }
    await attune.phone("r1").writes("Thank you for letting me try");
    await attune.phone("a1").taps("Skip");

    expect(attune.phone("a1").reads()).toContain("A line from Dr. r1: “Thank you for letting me try”");
    expect(attune.phone("a1").reads()).toContain("Dr. r1: Partly");
  });

  // domain: The debrief is asked of both
  it("asks nobody to look back on a shift without a goal", async () => {
    await using attune = await atGoal();

    await attune.until("2026-12-01T18:00");

    expect(attune.phone("r1").chat().join("\n")).not.toContain("Looking back");
    expect(attune.phone("a1").chat().join("\n")).not.toContain("Looking back");
  });

  // domain: Trust answers never reach the partner
  it("never shows an answer about trust to the partner", async () => {
    await using attune = await atGoal(["01"]);
    await residentAnswers(attune);
    await attune.phone("a1").agrees();
    await attune.until("2026-12-07T09:00");
    const resident = attune.phone("r1");
    const attending = attune.phone("a1");
    for (const phone of [resident, attending]) {
      await phone.taps("Agree");
      await phone.taps("Somewhat agree");
    }
    expect(resident.reads()).toContain("Visible to: only you.");
    await resident.taps("Disagree");
    await attending.taps("Neither");
    await resident.taps("Skip");
    await attending.writes("one case that you lead from the start");

    expect(resident.reads()).toContain(`${en.checkIn.labels["week-trust"]}: Disagree`);
    expect(resident.reads()).toContain("one case that you lead from the start");
    expect(resident.reads()).not.toContain("Neither");
    expect(attending.reads()).not.toContain("Disagree");
  });

  it("tells the attending of the week in a digest", async () => {
    await using attune = await atGoal(["01", "09"]);
    await residentAnswers(attune);
    await attune.phone("a1").agrees();
    await attendingAnswers(attune);

    await attune.until("2026-12-08T09:00");

    const digest = attune.phone("a1").reads();
    expect(digest).toContain("Your week with your residents");
    expect(digest).toContain(`Goals: ${GOAL}`);
    expect(digest).toContain("Still open: Help");
    expect(digest).toContain(en.digest.action("Dr. r1", en.strategy.help.label));
  });
});

it("asks once for all residents of a shift, or one by one", async () => {
  const program = programOf({ people: ["r1", "r2", "a1"] });
  const span = "2026-12-01T08:00 2026-12-01T17:00";
  await using attune = await flow({
    program,
    roster: rosterOf(["r1", "r2", "a1"].map((id) => `${id} ${span}`)),
  });
  await attune.until("2026-12-01T08:00");
  await attune.phone("a1").agrees();

  expect(attune.phone("a1").reads()).toContain("Answer once for your 2 residents?");
  await attune.phone("a1").taps("Same for everyone");
  await attendingAnswers(attune);

  expect(attune.phone("a1").reads()).toContain("Your plan is in.");
  for (const occasion of ["r1@2026-11-30T23:00Z", "r2@2026-11-30T23:00Z"]) {
    expect((await attune.store.replies(occasion)).map((reply) => reply.item)).toContain("help");
  }
});
