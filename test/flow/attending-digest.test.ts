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
        /^(?:Before|At the start of|On) your next shift together:|^次にご一緒する勤務(?:の前に|の初めに|で)：/u.test(
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

  const soon = (day: string) =>
    tongue.locale === "en" ? `Wed, Dec ${Number(day)} 08:00` : `12月${Number(day)}日（水） 8:00`;

  // domain: The attending's digest is weekly, about the residents
  // domain: A resident in full has the goals in their own words
  it("tells of a resident when they meet next, the goals and what came of them, what is open, and a starter", async () => {
    await using attune = await weekOf(tongue, "01: r1 a1", "03: r1 a1", "09: r1 a1");
    await setsGoal(attune, "r1", "01");
    await taps(attune, "a1", PLANS);
    await attune.until("2026-12-01T17:00");
    for (const id of ["r1", "a1"]) await looksBack(attune, id, "partly");
    await setsGoal(attune, "r1", "03", { about: "leading" });

    const text = await digest(attune, tongue);

    const { digest: told, labelled, lastTime, reveal } = say;
    expect(text).toContain(
      [
        told.residentOn(who("r1"), soon("9")),
        `${told.goals}: ${told.goalWith(labelled(goal("procedures"), LINE), told.outcomes.partly)}`,
        told.goalWith(labelled(goal("leading"), LINE), told.noOutcome),
        `${lastTime.open(help.label)}: ${reveal.directions.help.more}`,
        reveal.starters.help.more,
        // Not "last time": on the third they have not looked back.
        `${lastTime.happenedOn(tongue.locale === "en" ? "Tue, Dec 1" : "12月1日（火）")}: ${help.answers[2]}`,
        told.action(who("r1"), help.label),
      ].join("\n"),
    );
    expect(text).toContain(told.visible);
  });

  // domain: A resident in full has the goals in their own words
  it("tells what a goal changed to, in the resident's words, once both have looked back", async () => {
    await using attune = await weekOf(tongue, "01: r1 r2 a1", "09: r1 r2 a1");
    for (const id of ["r1", "r2"]) await setsGoal(attune, id, "01");
    await attune.until("2026-12-01T17:00");
    for (const id of ["r1", "r2"]) {
      await taps(attune, id, [say.debrief.outcomes.changed, goal("flow")]);
      await attune.phone(id).writes(`three patients of ${id}`);
      await taps(attune, id, [say.debrief.feedbacks.yes, help.answers[2], say.buttons.skip]);
    }
    await taps(attune, "a1", [say.plan.scopes.each]);
    await looksBack(attune, "a1", "yes", []);

    const text = await digest(attune, tongue);

    const { goalWith, outcomes, noOutcome } = say.digest;
    const named = say.labelled(goal("procedures"), LINE);
    const became = say.labelled(outcomes.changed, say.labelled(goal("flow"), "three patients of r1"));
    expect(text).toContain(`${say.digest.goals}: ${goalWith(named, became)}`);
    expect(text).toContain(`${say.digest.goals}: ${goalWith(named, noOutcome)}`);
    expect(text).not.toContain("three patients of r2");
  });

  // domain: A resident in full has the goals in their own words
  // domain: A mismatch is open → settled
  it("tells what was settled and what became of it, and the last wish", async () => {
    await using attune = await weekOf(tongue, "01: r1 a1", "09: r1 a1");
    await setsGoal(attune, "r1", "01");
    await taps(attune, "a1", PLANS);
    await attune.phone("r1").taps(say.settle.apart);
    await attune.until("2026-12-01T17:00");
    for (const id of ["r1", "a1"]) await looksBack(attune, id, "yes");
    await attune.until("2026-12-07T09:00");
    const agree = say.agreement[4];
    await taps(attune, "r1", [agree, agree, agree]);
    await attune.phone("r1").writes("your plan before mine");
    await taps(attune, "a1", [agree, agree, agree, say.buttons.skip]);

    const text = await digest(attune, tongue);

    expect(text).toContain(`${say.lastTime.settled(help.label)}: `);
    expect(text).toContain(say.settle.apart);
    expect(text).toContain(`${say.lastTime.happened}: ${help.answers[2]}`);
    expect(text).toContain(`${say.checkIn.nextFrom(who("r1"))}: your plan before mine`);
    expect(text).not.toContain(say.lastTime.open(help.label));
  });

  // domain: One optional line "one thing to try next time"
  it("tells a wish that the resident alone has said: it waits for nobody", async () => {
    await using attune = await weekOf(tongue, "01: r1 a1", "09: r1 a1");
    await setsGoal(attune, "r1", "01");
    await attune.until("2026-12-07T09:00");
    const agree = say.agreement[4];
    await taps(attune, "r1", [agree, agree, agree]);
    await attune.phone("r1").writes("your plan before mine");

    const text = await digest(attune, tongue);

    expect(text).toContain(`${say.checkIn.nextFrom(who("r1"))}: your plan before mine`);
    expect(text).toContain(say.digest.actionWish(who("r1")));
    expect(text).not.toContain(agree);
  });

  // domain: The attending's digest has nothing about trust
  it("tells only the category of a goal, and of a private one nothing at all", async () => {
    await using attune = await weekOf(tongue, "01: r1 r2 r3 a1", "09: r1 r2 r3 a1");
    await setsGoal(attune, "r1", "01");
    await setsGoal(attune, "r2", "01", { share: "category" });
    await setsGoal(attune, "r3", "01", { share: "private" });

    const text = await digest(attune, tongue);

    const told = (line: string) => say.digest.goalWith(line, say.digest.noOutcome);
    const goals = text.split("\n").filter((line) => line.startsWith(`${say.digest.goals}: `));
    expect(goals).toEqual([
      `${say.digest.goals}: ${told(say.labelled(goal("procedures"), LINE))}`,
      `${say.digest.goals}: ${told(goal("procedures"))}`,
    ]);
    expect(text).not.toContain(who("r3"));
  });

  // domain: The attending's digest has nothing about trust
  it("tells nothing of what the resident alone has answered, or of another attending's answers", async () => {
    await using attune = await weekOf(tongue, "01: r1 a1 a2", "09: r1 a1 a2");
    await setsGoal(attune, "r1", "01");
    await taps(attune, "a2", PLANS);
    await attune.until("2026-12-01T17:00");
    await looksBack(attune, "r1", "no-chance", [say.debrief.whomNobody]);
    await looksBack(attune, "a2", "no-chance");

    const text = await digest(attune, tongue);

    expect(text).not.toContain(say.digest.outcomes["no-chance"]);
    expect(text).not.toContain(help.label);
    for (const answer of [...WANTS, ...PLANS, who("a2")]) expect(text).not.toContain(answer);
    expect(await digest(attune, tongue, "a2")).toContain(say.lastTime.open(help.label));
  });

  // domain: The attending's digest has nothing about trust
  it("tells nothing about trust, though both have answered", async () => {
    await using attune = await weekOf(tongue, "01: r1 a1", "09: r1 a1");
    await attune.until("2026-12-07T09:00");
    const [low, high] = [say.agreement[1], say.agreement[5]];
    await taps(attune, "r1", [high, high, low, say.buttons.skip]);
    await taps(attune, "a1", [low, high, high, say.buttons.skip]);

    const text = await digest(attune, tongue);

    expect(text).toContain(say.lastTime.open(say.checkIn.labels["week-goal"]));
    expect(text).not.toContain(say.checkIn.labels["week-trust"]);
    for (const answer of [low, high]) expect(text).not.toContain(answer);
  });

  // domain: The attending's digest is weekly, about the residents
  it("is about the residents of the next shifts by date, three in full and the others in a line, and leaves out who has nothing", async () => {
    await using attune = await weekOf(
      tongue,
      "01: r1 r2 r3 r4 r5 r6 a1",
      "09: r3 r6 a1",
      "10: r1 r4 a1",
      "16: r2 a1",
    );
    for (const id of ["r1", "r2", "r3", "r4", "r5"]) await setsGoal(attune, id, "01");

    const text = await digest(attune, tongue);

    const headed = (id: string) => text.indexOf(`${who(id)}${tongue.locale === "en" ? " · " : "・"}`);
    const [r1, r2, r3, r4] = ["r1", "r2", "r3", "r4"].map(headed);
    expect([r3, r1, r4, text.indexOf(say.digest.others), r2]).toEqual(
      [r3, r1, r4, text.indexOf(say.digest.others), r2].toSorted((a, b) => a! - b!),
    );
    expect(r3).toBeGreaterThan(0);
    expect(text).toContain(
      `${say.digest.residentOn(who("r2"), soon("16"))}: ${say.digest.goalWith(say.labelled(goal("procedures"), LINE), say.digest.noOutcome)}`,
    );
    // One whom they meet no more, and one who said nothing.
    for (const id of ["r5", "r6"]) expect(text).not.toContain(who(id));
    expect(ideas(text)).toHaveLength(3);
  });

  // domain: The attending's digest is not sent where there is nothing
  it("does not come where nothing was shared, and where nobody is met again", async () => {
    await using nothing = await weekOf(tongue, "01: r1 a1", "09: r1 a1");
    await using nobody = await weekOf(tongue, "01: r1 a1");
    await setsGoal(nobody, "r1", "01");

    expect(await digest(nothing, tongue)).toBeUndefined();
    expect(await digest(nobody, tongue)).toBeUndefined();
  });

  // domain: The attending's digest has one suggested action
  it("has one idea for each in full: a difference first, then a goal without a chance, then feedback", async () => {
    await using attune = await weekOf(tongue, "01: r1 r2 r3 a1", "09: r1 r2 r3 a1");
    for (const id of ["r1", "r2", "r3"]) await setsGoal(attune, id, "01");
    await taps(attune, "a1", [say.plan.scopes.each, ...PLANS, ...WANTS, ...WANTS]);
    await attune.until("2026-12-01T17:00");
    await looksBack(attune, "r2", "no-chance");
    await taps(attune, "a1", [say.plan.scopes.each]);
    await looksBack(attune, "a1", "yes", []);
    await looksBack(attune, "a1", "no-chance", []);
    await looksBack(attune, "a1", "yes", [say.debrief.whomNobody]);

    const text = await digest(attune, tongue);

    expect(ideas(text)).toEqual([
      say.digest.action(who("r1"), help.label),
      say.digest.actionGoal(who("r2"), LINE),
      say.digest.actionFeedback(who("r3")),
    ]);
  });

  it("names a goal once with the same outcome, and suggests none that had no chance before it had one", async () => {
    await using attune = await weekOf(
      tongue,
      "01: r1 a1",
      "02: r1 a1",
      "03: r1 a1",
      "04: r1 a1",
      "09: r1 a1",
    );
    for (const [day, outcome] of [
      ["01", "no-chance"],
      ["02", "yes"],
      ["03", "yes"],
      ["04", undefined],
    ] as const) {
      await setsGoal(attune, "r1", day);
      await attune.until(`2026-12-${day}T17:00`);
      if (outcome !== undefined) for (const id of ["r1", "a1"]) await looksBack(attune, id, outcome);
    }

    const text = await digest(attune, tongue);

    const { outcomes, goalWith, onShifts, noOutcome } = say.digest;
    const named = say.labelled(goal("procedures"), LINE);
    const lines = [outcomes["no-chance"], onShifts(outcomes.yes, 2), noOutcome].map((said) =>
      goalWith(named, said),
    );
    expect(text).toContain(`${say.digest.goals}: ${lines.join("\n")}\n`);
    expect(ideas(text)).toEqual([say.digest.actionFeedback(who("r1"))]);
  });

  // domain: The attending's digest has one suggested action
  it("suggests about a resident what the digest before did not", async () => {
    await using attune = await weekOf(tongue, "01: r1 a1", "09: r1 a1", "16: r1 a1", "23: r1 a1");
    await setsGoal(attune, "r1", "01");
    await taps(attune, "a1", PLANS);
    const written = async (day: string) => {
      await attune.until(`2026-12-${day}T09:00`);
      const all = attune.phone("a1").chat();
      return ideas(all.findLast((text) => text.startsWith(`# ${say.digest.title}`))!);
    };

    const three = [await written("08"), await written("15"), await written("22")];

    expect(three).toEqual([
      [say.digest.action(who("r1"), help.label)],
      [say.digest.actionFeedback(who("r1"))],
      [say.digest.action(who("r1"), help.label)],
    ]);
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

  // domain: The attending's digest is weekly, about the residents
  describe("that has waited for the next start of duty", () => {
    /** On duty on its own Tuesday, the attending gets it as Wednesday's shift begins. */
    async function onWednesday(attune: Flow): Promise<string | undefined> {
      await attune.until("2026-12-09T08:00");
      return attune
        .phone("a1")
        .chat()
        .find((text) => text.startsWith(`# ${say.digest.title}`));
    }

    it("is about the shift that it arrives with, also where that is the last one", async () => {
      await using attune = await weekOf(tongue, "01: r1 r2 a1", "08: r1 a1", "09: r2 a1");
      for (const id of ["r1", "r2"]) await setsGoal(attune, id, "01");
      await taps(attune, "a1", [say.plan.scopes.all, ...PLANS]);

      const text = await onWednesday(attune);

      expect(text).toContain(say.digest.residentOn(who("r2"), soon("9")));
      expect(text).toContain(say.lastTime.open(help.label));
      expect(text).toContain(say.digest.action(who("r2"), help.label, true));
      expect(text).not.toContain(who("r1"));
    });

    it("names that shift, and not a later one with the same resident", async () => {
      await using attune = await weekOf(tongue, "01: r1 r2 a1", "08: r1 a1", "09: r2 a1", "16: r1 r2 a1");
      for (const id of ["r1", "r2"]) await setsGoal(attune, id, "01");

      const text = await onWednesday(attune);

      expect(text).toContain(say.digest.residentOn(who("r2"), soon("9")));
      expect(text).toContain(say.digest.residentOn(who("r1"), soon("16")));
      expect(text).not.toContain(say.digest.residentOn(who("r2"), soon("16")));
    });

    it("still tells the wish for that shift, and says nothing yet of what becomes of its goal", async () => {
      await using attune = await weekOf(tongue, "01: r2 a1", "08: r1 a1", "09: r2 a1");
      await setsGoal(attune, "r2", "01");
      await attune.until("2026-12-07T09:00");
      const agree = say.agreement[4];
      await taps(attune, "r2", [agree, agree, agree]);
      await attune.phone("r2").writes("your plan before mine");
      await setsGoal(attune, "r2", "09", { about: "leading" });

      const text = await onWednesday(attune);

      expect(text).toContain(`${say.checkIn.nextFrom(who("r2"))}: your plan before mine`);
      expect(text).toContain(say.digest.actionWish(who("r2"), true));
      expect(text).not.toContain(goal("leading"));
    });
  });

  it("waits for the end of a pause, and comes at the civil hour of that day", async () => {
    await using attune = await weekOf(tongue, "01: r1 a1", "14: r1 a1");
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
