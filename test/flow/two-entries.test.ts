import { describe, expect, it } from "vitest";
import { flow, type Flow } from "#test/support/attune.ts";
import { programOf, rosterOf } from "#test/support/programs.ts";
import { taps } from "#test/support/together.ts";
import { takePart, TONGUES } from "#test/support/tongues.ts";

const MORNING = "r1 2026-12-01T08:00 2026-12-01T12:00";
const AFTERNOON = "r1 2026-12-01T12:00 2026-12-01T18:00";
const ALL_DAY = "a1 2026-12-01T08:00 2026-12-01T18:00";

// domain: The plan then asks help
describe.each(TONGUES)(
  "a resident with two entries within one shift of an attending, in $locale",
  (tongue) => {
    const { locale, say, goal, who } = tongue;
    const { help, call, feedback } = say.strategy;
    const WANTS = [help.answers[4], call.answers[2], feedback.answers.end];
    const PLANS = [help.answers[1], call.answers[2], feedback.answers.end];
    const BOTH_OF_THEM = locale === "en" ? `${who("r1")} and ${who("r1")}` : `${who("r1")}、${who("r1")}`;

    async function day(...others: readonly string[]): Promise<Flow> {
      const people = ["r1", "a1", ...others.map((text) => text.split(" ", 1)[0]!)];
      const attune = await flow({
        program: programOf({ people, locale }),
        roster: rosterOf([MORNING, AFTERNOON, ALL_DAY, ...others]),
      });
      await takePart(attune, say, people);
      await attune.until("2026-12-01T07:45");
      await taps(attune, "r1", [goal("tests"), say.buttons.skip, ...WANTS]);
      await attune.until("2026-12-01T08:00");
      return attune;
    }

    /** Both have answered about the morning, and the resident about the afternoon: help differs on each. */
    async function bothAnswered(): Promise<Flow> {
      const attune = await day();
      await taps(attune, "a1", PLANS);
      await attune.until("2026-12-01T12:00");
      await taps(attune, "r1", [goal("flow"), say.buttons.skip, ...WANTS]);
      return attune;
    }

    /** The resident's goals: of the morning, and of the afternoon. */
    const goals = (attune: Flow): readonly string[] =>
      attune
        .phone("r1")
        .chat()
        .filter((text) => text.startsWith(`# ${say.goal.title}`));
    const settled = say.settle.label(help.label);
    const areSettledOn = (attune: Flow, on: string): readonly boolean[] =>
      goals(attune).map((text) => text.includes(`${settled}: ${on}`));

    it("is planned with once: one person is nothing to group", async () => {
      await using attune = await day();
      const asked = attune.phone("a1").reads();

      await taps(attune, "a1", PLANS);

      expect(asked).toContain(`1/3 ${help.attending(who("r1"))}`);
      expect(asked).not.toContain(say.plan.scopes.all);
      expect(asked).not.toContain(BOTH_OF_THEM);
      expect(asked).toContain(say.plan.safetyConfirm(who("r1")));
      expect(asked).not.toContain(say.plan.noGoal(who("r1")));
      expect(attune.phone("a1").reads()).toContain(say.plan.saved);
    });

    it("sees the plan for the second shift as soon as they have said what they want on it", async () => {
      await using attune = await bothAnswered();

      const card = goals(attune).at(-1);
      expect(card).toContain(say.reveal.directions.help.more);
      expect(card).toContain(help.answers[1]);
    });

    it("is put first in safety on both", async () => {
      await using attune = await day();
      await taps(attune, "a1", [say.buttons.safety]);

      await attune.until("2026-12-01T12:00");
      await taps(attune, "r1", [goal("flow"), say.buttons.skip, ...WANTS]);

      expect(attune.phone("a1").reads()).toContain(say.plan.saved);
      expect(goals(attune).map((text) => text.includes(say.reveal.safety))).toEqual([true, true]);
    });

    it("is looked back on once, with both goals above the question, and gets one line", async () => {
      await using attune = await bothAnswered();
      await attune.until("2026-12-01T18:00");
      const asked = attune.phone("a1").reads();

      await taps(attune, "a1", [say.debrief.outcomes.yes, say.debrief.feedbacks.yes, help.answers[1]]);
      const line = attune.phone("a1").reads();
      await attune.phone("a1").writes("well led");

      for (const id of ["tests", "flow"]) expect(asked).toContain(goal(id));
      expect(asked).toContain(say.debrief.outcomeOfSeveral(who("r1")));
      expect(asked).not.toContain(BOTH_OF_THEM);
      expect(line).toContain(say.debrief.note(who("r1")));
      expect(attune.phone("r1").chat().join("\n").split("well led")).toHaveLength(2);
    });

    // domain: Either of the two says what they settled on
    it("settles what differed on both by one tap, asked for once", async () => {
      await using attune = await bothAnswered();
      const asked = attune.phone("a1").reads();

      await attune.phone("a1").taps(say.settle.apart);

      expect(asked.split(say.settle.question(help.label))).toHaveLength(2);
      expect(attune.phone("a1").reads()).not.toContain(say.settle.question(help.label));
      expect(areSettledOn(attune, say.settle.apart)).toEqual([true, true]);
    });

    it("changes both where one tap has settled both", async () => {
      await using attune = await bothAnswered();
      await attune.phone("a1").taps(help.answers[3]);

      await taps(attune, "a1", [say.buttons.change, help.answers[2]]);

      expect(areSettledOn(attune, help.answers[2])).toEqual([true, true]);
    });

    it("takes back from both the line that was typed for both", async () => {
      await using attune = await bothAnswered();
      await attune.phone("a1").taps(say.settle.ownWords);

      await attune.phone("a1").says("r1 leads after lunch");
      const typed = areSettledOn(attune, say.settle.written("r1 leads after lunch"));
      await attune.phone("a1").says("undo");

      expect(typed).toEqual([true, true]);
      expect(goals(attune).map((text) => text.includes(settled))).toEqual([false, false]);
    });

    it("closes the field for own words where the other settles the afternoon meanwhile", async () => {
      await using attune = await day();
      await taps(attune, "a1", PLANS);
      await attune.phone("r1").taps(say.settle.apart);
      await attune.until("2026-12-01T12:00");
      await taps(attune, "r1", [goal("flow"), say.buttons.skip, ...WANTS]);
      await attune.phone("a1").taps(say.settle.ownWords);

      await attune.phone("r1").taps(help.answers[3]);
      await attune.phone("a1").says("r1 leads after lunch");

      expect(areSettledOn(attune, help.answers[3])).toEqual([false, true]);
    });

    it("keeps what was settled in the morning when the afternoon is settled otherwise, or changed", async () => {
      await using attune = await day();
      await taps(attune, "a1", PLANS);
      await attune.phone("r1").taps(say.settle.apart);
      await attune.until("2026-12-01T12:00");
      await taps(attune, "r1", [goal("flow"), say.buttons.skip, ...WANTS]);

      await attune.phone("a1").taps(help.answers[3]);
      const first = areSettledOn(attune, help.answers[3]);
      await attune.phone("a1").taps(say.buttons.change);
      await attune.phone("a1").taps(help.answers[2]);

      expect(first).toEqual([false, true]);
      expect(areSettledOn(attune, help.answers[2])).toEqual([false, true]);
      expect(goals(attune)[0]).toContain(`${settled}: ${say.settle.apart}`);
    });

    it("counts once among several, each of whom is answered for whole", async () => {
      await using attune = await day("r2 2026-12-01T08:00 2026-12-01T18:00");
      await taps(attune, "r2", [goal("leading"), say.buttons.skip, ...WANTS]);
      const asked = attune.phone("a1").reads();

      await taps(attune, "a1", [say.plan.scopes.each, ...PLANS, ...PLANS]);

      expect(asked).toContain(say.plan.scope(2));
      expect(asked).toContain(say.visible.pair(who("r1", "r2")));
      expect(attune.phone("a1").reads()).toContain(say.plan.saved);
    });

    it("is planned with for a shift that they were put on later", async () => {
      await using attune = await flow({
        program: programOf({ locale }),
        roster: rosterOf([MORNING, ALL_DAY]),
      });
      await takePart(attune, say, ["r1", "a1"]);
      await attune.until("2026-12-01T07:45");
      await taps(attune, "r1", [goal("tests"), say.buttons.skip, ...WANTS]);
      await taps(attune, "a1", PLANS);
      await attune.publishes(rosterOf([MORNING, AFTERNOON, ALL_DAY]));
      await attune.until("2026-12-01T12:00");
      await taps(attune, "r1", [goal("flow"), say.buttons.skip, ...WANTS]);

      const asked = attune.phone("a1").reads();
      await taps(attune, "a1", PLANS);

      expect(asked).toContain(help.attending(who("r1")));
      expect(attune.phone("a1").reads()).toContain(say.plan.saved);
      expect(attune.phone("r1").reads()).not.toContain(say.goal.waiting(who("a1")));
    });
  },
);
