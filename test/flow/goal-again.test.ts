import { describe, expect, it } from "vitest";
import type { Address } from "#src/domain/person.ts";
import { tapsOf } from "#src/card/act.ts";
import { DEFAULT_GOALS } from "#src/domain/goals.ts";
import { plans } from "#test/support/answered-shifts.ts";
import { flow, type Flow } from "#test/support/attune.ts";
import { programOf } from "#test/support/programs.ts";
import { taps, together } from "#test/support/together.ts";
import { takePart, TONGUES, type Tongue } from "#test/support/tongues.ts";

const LINE = "one central line, from set-up to dressing";

/** Every other day on duty together, with everybody taking part. */
async function aRotation({ locale, say }: Tongue): Promise<Flow> {
  const attune = await flow({
    program: programOf({ locale }),
    roster: together(["r1", "a1"], ["01", "03", "05", "07"]),
  });
  await takePart(attune, say, ["r1", "a1"]);
  return attune;
}

/** What the newest message offers to r1 to choose from. */
const offered = (attune: Flow) => {
  const { card } = attune.cloud.chat("r1" as Address).at(-1)!;
  return card.blocks.flatMap((block) => (block.type === "question" ? block.choices : []));
};

describe.each(TONGUES)("the next goal, in $locale", (tongue) => {
  const { say, goal, who } = tongue;
  const { help, call, feedback } = say.strategy;
  const WANTS = [help.answers[3], call.answers[2], feedback.answers.after];
  /** A line for each: what one tap takes over is read before it is tapped. */
  const IN_FULL = [
    `${say.goal.lastTime}: ${say.labelled(goal("procedures"), LINE)}`,
    `${help.label}: ${help.answers[3]}`,
    `${call.label}: ${call.answers[2]}`,
    `${feedback.label}: ${feedback.answers.after}`,
  ].join("\n");

  async function sets(attune: Flow, day: string, id: string, line?: string): Promise<void> {
    await attune.until(`2026-12-${day}T07:45`);
    await attune.phone("r1").taps(goal(id));
    if (line === undefined) await attune.phone("r1").taps(say.buttons.skip);
    else await attune.phone("r1").writes(line);
    await taps(attune, "r1", WANTS);
  }
  const looksBack = async (attune: Flow, day: string, outcome: keyof typeof say.debrief.outcomes) => {
    await attune.until(`2026-12-${day}T17:00`);
    await attune.phone("r1").taps(say.debrief.outcomes[outcome]);
  };

  // domain: Same as last time takes over goal, line
  it("offers the same as last time, shown in full, in one tap: goal, line and strategy answers", async () => {
    await using attune = await aRotation(tongue);
    await sets(attune, "01", "procedures", LINE);
    await attune.until("2026-12-03T07:45");
    const [first] = offered(attune);

    const asked = attune.phone("r1").reads();

    await attune.phone("r1").taps(say.goal.same);
    await attune.until("2026-12-03T08:00");

    expect(asked).toContain(IN_FULL);
    expect(first).toMatchObject({ label: say.goal.same });
    expect(attune.phone("r1").reads()).toContain(say.goal.saved);
    for (const answer of [goal("procedures"), LINE, ...WANTS])
      expect(attune.phone("r1").reads()).toContain(answer);
    expect(attune.phone("a1").reads()).toContain(
      `${say.plan.goalOf(who("r1"))}: “${say.labelled(goal("procedures"), LINE)}”`,
    );
  });

  it("offers no goal again that the hospital has taken off its list", async () => {
    await using attune = await aRotation(tongue);
    await sets(attune, "01", "procedures", LINE);
    const goals = DEFAULT_GOALS.filter(({ id }) => id !== "procedures");
    await attune.reopens({ ...programOf({ locale: tongue.locale }), goals }, await attune.store.roster());

    await attune.until("2026-12-03T07:45");

    expect(attune.phone("r1").reads()).toContain(say.goal.title);
    expect(offered(attune).map(({ label }) => label)).not.toContain(say.goal.same);
  });

  // domain: Same as last time takes over goal, line
  it("keeps each answer changeable that was taken over", async () => {
    await using attune = await aRotation(tongue);
    await sets(attune, "01", "procedures", LINE);
    await attune.until("2026-12-03T07:45");

    await attune.phone("r1").taps(say.goal.same);

    const changes = tapsOf(attune.cloud.chat("r1" as Address).at(-1)!.card).filter(
      ({ meaning }) => meaning.verb === "ask",
    );
    const items = changes.flatMap(({ meaning }) => (meaning.verb === "ask" ? [meaning.item] : []));
    expect(items).toEqual(["goal", "line", "help", "call", "feedback", "share"]);
  });

  it("is shared as little as last time, and the tap says so", async () => {
    await using attune = await aRotation(tongue);
    await attune.until("2026-12-01T07:45");
    await taps(attune, "r1", [say.buttons.share, say.goal.shares.private]);
    await sets(attune, "01", "procedures", LINE);
    await attune.until("2026-12-03T07:45");
    const asked = attune.phone("r1").reads();

    await attune.phone("r1").taps(say.goal.same);
    await attune.until("2026-12-03T08:00");

    expect(asked).toContain(`${IN_FULL}\n${say.goal.shareLabel}: ${say.goal.shares.private}`);
    expect(attune.phone("r1").reads()).toContain(say.seenOf(say.visible.goalPrivate, ""));
    expect(attune.phone("a1").reads()).toContain(say.plan.noGoal(who("r1")));
  });

  it("is shared as the resident has said on this shift already, whatever it was last time", async () => {
    await using attune = await aRotation(tongue);
    await attune.until("2026-12-01T07:45");
    await taps(attune, "r1", [say.buttons.share, say.goal.shares.category]);
    await sets(attune, "01", "procedures", LINE);
    await attune.until("2026-12-03T07:45");

    await taps(attune, "r1", [say.buttons.share, say.goal.shares.private, say.buttons.back]);
    await attune.phone("r1").taps(offered(attune)[0]!.label);
    await attune.until("2026-12-03T08:00");

    expect(attune.phone("r1").reads()).toContain(say.seenOf(say.visible.goalPrivate, ""));
    expect(attune.phone("a1").reads()).toContain(say.plan.noGoal(who("r1")));
  });

  // domain: Same as last time takes over goal, line
  describe("where the goal changed on the shift", () => {
    const READ = "read the film before the report";

    /** The resident says what the goal changed to, and stands before the next one. */
    async function changes(attune: Flow, to: string, line: string | undefined): Promise<void> {
      await looksBack(attune, "01", "changed");
      await attune.phone("r1").taps(goal(to));
      if (line === undefined) await attune.phone("r1").taps(say.buttons.skip);
      else await attune.phone("r1").writes(line);
      await attune.until("2026-12-03T07:45");
    }

    it("begins with what the resident changed it to, and its line, and not with what was given up", async () => {
      await using attune = await aRotation(tongue);
      await sets(attune, "01", "procedures", LINE);
      await changes(attune, "flow", READ);
      const asked = attune.phone("r1").reads();
      const labels = offered(attune).map(({ label }) => label);

      await attune.phone("r1").taps(say.goal.same);
      await attune.until("2026-12-03T08:00");

      const became = say.labelled(goal("flow"), READ);
      expect(asked).toContain(`${say.goal.lastTime}: ${became}\n${IN_FULL.split("\n").slice(1).join("\n")}`);
      expect(asked).not.toContain(LINE);
      expect(labels.slice(0, 3)).toEqual([say.goal.same, goal("flow"), goal("procedures")]);
      expect(attune.phone("a1").reads()).toContain(`${say.plan.goalOf(who("r1"))}: “${became}”`);
    });

    it("is told with what it changed to among the resident's goals", async () => {
      await using attune = await aRotation(tongue);
      await sets(attune, "01", "procedures", LINE);
      await changes(attune, "flow", READ);
      const { goalWith, outcomes } = say.digest;
      const told = goalWith(
        say.labelled(goal("procedures"), LINE),
        say.labelled(outcomes.changed, say.labelled(goal("flow"), READ)),
      );

      for (const page of ["home", "my rotation"]) {
        await attune.phone("r1").says(page);

        expect(attune.phone("r1").reads()).toContain(told);
      }
    });

    it("never keeps the line of the goal that was given up", async () => {
      await using attune = await aRotation(tongue);
      await sets(attune, "01", "procedures", LINE);
      await changes(attune, "flow", undefined);

      await attune.phone("r1").taps(say.goal.same);
      await attune.until("2026-12-03T08:00");

      expect(attune.phone("a1").reads()).toContain(`${say.plan.goalOf(who("r1"))}: “${goal("flow")}”`);
      expect(attune.phone("r1").reads()).not.toContain(LINE);
    });

    it("is what the resident says, and not what the attending says of it", async () => {
      await using attune = await aRotation(tongue);
      await sets(attune, "01", "procedures", LINE);
      await plans(attune, tongue, [3, 2, "after"]);
      await looksBack(attune, "01", "yes");
      await taps(attune, "a1", [say.debrief.outcomes.changed, goal("flow"), say.buttons.skip]);

      await attune.until("2026-12-03T07:45");

      expect(attune.phone("r1").reads()).toContain(IN_FULL);
    });

    it("is the first goal again where the resident takes back that it changed", async () => {
      await using attune = await aRotation(tongue);
      await sets(attune, "01", "procedures", LINE);
      await looksBack(attune, "01", "changed");
      await taps(attune, "r1", [
        goal("flow"),
        say.buttons.skip,
        say.buttons.change,
        say.debrief.outcomes.yes,
      ]);

      await attune.until("2026-12-03T07:45");

      expect(attune.phone("r1").reads()).toContain(IN_FULL);
    });

    it("is shared as little as the goal that it took the place of", async () => {
      await using attune = await aRotation(tongue);
      await attune.until("2026-12-01T07:45");
      await taps(attune, "r1", [say.buttons.share, say.goal.shares.private]);
      await sets(attune, "01", "procedures", LINE);
      await changes(attune, "flow", READ);
      const asked = attune.phone("r1").reads();

      await attune.phone("r1").taps(say.goal.same);
      await attune.until("2026-12-03T08:00");

      expect(asked).toContain(say.labelled(goal("flow"), READ));
      expect(asked).toContain(`${say.goal.shareLabel}: ${say.goal.shares.private}`);
      expect(attune.phone("r1").reads()).toContain(say.seenOf(say.visible.goalPrivate, ""));
      expect(attune.phone("a1").reads()).toContain(say.plan.noGoal(who("r1")));
      expect(attune.phone("a1").chat().join("\n")).not.toContain(READ);
    });
  });

  // domain: The last unfinished goal stands next
  it.each([
    ["partly", true],
    ["no-chance", true],
    ["yes", false],
    ["changed", false],
  ] as const)(
    "offers the last unfinished goal by its own line: after “%s” %s",
    async (outcome, isOffered) => {
      await using attune = await aRotation(tongue);
      await sets(attune, "01", "procedures", LINE);
      await looksBack(attune, "01", outcome);
      await attune.until("2026-12-03T07:45");

      expect(
        offered(attune)
          .map(({ label }) => label)
          .includes(say.goal.unfinished(LINE)),
      ).toBe(isOffered);
    },
  );

  // domain: The last unfinished goal stands next
  it("takes up the unfinished goal with its line, and asks for help, calls and feedback anew", async () => {
    await using attune = await aRotation(tongue);
    await sets(attune, "01", "procedures", LINE);
    await looksBack(attune, "01", "partly");
    await attune.until("2026-12-03T07:45");

    await attune.phone("r1").taps(say.goal.unfinished(LINE));

    expect(attune.phone("r1").reads()).toContain(`2/4 ${help.resident}`);
    expect(attune.phone("r1").reads()).toContain(LINE);
  });

  // domain: Goals used most come after it
  // domain: The first screen has six choices at most
  it("offers those used most by this resident next, in six choices at most", async () => {
    await using attune = await aRotation(tongue);
    await sets(attune, "01", "leading");
    await sets(attune, "03", "flow");
    await sets(attune, "05", "leading");
    await looksBack(attune, "05", "partly");
    await attune.until("2026-12-07T07:45");

    const labels = offered(attune).map(({ label }) => label);

    expect(labels).toHaveLength(6);
    expect(labels.slice(1)).toEqual([
      say.goal.unfinished(goal("leading")),
      goal("leading"),
      goal("flow"),
      say.goal.others,
      say.goal.none,
    ]);
  });

  // domain: Same as last time takes over goal, line
  it("offers nothing of another rotation", async () => {
    const program = programOf({ locale: tongue.locale });
    const [rotation] = program.rotations;
    const rotations = [
      { ...rotation!, to: "2026-12-02" as never },
      { ...rotation!, name: "next", from: "2026-12-03" as never },
    ];
    await using attune = await flow({
      program: { ...program, rotations },
      roster: together(["r1", "a1"], ["01", "03"]),
    });
    await takePart(attune, say, ["r1", "a1"]);
    await sets(attune, "01", "procedures", LINE);
    await looksBack(attune, "01", "partly");
    await attune.until("2026-12-03T07:45");

    expect(offered(attune)[0]?.label).toBe(goal(DEFAULT_GOALS[0]!.id));
  });

  // domain: A button's label typed is the button
  it("takes a typed number or label of the first screen for what stands there", async () => {
    await using attune = await aRotation(tongue);
    await sets(attune, "01", "procedures", LINE);
    await attune.until("2026-12-03T07:45");

    await attune.phone("r1").says("1");

    expect(attune.phone("r1").chat().join("\n")).toContain(say.goal.saved);
    await attune.until("2026-12-05T07:45");
    await attune.phone("r1").says(goal("leading"));
    expect(attune.phone("r1").chat().join("\n")).toContain(say.goal.examples["leading"]);
  });
});
