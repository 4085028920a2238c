import { describe, expect, it } from "vitest";
import { tapsOf } from "#src/card/act.ts";
import { plain } from "#src/card/plain.ts";
import { personId, type Address } from "#src/domain/person.ts";
import { instant } from "#src/domain/time.ts";
import { en } from "#src/words/en.ts";
import { flow, type Flow } from "#test/support/attune.ts";
import { programOf } from "#test/support/programs.ts";
import { taps, together } from "#test/support/together.ts";

const { help, call, feedback } = en.strategy;
const GOAL = "Procedures and ultrasound";
const WANTS = [help.answers[3], call.answers[2], feedback.answers.after];
const PLANS = [help.answers[1], call.answers[2], feedback.answers.after];

/** The goal of the shift has been asked, and everybody has agreed to take part. */
async function beforeTheShift(residents: readonly string[]): Promise<Flow> {
  const people = [...residents, "a1"];
  const attune = await flow({ program: programOf({ people }), roster: together(people, ["01"]) });
  for (const id of people) {
    await attune.phone(id).says("resume");
    await attune.phone(id).agrees();
  }
  await attune.until("2026-12-01T07:45");
  return attune;
}

const setsGoal = (attune: Flow, id: string) => taps(attune, id, [GOAL, "Skip"]);

describe("the plan for one resident", () => {
  // domain: The plan is asked of the attending
  it("is asked at the start of the shift when no goal came, and takes the goal in when it does", async () => {
    await using attune = await beforeTheShift(["r1"]);
    const attending = attune.phone("a1");
    await attune.until("2026-12-01T07:59");
    expect(attending.reads()).not.toContain(en.plan.title);

    await attune.until("2026-12-01T08:00");
    const without = attending.reads();
    await taps(attune, "r1", [GOAL, "Skip", ...WANTS]);

    expect(without).toContain(en.plan.noGoal("Dr. r1"));
    expect(attending.reads()).toContain(`Dr. r1 wants to work on: “${GOAL}”`);
    expect(attending.chat().filter((text) => text.includes(en.plan.title))).toHaveLength(1);
  });

  // domain: The plan then asks help, call and feedback
  it("asks what the resident was asked, from the attending's side, and says who will see it", async () => {
    await using attune = await beforeTheShift(["r1"]);
    await attune.until("2026-12-01T08:00");

    for (const [item, answer] of [
      [help, PLANS[0]],
      [call, PLANS[1]],
      [feedback, PLANS[2]],
    ] as const) {
      expect(attune.phone("a1").reads()).toContain(item.attending("Dr. r1"));
      expect(attune.phone("a1").reads()).toContain(en.visible.pair("Dr. r1"));
      await attune.phone("a1").taps(answer!);
    }

    expect(attune.phone("a1").reads()).toContain(en.plan.saved);
    expect(attune.phone("a1").reads()).toContain(en.plan.waiting("Dr. r1"));
  });

  // domain: Nothing is revealed until both have answered
  it("shows the resident nothing of a plan that came first, until they have answered as well", async () => {
    await using attune = await beforeTheShift(["r1"]);
    await attune.until("2026-12-01T08:00");
    await taps(attune, "a1", PLANS);

    await setsGoal(attune, "r1");
    await taps(attune, "r1", WANTS.slice(0, 2));
    const early = attune.phone("r1").chat().join("\n");
    await taps(attune, "r1", WANTS.slice(2));

    expect(early).not.toContain(`Dr. a1: ${PLANS[0]!}`);
    expect(attune.phone("r1").reads()).toContain(`Dr. a1: ${PLANS[0]!}`);
    expect(attune.phone("a1").reads()).toContain(`Dr. r1: ${WANTS[0]!}`);
  });
});

describe("the plan for all residents of a shift", () => {
  // domain: The plan's head has, for each resident
  it("begins with each resident's goal, in their own words", async () => {
    await using attune = await beforeTheShift(["r1", "r2"]);
    const lines = { r1: "place one central line", r2: "scan one gallbladder" };

    for (const [id, line] of Object.entries(lines)) {
      await taps(attune, id, [GOAL]);
      await attune.phone(id).writes(line);
    }
    await attune.until("2026-12-01T08:00");

    for (const [id, line] of Object.entries(lines)) {
      expect(attune.phone("a1").reads()).toContain(
        `${en.plan.goalOf(`Dr. ${id}`)}: “${en.labelled(GOAL, line)}”`,
      );
    }
  });

  // domain: The plan then asks help, call and feedback
  it("is one answer for each of them, shown to each once they have answered themselves", async () => {
    await using attune = await beforeTheShift(["r1", "r2"]);
    await setsGoal(attune, "r1");
    await taps(attune, "r1", WANTS);
    await attune.until("2026-12-01T08:00");

    await taps(attune, "a1", [en.plan.scopes.all]);
    expect(attune.phone("a1").reads()).toContain(help.attending(en.plan.everyone));
    await taps(attune, "a1", PLANS);
    const first = attune.phone("a1").reads();
    const silent = attune.phone("r2").chat().join("\n");
    await setsGoal(attune, "r2");
    await taps(attune, "r2", [help.answers[1], ...WANTS.slice(1)]);

    expect(attune.phone("r1").reads()).toContain(en.reveal.starters.help.more);
    expect(first).toContain(`Dr. r1: ${WANTS[0]!}`);
    // What stands beside a partner's answer is not told a second time above.
    expect(first).not.toContain(`${help.label}: ${PLANS[0]!}`);
    expect(first).toContain(en.plan.waiting("Dr. r2"));
    expect(silent).not.toContain("Dr. a1:");
    expect(attune.phone("r2").reads()).toContain(en.reveal.same);
  });

  // domain: The budget of taps
  it("is answered for three residents at once in four taps", async () => {
    await using attune = await beforeTheShift(["r1", "r2", "r3"]);
    for (const id of ["r1", "r2", "r3"]) {
      await setsGoal(attune, id);
      await taps(attune, id, WANTS);
    }

    const four = [en.plan.scopes.all, ...PLANS];
    await taps(attune, "a1", four);

    expect(four).toHaveLength(4);
    expect(attune.phone("a1").reads()).toContain(en.plan.saved);
    for (const id of ["r1", "r2", "r3"])
      expect(attune.phone(id).reads()).toContain(`Dr. a1: ${help.answers[1]}`);
  });

  it("is not of a resident who joins after it was answered: that one is asked about alone", async () => {
    await using attune = await beforeTheShift(["r1", "r2", "r3"]);
    await attune.publishes(together(["r2", "r3", "a1"], ["01"]));
    await attune.until("2026-12-01T08:00");
    await taps(attune, "a1", [en.plan.scopes.all, ...PLANS.slice(0, 2)]);

    await attune.publishes(together(["r1", "r2", "r3", "a1"], ["01"]));
    await taps(attune, "a1", PLANS.slice(2));

    expect(attune.phone("a1").reads()).toContain(help.attending("Dr. r1"));
    await taps(attune, "a1", [help.answers[4], ...PLANS.slice(1)]);
    for (const id of ["r1", "r2"]) {
      await setsGoal(attune, id);
      await taps(attune, id, WANTS);
    }
    expect(attune.phone("r1").reads()).toContain(`Dr. a1: ${help.answers[4]}`);
    expect(attune.phone("r2").reads()).toContain(`Dr. a1: ${help.answers[1]}`);
  });

  // domain: The plan then asks help, call and feedback
  it("is asked one by one where the attending wishes, and each resident sees their own", async () => {
    await using attune = await beforeTheShift(["r1", "r2"]);
    for (const id of ["r1", "r2"]) {
      await setsGoal(attune, id);
      await taps(attune, id, WANTS);
    }

    await taps(attune, "a1", [en.plan.scopes.each, ...PLANS]);
    expect(attune.phone("a1").reads()).toContain(help.attending("Dr. r2"));
    expect(attune.phone("r2").reads()).not.toContain(`Dr. a1: ${help.answers[1]}`);
    await taps(attune, "a1", [help.answers[4], ...PLANS.slice(1)]);

    expect(attune.phone("r1").reads()).toContain(`Dr. a1: ${help.answers[1]}`);
    expect(attune.phone("r1").reads()).not.toContain(help.answers[4]);
    expect(attune.phone("r2").reads()).toContain(`Dr. a1: ${help.answers[4]}`);
    expect(attune.phone("r2").reads()).not.toContain(help.answers[1]);
  });
});

describe("a plan one by one", () => {
  /** Two residents have a goal, and the attending has planned for the first of them. */
  async function halfWay(): Promise<Flow> {
    const attune = await beforeTheShift(["r1", "r2"]);
    for (const id of ["r1", "r2"]) {
      await setsGoal(attune, id);
      await taps(attune, id, WANTS);
    }
    await taps(attune, "a1", [en.plan.scopes.each, ...PLANS]);
    return attune;
  }

  // domain: Both answers stand in words, side by side
  it("shows both the answers for whoever is done, with what to start from, and asks on", async () => {
    await using attune = await halfWay();

    const asked = attune.phone("a1").reads();
    expect(asked).toContain(help.attending("Dr. r2"));
    expect(asked).toContain(`Dr. r1: ${WANTS[0]!}`);
    expect(asked).not.toContain("Dr. r2:");
    for (const id of ["r1", "a1"]) expect(attune.phone(id).reads()).toContain(en.reveal.starters.help.more);
  });

  // domain: A settlement can be said until the debrief closes
  it("lets the attending say what the two settled on behind a button, and then asks on", async () => {
    await using attune = await halfWay();

    await taps(attune, "a1", [en.settle.with("Dr. r1")]);
    const asked = attune.phone("a1").reads();
    await taps(attune, "a1", [en.settle.apart]);

    expect(asked).toContain(en.settle.question(help.label));
    expect(attune.phone("a1").reads()).toContain(help.attending("Dr. r2"));
    for (const id of ["r1", "a1"]) expect(attune.phone(id).reads()).toContain(en.settle.label(help.label));
  });

  it("takes nothing about whoever has gone off the shift, from a button of before, and shows what is asked now", async () => {
    await using attune = await halfWay();
    const { ref, card } = attune.cloud
      .chat("a1" as Address)
      .findLast((one) => plain(one.card).includes(help.attending("Dr. r2")))!;
    const about = tapsOf(card).find(({ tap }) => tap.label === help.answers[4])!.tap.act;

    await attune.publishes(together(["r1", "a1"], ["01"]));
    const reply = await attune.phone("a1").presses(ref, about);

    expect(reply).toMatchObject({ kind: "refused", reason: "not-understood", card: {} });
    expect(attune.phone("a1").reads()).not.toContain("Dr. r2");
    expect(await attune.store.repliesOf(personId("a1"), instant(0), attune.clock.now())).not.toContainEqual(
      expect.objectContaining({ about: "r2" }),
    );
  });

  it("still shows them, and what to settle, once the shift is over and the other was left out", async () => {
    await using attune = await halfWay();

    await attune.until("2026-12-01T17:01");

    const plan = attune
      .phone("a1")
      .chat()
      .find((text) => text.includes(en.plan.title))!;
    expect(plan).toContain(`Dr. r1: ${WANTS[0]!}`);
    expect(plan).toContain(en.settle.with("Dr. r1"));
  });
});

describe("a counter-proposal", () => {
  // domain: The attending may suggest another goal
  it("reaches the resident at once, as its ask says, and changes nothing that they do not take up", async () => {
    await using attune = await beforeTheShift(["r1"]);
    await setsGoal(attune, "r1");
    await taps(attune, "r1", WANTS);

    await attune.phone("a1").taps(en.buttons.counter);
    expect(attune.phone("a1").reads()).toContain(en.visible.shared("Dr. r1"));
    await taps(attune, "a1", ["Tests and imaging", en.buttons.skip]);

    const resident = attune.phone("r1").reads();
    expect(resident).toContain(en.goal.countered("Dr. a1", "Tests and imaging"));
    expect(resident).not.toContain("Dr. a1: ");
    expect(resident).toContain(`Goal: ${GOAL}`);
    expect(attune.phone("a1").reads()).toContain(help.attending("Dr. r1"));
  });

  it("is for one resident alone, also where the plan is for all", async () => {
    await using attune = await beforeTheShift(["r1", "r2"]);
    for (const id of ["r1", "r2"]) {
      await setsGoal(attune, id);
      await taps(attune, id, WANTS);
    }
    await taps(attune, "a1", [en.plan.scopes.all, ...PLANS]);

    await taps(attune, "a1", [`${en.buttons.counter} · Dr. r2`, "Tests and imaging"]);

    expect(attune.phone("r2").reads()).toContain("suggests another goal: Tests and imaging");
    expect(attune.phone("r1").reads()).not.toContain("Tests and imaging");
  });
});

describe("“patient safety first today”", () => {
  // domain: The attending may answer "patient safety first"
  it("answers all three at once, and is shown only once the resident has answered", async () => {
    await using attune = await beforeTheShift(["r1"]);
    await attune.until("2026-12-01T08:00");

    await attune.phone("a1").taps(en.buttons.safety);
    const before = attune.phone("r1").chat().join("\n");
    await setsGoal(attune, "r1");
    await taps(attune, "r1", WANTS);

    expect(before).not.toContain(en.reveal.safety);
    // It stands in the first row, and in no other.
    const rows = [en.strategy.help.label, `  ${en.you}: ${WANTS[0]!}`, `  Dr. a1: ${en.reveal.safety}`];
    expect(attune.phone("r1").reads()).toContain(rows.join("\n"));
    expect(attune.phone("r1").reads().split(`Dr. a1: ${en.reveal.safety}`)).toHaveLength(2);
    expect(attune.phone("a1").reads()).toContain(`Dr. r1: ${WANTS[0]!}`);
  });

  it("can be said of all residents at once", async () => {
    await using attune = await beforeTheShift(["r1", "r2"]);
    for (const id of ["r1", "r2"]) {
      await setsGoal(attune, id);
      await taps(attune, id, WANTS);
    }

    await taps(attune, "a1", [en.plan.scopes.all, en.buttons.safety]);

    for (const id of ["r1", "r2"]) expect(attune.phone(id).reads()).toContain(`Dr. a1: ${en.reveal.safety}`);
  });

  it("is taken back by answering the questions after all, while the resident has not answered", async () => {
    await using attune = await beforeTheShift(["r1"]);
    await attune.until("2026-12-01T08:00");
    await attune.phone("a1").taps(en.buttons.safety);

    await taps(attune, "a1", [en.buttons.change, ...PLANS]);
    await setsGoal(attune, "r1");
    await taps(attune, "r1", WANTS);

    expect(attune.phone("r1").reads()).toContain(`Dr. a1: ${PLANS[0]!}`);
    expect(attune.phone("r1").reads()).not.toContain(en.reveal.safety);
  });
});
