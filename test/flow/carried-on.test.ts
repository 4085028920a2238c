import { describe, expect, it } from "vitest";
import { partners, plans, shift, wants } from "#test/support/answered-shifts.ts";
import { flow, type Flow } from "#test/support/attune.ts";
import { programOf } from "#test/support/programs.ts";
import { taps, together } from "#test/support/together.ts";
import { takePart, TONGUES } from "#test/support/tongues.ts";

type Step = 1 | 2 | 3 | 4;

describe.each(TONGUES)("what is carried to the next shift, in $locale", (tongue) => {
  const { say, who, goal } = tongue;
  const { help } = say.strategy;
  const { directions, starters } = say.reveal;

  /** The card of the newest goal or plan. */
  const cardOf = (attune: Flow, id: string): string =>
    attune
      .phone(id)
      .chat()
      .findLast((text) => text.includes(say.goal.title) || text.includes(say.plan.title))!;

  /** Both look back on a shift with this help. */
  async function looksBack(attune: Flow, day: string, resident: Step, attending: Step): Promise<void> {
    await attune.until(`2026-12-${day}T17:00`);
    const { outcomes, feedbacks } = say.debrief;
    for (const [id, step] of [
      ["r1", resident],
      ["a1", attending],
    ] as const)
      await taps(attune, id, [outcomes.yes, feedbacks.yes, help.answers[step], say.buttons.skip]);
  }

  /** The next shift's goal and plan are asked; the resident has set a category and no more. */
  async function nextMorning(attune: Flow, day: string): Promise<void> {
    await attune.until(`2026-12-${day}T07:45`);
    await taps(attune, "r1", [goal("procedures"), say.buttons.skip]);
    await attune.until(`2026-12-${day}T08:00`);
  }

  // domain: The card begins with what stands between
  // domain: From last time, the head has the open difference
  it("is the open difference, with its direction and its starter, on the goal and on the plan", async () => {
    await using attune = await partners(tongue);
    await shift(attune, tongue, "01", [3, 2, "after"], [1, 2, "after"]);

    await nextMorning(attune, "02");

    for (const id of ["r1", "a1"]) {
      expect(cardOf(attune, id)).toContain(say.lastTime.open(help.label));
      expect(cardOf(attune, id)).toContain(directions.help.more);
      expect(cardOf(attune, id)).toContain(starters.help.more);
      // Whose it is needs no heading where there is one partner alone.
      expect(cardOf(attune, id).split("\n")).not.toContain(who(id === "r1" ? "a1" : "r1"));
    }
  });

  it("is nothing on a first shift, nor after answers that agreed", async () => {
    await using attune = await partners(tongue);
    await nextMorning(attune, "01");
    const first = cardOf(attune, "a1");
    await taps(attune, "r1", [
      help.answers[3],
      say.strategy.call.answers[2],
      say.strategy.feedback.answers.after,
    ]);
    await plans(attune, tongue, [3, 2, "after"]);
    await nextMorning(attune, "02");

    for (const text of [first, cardOf(attune, "a1"), cardOf(attune, "r1")]) {
      expect(text).not.toContain(say.lastTime.open(help.label));
      expect(text).not.toContain(say.lastTime.settled(help.label));
    }
  });

  // domain: The card begins with what stands between
  // domain: From last time, the head has the open difference
  it("is what was settled, and how it went, each in their own telling where they differ", async () => {
    await using attune = await partners(tongue);
    await shift(attune, tongue, "01", [3, 2, "after"], [1, 2, "after"]);
    await attune.phone("a1").taps(say.settle.apart);
    await looksBack(attune, "01", 2, 3);

    await nextMorning(attune, "02");

    for (const [id, mine, partner, theirs] of [
      ["r1", 2, "a1", 3],
      ["a1", 3, "r1", 2],
    ] as const) {
      expect(cardOf(attune, id)).toContain(say.lastTime.settled(help.label));
      expect(cardOf(attune, id)).toContain(say.labelled(say.you, help.answers[mine]));
      expect(cardOf(attune, id)).toContain(say.labelled(who(partner), help.answers[theirs]));
    }
  });

  // domain: A mismatch is open → settled
  describe("once it went as settled", () => {
    const settled = say.lastTime.settled(help.label);

    /** On the first day a difference is settled on a step, and both tell that it went so. */
    async function wentAsSettled(attune: Flow): Promise<void> {
      await shift(attune, tongue, "01", [4, 2, "after"], [1, 2, "after"]);
      await attune.phone("a1").taps(help.answers[3]);
      await looksBack(attune, "01", 3, 3);
    }

    it("is told on the next shift together, and on none after that", async () => {
      await using attune = await partners(tongue);
      await wentAsSettled(attune);

      await nextMorning(attune, "02");
      const next = ["r1", "a1"].map((id) => cardOf(attune, id));
      await nextMorning(attune, "03");

      for (const text of next) {
        expect(text).toContain(settled);
        expect(text).toContain(`${say.lastTime.happened}: ${help.answers[3]}`);
      }
      for (const id of ["r1", "a1"]) {
        expect(cardOf(attune, id)).not.toContain(settled);
        expect(cardOf(attune, id)).not.toContain(say.lastTime.happened);
      }
    });

    it("is told once, too, where it was looked back on as the next shift had begun", async () => {
      await using attune = await partners(tongue);
      await shift(attune, tongue, "01", [4, 2, "after"], [1, 2, "after"]);
      await attune.phone("a1").taps(help.answers[3]);
      await shift(attune, tongue, "02", [3, 2, "after"], [2, 2, "after"]);
      const { outcomes, feedbacks } = say.debrief;
      for (const id of ["r1", "a1"])
        await taps(attune, id, [outcomes.yes, feedbacks.yes, help.answers[3], say.buttons.skip]);
      const second = cardOf(attune, "a1");

      await nextMorning(attune, "03");

      expect(second).toContain(settled);
      expect(cardOf(attune, "a1")).not.toContain(settled);
    });

    it("is told in the digest of its week, and in no other", async () => {
      await using attune = await partners(tongue);
      await attune.publishes(together(["r1", "a1"], ["01", "02", "10", "17"]));
      await wentAsSettled(attune);
      const digests = () =>
        attune
          .phone("a1")
          .chat()
          .filter((text) => text.startsWith(`# ${say.digest.title}`));

      await attune.until("2026-12-09T09:00");
      const first = digests();
      await shift(attune, tongue, "10", [3, 2, "after"], [3, 2, "after"]);
      await attune.until("2026-12-16T09:00");

      expect(first.map((text) => text.includes(settled))).toEqual([true]);
      expect(digests().map((text) => text.includes(settled))).toEqual([true, false]);
    });

    it("opens nothing in the next rotation", async () => {
      const program = programOf({ locale: tongue.locale });
      const [rotation] = program.rotations;
      const rotations = [
        { ...rotation!, to: "2026-12-06" as never },
        { ...rotation!, name: "next", from: "2026-12-07" as never },
      ];
      await using attune = await flow({
        program: { ...program, rotations },
        roster: together(["r1", "a1"], ["01", "10"]),
      });
      await takePart(attune, say, ["r1", "a1"]);
      await wentAsSettled(attune);

      await nextMorning(attune, "10");

      for (const id of ["r1", "a1"]) expect(attune.phone(id).chat().slice(-2).join()).not.toContain(settled);
      expect(cardOf(attune, "a1")).toContain(say.plan.goalOf(who("r1")));
    });
  });

  // domain: The card begins with what stands between
  it("says which shift the help was on, where they have worked since and not looked back", async () => {
    await using attune = await partners(tongue);
    await shift(attune, tongue, "01", [4, 2, "after"], [1, 2, "after"]);
    await attune.phone("a1").taps(say.settle.apart);
    await looksBack(attune, "01", 1, 2);
    await shift(attune, tongue, "02", [4, 2, "after"], [2, 2, "after"]);

    await nextMorning(attune, "03");

    const first = tongue.locale === "en" ? "Tue, Dec 1" : "12月1日（火）";
    for (const id of ["r1", "a1"]) {
      expect(cardOf(attune, id)).toContain(say.lastTime.happenedOn(first));
      expect(cardOf(attune, id)).not.toContain(say.lastTime.happened);
    }
  });

  // domain: The card begins with what stands between
  // domain: From last time, the head has the open difference
  // domain: One optional line "one thing to try next time"
  it("is the partner's last wish, and not the reader's own", async () => {
    await using attune = await partners(tongue);
    await attune.publishes(together(["r1", "a1"], ["01", "10"]));
    await shift(attune, tongue, "01", [3, 2, "after"], [3, 2, "after"]);
    await attune.until("2026-12-07T09:00");
    const [, , , , agree] = Object.values(say.agreement);
    await taps(attune, "r1", [agree!, agree!, agree!]);
    await attune.phone("r1").writes("let me present first");
    await taps(attune, "a1", [agree!, agree!, agree!, say.buttons.skip]);

    await nextMorning(attune, "10");

    expect(cardOf(attune, "a1")).toContain(`${say.checkIn.nextFrom(who("r1"))}: let me present first`);
    expect(cardOf(attune, "r1")).not.toContain("let me present first");
  });

  // domain: The plan does not show the resident's strategy replies
  it("is nothing that the resident has answered about help, calls and feedback on this shift", async () => {
    await using attune = await partners(tongue);
    await shift(attune, tongue, "01", [3, 2, "after"], [1, 2, "after"]);

    await wants(attune, tongue, "02", [4, 4, "end"]);

    const plan = cardOf(attune, "a1");
    expect(plan).toContain(say.lastTime.open(help.label));
    expect(plan).not.toContain(`${who("r1")}: ${help.answers[4]}`);
    expect(plan.replaceAll(/^\( \) .*$/gmu, "")).not.toContain(help.answers[4]);
  });

  it("stays what it was once both have answered again: this shift's answers stand below", async () => {
    await using attune = await partners(tongue);
    await shift(attune, tongue, "01", [3, 2, "after"], [1, 2, "after"]);

    await shift(attune, tongue, "02", [1, 2, "after"], [4, 2, "after"]);

    for (const id of ["r1", "a1"]) {
      expect(cardOf(attune, id)).toContain(say.lastTime.open(help.label));
      expect(cardOf(attune, id).split(directions.help.more)).toHaveLength(2);
      expect(cardOf(attune, id).split(directions.help.less)).toHaveLength(2);
    }
  });

  // domain: Either of the two says what they settled on
  describe("where it is said as the next shift runs", () => {
    const edits = (attune: Flow) =>
      attune.cloud.deliveries.filter(({ to, type }) => to === "a1" && type === "edited").length;

    it("stands on both cards of that shift at once, with the day on which it was settled", async () => {
      await using attune = await partners(tongue);
      await shift(attune, tongue, "01", [4, 2, "after"], [1, 2, "after"]);
      await attune.until("2026-12-02T09:00");
      const before = ["r1", "a1"].map((id) => cardOf(attune, id));

      await attune.phone("a1").taps(say.settle.apart);

      const day = tongue.locale === "en" ? "Wed, Dec 2" : "12月2日（水）";
      for (const text of before) expect(text).toContain(say.lastTime.open(help.label));
      for (const [id, name] of [
        ["r1", who("a1")],
        ["a1", say.you],
      ] as const) {
        expect(cardOf(attune, id)).not.toContain(say.lastTime.open(help.label));
        expect(cardOf(attune, id)).toContain(
          `${say.lastTime.settled(help.label)}: ${say.settle.said(say.settle.apart, name, day)}`,
        );
      }
    });

    it("opens with what happened, once both have looked back, and edits no card of the other before that", async () => {
      await using attune = await partners(tongue);
      await shift(attune, tongue, "01", [2, 2, "after"], [2, 2, "after"]);
      await shift(attune, tongue, "02", [2, 2, "after"], [2, 2, "after"]);
      const { outcomes, feedbacks } = say.debrief;
      const lookingBack = [outcomes.yes, feedbacks.yes, help.answers[4], say.buttons.skip];
      const before = edits(attune);

      await taps(attune, "r1", lookingBack);
      const alone = edits(attune);
      const early = cardOf(attune, "a1");
      await taps(attune, "a1", lookingBack);

      expect(alone).toBe(before);
      expect(early).not.toContain(directions.happened.less);
      for (const id of ["r1", "a1"]) expect(cardOf(attune, id)).toContain(directions.happened.less);
    });
  });

  // domain: Where what happened lies two steps
  // domain: After the shift, two steps between
  describe("what happened two steps from what both had wanted", () => {
    it("is named once both have looked back, and not before", async () => {
      await using attune = await partners(tongue);
      await shift(attune, tongue, "01", [3, 2, "after"], [3, 2, "after"]);
      await attune.until("2026-12-01T17:00");
      const { outcomes, feedbacks } = say.debrief;
      const lookingBack = [outcomes.yes, feedbacks.yes, help.answers[1], say.buttons.skip];

      await taps(attune, "r1", lookingBack);
      const early = attune.phone("r1").reads() + attune.phone("a1").reads();
      await taps(attune, "a1", lookingBack);

      expect(early).not.toContain(directions.happened.more);
      for (const id of ["r1", "a1"]) {
        expect(attune.phone(id).reads()).toContain(directions.happened.more);
        expect(attune.phone(id).reads()).toContain(starters.happened.more);
        expect(attune.phone(id).chat().join("\n")).not.toContain(`[${say.settle.apart}]`);
      }
    });

    it("opens the next plan, and the next goal", async () => {
      await using attune = await partners(tongue);
      await shift(attune, tongue, "01", [2, 2, "after"], [2, 2, "after"]);
      await looksBack(attune, "01", 4, 4);

      await nextMorning(attune, "02");

      for (const id of ["r1", "a1"]) {
        expect(cardOf(attune, id)).toContain(directions.happened.less);
        expect(cardOf(attune, id)).toContain(`${say.lastTime.happened}: ${help.answers[4]}`);
      }
    });

    it("is not named for one step", async () => {
      await using attune = await partners(tongue);
      await shift(attune, tongue, "01", [3, 2, "after"], [3, 2, "after"]);

      await looksBack(attune, "01", 2, 2);

      expect(attune.phone("r1").reads()).not.toContain(directions.happened.more);
    });
  });
});
