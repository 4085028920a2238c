import { describe, expect, it } from "vitest";
import { flow, type Flow } from "#test/support/attune.ts";
import { programOf, rosterOf } from "#test/support/programs.ts";
import { taps } from "#test/support/together.ts";
import { takePart, TONGUES, type Tongue } from "#test/support/tongues.ts";

const LINE = "one central line";

/** Each shift as "day: people", from 08:00 to 17:00; its people have all agreed to take part. */
async function weekOf({ locale, say }: Tongue, ...shifts: readonly string[]): Promise<Flow> {
  const duties = shifts.flatMap((shift) => {
    const [day, ids] = shift.split(": ");
    return ids!.split(" ").map((id) => [id, `${id} 2026-12-${day}T08:00 2026-12-${day}T17:00`] as const);
  });
  const people = [...new Set(duties.map(([id]) => id))].toSorted();
  const attune = await flow({
    program: programOf({ people, locale }),
    roster: rosterOf(duties.map(([, text]) => text)),
  });
  await takePart(attune, say, people);
  return attune;
}

/** An attending's digest of the first week, on the Tuesday after it. */
async function digest(attune: Flow, { say }: Tongue, id = "a1"): Promise<string> {
  await attune.until("2026-12-08T09:00");
  return attune
    .phone(id)
    .chat()
    .find((text) => text.startsWith(`# ${say.digest.title}`))!;
}

describe.each(TONGUES)("the attending's digest, in $locale", (tongue) => {
  const { say, goal, who } = tongue;
  const { help, call, feedback } = say.strategy;
  const WANTS = [help.answers[3], call.answers[1], feedback.answers.after];
  const PLANS = [help.answers[1], call.answers[1], feedback.answers.after];
  const ideas = (text: string) =>
    text
      .split("\n")
      .filter((line) =>
        /^(?:Before|At the start of) your next shift|^No shift with|^次の勤務の|との勤務は、今のところ/u.test(
          line,
        ),
      );

  /** A day's goal of a resident, with a line of their own; it is shared in full when nothing else is said. */
  async function setsGoal(
    attune: Flow,
    id: string,
    day: string,
    { share, about = "procedures" }: { share?: "category" | "private"; about?: string } = {},
  ) {
    await attune.until(`2026-12-${day}T07:45`);
    if (share !== undefined) await taps(attune, id, [say.buttons.share, say.goal.shares[share]]);
    await taps(attune, id, [goal(about)]);
    await attune.phone(id).writes(LINE);
    await taps(attune, id, WANTS);
  }

  /** `last`: what is tapped in place of a line. */
  const looksBack = (
    attune: Flow,
    id: string,
    outcome: "yes" | "partly" | "no-chance",
    last: readonly string[] = [say.buttons.skip],
  ) => taps(attune, id, [say.debrief.outcomes[outcome], say.debrief.feedbacks.yes, help.answers[2], ...last]);

  // domain: The attending's digest is weekly, about the residents
  it("tells of each resident the goals and what came of them, the differences, and the next shift", async () => {
    await using attune = await weekOf(tongue, "01: r1 a1", "03: r1 a1", "09: r1 a1");
    await setsGoal(attune, "r1", "01");
    await taps(attune, "a1", PLANS);
    await attune.until("2026-12-01T17:00");
    for (const id of ["r1", "a1"]) await looksBack(attune, id, "partly");
    await setsGoal(attune, "r1", "03", { about: "leading" });

    const text = await digest(attune, tongue);

    const { digest: told } = say;
    expect(text).toContain(
      [
        who("r1"),
        `${told.goals}: ${told.goalWith(goal("procedures"), told.outcomes.partly)}`,
        told.goalWith(goal("leading"), told.noOutcome),
        `${told.differences}: ${told.open(help.label)}`,
        `${told.nextShift}: ${tongue.locale === "en" ? "Wed, Dec 9 08:00" : "12月9日(水) 08:00"}`,
        told.action(who("r1"), help.label),
      ].join("\n"),
    );
    expect(text).toContain(told.visible);
  });

  // domain: The attending's digest is weekly, about the residents
  // domain: A mismatch is open → settled
  it("tells what was settled apart from what is still to be", async () => {
    await using attune = await weekOf(tongue, "01: r1 a1", "09: r1 a1");
    await setsGoal(attune, "r1", "01");
    await taps(attune, "a1", PLANS);
    await attune.phone("r1").taps(say.settle.apart);

    const text = await digest(attune, tongue);

    expect(text).toContain(say.digest.settled(help.label));
    expect(text).not.toContain(say.digest.open(help.label));
  });

  // domain: The attending's digest has nothing about trust
  it("tells only the category of a goal, and of a private one nothing at all", async () => {
    await using attune = await weekOf(tongue, "01: r1 r2 r3 a1", "09: r1 a1");
    await setsGoal(attune, "r1", "01");
    await setsGoal(attune, "r2", "01", { share: "category" });
    await setsGoal(attune, "r3", "01", { share: "private" });

    const text = await digest(attune, tongue);

    const goals = text.split("\n").filter((line) => line.startsWith(`${say.digest.goals}: `));
    const shown = `${say.digest.goals}: ${say.digest.goalWith(goal("procedures"), say.digest.noOutcome)}`;
    expect(goals).toEqual([shown, shown, `${say.digest.goals}: ${say.digest.noGoals}`]);
    expect(text).not.toContain(LINE);
  });

  // domain: The attending's digest has nothing about trust
  it("tells nothing of what the resident alone has answered, or of another attending's answers", async () => {
    await using attune = await weekOf(tongue, "01: r1 a1 a2", "09: r1 a1");
    await setsGoal(attune, "r1", "01");
    await taps(attune, "a2", PLANS);
    await attune.until("2026-12-01T17:00");
    await looksBack(attune, "r1", "no-chance", [say.debrief.whomNobody]);
    await looksBack(attune, "a2", "no-chance");

    const text = await digest(attune, tongue);

    expect(text).not.toContain(say.digest.outcomes["no-chance"]);
    expect(text).not.toContain(help.label);
    for (const answer of [...WANTS, ...PLANS, who("a2")]) expect(text).not.toContain(answer);
    expect(await digest(attune, tongue, "a2")).toContain(say.digest.open(help.label));
  });

  // domain: The attending's digest has nothing about trust
  it("tells nothing about trust, though both have answered", async () => {
    await using attune = await weekOf(tongue, "01: r1 a1", "09: r1 a1");
    await attune.until("2026-12-07T09:00");
    const [low, high] = [say.agreement[1], say.agreement[5]];
    await taps(attune, "r1", [high, high, low, say.buttons.skip]);
    await taps(attune, "a1", [low, high, high, say.buttons.skip]);

    const text = await digest(attune, tongue);

    expect(text).toContain(say.digest.open(say.checkIn.labels["week-goal"]));
    expect(text).not.toContain(say.checkIn.labels["week-trust"]);
    for (const answer of [low, high]) expect(text).not.toContain(answer);
  });

  // domain: The attending's digest is weekly, about the residents
  it("is about the residents of the week and of the next, and about nobody else", async () => {
    await using attune = await weekOf(tongue, "01: r1 a1", "09: r2 a1", "15: r3 a1", "02: r4 a2");

    const text = await digest(attune, tongue);

    for (const id of ["r1", "r2"]) expect(text).toContain(`\n${who(id)}\n`);
    for (const id of ["r3", "r4"]) expect(text).not.toContain(who(id));
  });

  // domain: The attending's digest has one suggested action
  it("has one idea for each: a difference first, then a goal without a chance, then a first goal", async () => {
    await using attune = await weekOf(tongue, "01: r1 r2 r3 a1", "09: r1 r2 r3 a1");
    for (const id of ["r1", "r2"]) await setsGoal(attune, id, "01");
    await taps(attune, "a1", [say.plan.scopes.each, ...PLANS, ...WANTS]);
    await attune.until("2026-12-01T17:00");
    await looksBack(attune, "r2", "no-chance");
    await taps(attune, "a1", [say.plan.scopes.each]);
    await looksBack(attune, "a1", "yes", []);
    await looksBack(attune, "a1", "no-chance", [say.debrief.whomNobody]);

    const text = await digest(attune, tongue);

    expect(ideas(text)).toEqual([
      say.digest.action(who("r1"), help.label),
      say.digest.actionGoal(who("r2"), goal("procedures")),
      say.digest.actionNext(who("r3")),
    ]);
  });

  it("promises no next shift where none is on the roster", async () => {
    await using attune = await weekOf(tongue, "01: r1 a1");

    const text = await digest(attune, tongue);

    expect(ideas(text)).toEqual([say.digest.actionLater(who("r1"))]);
    expect(text).toContain(`${say.digest.nextShift}: ${say.digest.noNextShift}`);
    expect(text).not.toMatch(/your next shift|次の勤務/);
  });

  // domain: The attending's digest tells the attending's own reply rate
  it("ends with how much of what was asked the attending has answered", async () => {
    await using attune = await weekOf(tongue, "01: r1 a1", "03: r1 a1", "09: r1 a1");
    await setsGoal(attune, "r1", "01");
    await taps(attune, "a1", PLANS);

    const text = await digest(attune, tongue);

    // The plan of the first day, its look back, and the plan of the third.
    expect(text).toContain(say.digest.rate(1, 3));
  });

  it("waits for the end of a pause, and comes at the civil hour of that day", async () => {
    await using attune = await weekOf(tongue, "01: r1 a1");
    await setsGoal(attune, "r1", "01");
    await attune.phone("a1").says("pause until 2026-12-10");
    const digests = () =>
      attune
        .phone("a1")
        .chat()
        .filter((text) => text.startsWith(`# ${say.digest.title}`));

    await attune.until("2026-12-10T08:59");
    expect(digests()).toEqual([]);
    await attune.until("2026-12-10T09:00");

    expect(digests()).toHaveLength(1);
  });
});
