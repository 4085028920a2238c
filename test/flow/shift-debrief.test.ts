import { describe, expect, it } from "vitest";
import { act } from "#src/card/act.ts";
import { plain } from "#src/card/plain.ts";
import { personId, type Address } from "#src/domain/person.ts";
import { en } from "#src/words/en.ts";
import { flow, type Flow } from "#test/support/attune.ts";
import { programOf } from "#test/support/programs.ts";
import { taps, together } from "#test/support/together.ts";
import { press } from "#test/support/turns.ts";
import { takePart, TONGUES } from "#test/support/tongues.ts";

const { debrief } = en;
const help = en.strategy.help.answers;
const GOAL = "Procedures and ultrasound";

/** The end of a shift on which these residents have set a goal, and shared it or not. */
async function atTheEnd(residents: readonly string[], secret: readonly string[] = []): Promise<Flow> {
  const people = [...residents, "a1"];
  const attune = await flow({ program: programOf({ people }), roster: together(people, ["01", "03"]) });
  for (const id of people) {
    await attune.phone(id).says("resume");
    await attune.phone(id).agrees();
  }
  await attune.until("2026-12-01T07:45");
  for (const id of residents) {
    if (secret.includes(id)) await taps(attune, id, [en.buttons.share, en.goal.shares.private]);
    await taps(attune, id, [GOAL, "Skip"]);
  }
  await attune.until("2026-12-01T17:00");
  return attune;
}

it.each(TONGUES)(
  "names the partner by their part, to either, in $locale",
  async ({ locale, say, goal, who }) => {
    const people = ["r1", "a1"];
    await using attune = await flow({ program: programOf({ locale }), roster: together(people, ["01"]) });
    await takePart(attune, say, people);
    await attune.until("2026-12-01T07:45");
    await taps(attune, "r1", [goal("procedures"), say.buttons.skip]);

    await attune.until("2026-12-01T17:00");

    expect(attune.phone("r1").reads()).toContain(` · ${say.goal.with(who("a1"))}`);
    expect(attune.phone("a1").reads()).toContain(` · ${say.plan.with(who("r1"))}`);
  },
);

describe("looking back at the shift", () => {
  // domain: The debrief is asked of both
  it("waits for the end of the shift, and asks each side about the same goal", async () => {
    await using attune = await atTheEnd(["r1"]);

    expect(attune.phone("r1").reads()).toContain(debrief.outcome(GOAL));
    expect(attune.phone("a1").reads()).toContain(debrief.outcomeOf("Dr. r1", GOAL));
    for (const id of ["r1", "a1"]) await attune.phone(id).taps("Yes");
    expect(attune.phone("r1").reads()).toContain(debrief.feedback);
    expect(attune.phone("a1").reads()).toContain(debrief.feedbackFor("Dr. r1"));
    for (const id of ["r1", "a1"]) await attune.phone(id).taps("Not yet");
    expect(attune.phone("r1").reads()).toContain(debrief.happened);
    expect(attune.phone("a1").reads()).toContain(debrief.happenedWith("Dr. r1"));
  });

  // domain: The debrief asks whether the goal was worked on
  it("takes “no chance” for a proper outcome", async () => {
    await using attune = await atTheEnd(["r1"]);
    const outcome = debrief.outcomes["no-chance"];

    await taps(attune, "r1", [outcome, "Not needed", help[1], "Skip"]);
    await taps(attune, "a1", ["Yes", "Yes", help[4], "Skip"]);

    expect(attune.phone("a1").reads()).toContain(`Dr. r1: ${outcome}`);
    expect(attune.phone("a1").reads()).toContain("Dr. r1: Not needed");
    expect(attune.phone("a1").reads()).not.toContain(en.settle.apart);
  });

  // domain: The budget of taps
  it("takes four taps where there is one partner", async () => {
    await using attune = await atTheEnd(["r1"]);

    await taps(attune, "r1", ["Yes", "Not yet", help[3], "Skip"]);
    await taps(attune, "a1", ["Yes", "Not yet", help[3], "Skip"]);

    for (const id of ["r1", "a1"]) expect(attune.phone(id).reads()).toContain(debrief.saved);
  });

  // domain: The debrief asks whether the goal was worked on
  it("asks about the resident's own line where it was shared, and about the category where only that was", async () => {
    await using attune = await flow({
      program: programOf({ people: ["r1", "r2", "a1"] }),
      roster: together(["r1", "r2", "a1"], ["01"]),
    });
    await takePart(attune, en, ["r1", "r2", "a1"]);
    await attune.until("2026-12-01T07:45");
    await taps(attune, "r2", [en.buttons.share, en.goal.shares.category]);
    for (const id of ["r1", "r2"]) {
      await attune.phone(id).taps(GOAL);
      await attune.phone(id).writes(`place one line, says ${id}`);
    }
    await attune.until("2026-12-01T17:00");

    await attune.phone("a1").taps(en.plan.scopes.each);
    const first = attune.phone("a1").reads();
    await taps(attune, "a1", ["Yes", "Yes", help[3]]);

    for (const id of ["r1", "r2"])
      expect(attune.phone(id).reads()).toContain(debrief.outcome(`place one line, says ${id}`));
    expect(first).toContain(debrief.outcomeOf("Dr. r1", "place one line, says r1"));
    expect(attune.phone("a1").reads()).toContain(debrief.outcomeOf("Dr. r2", GOAL));
  });

  // domain: A changed goal is asked what it changed to
  it("asks what a changed goal changed to, by category and in a line, and shows it once both have answered", async () => {
    await using attune = await atTheEnd(["r1"]);

    await taps(attune, "r1", [debrief.outcomes.changed, "Tests and imaging"]);
    const refused = await attune.phone("r1").writes("the 56M in bed 4");
    await attune.phone("r1").writes("read the film before the report");
    await taps(attune, "r1", ["Yes", help[3], "Skip"]);
    const early = attune.phone("a1").chat().join("\n");
    await taps(attune, "a1", ["Partly", "Yes", help[3], "Skip"]);

    expect(refused).toMatchObject({ kind: "refused", reason: "identifier" });
    expect(early).not.toContain("Tests and imaging");
    expect(attune.phone("a1").reads()).toContain(
      `Dr. r1: ${en.labelled(debrief.outcomes.changed, "Tests and imaging: read the film before the report")}`,
    );
  });

  it("needs words where the goal changed to something else", async () => {
    await using attune = await atTheEnd(["r1"]);

    await taps(attune, "r1", [debrief.outcomes.changed, "Something else"]);

    expect(attune.phone("r1").reads()).toContain(debrief.toLineOther);
    expect(attune.phone("r1").reads()).not.toContain(`[${en.buttons.skip}]`);
  });

  // domain: The debrief asks for the help that actually happened
  it("shows the help that was wanted and planned beside the question which help there was", async () => {
    await using attune = await flow({ roster: together(["r1", "a1"], ["01"]) });
    await takePart(attune, en, ["r1", "a1"]);
    await attune.until("2026-12-01T07:45");
    const rest = [en.strategy.call.answers[2], en.strategy.feedback.answers.end];
    await taps(attune, "r1", [GOAL, "Skip", help[3], ...rest]);
    await taps(attune, "a1", [help[2], ...rest]);
    await attune.until("2026-12-01T17:00");

    for (const id of ["r1", "a1"]) await taps(attune, id, ["Yes", "Yes"]);

    expect(attune.phone("r1").reads()).toContain(`${debrief.youWanted}: ${help[3]}`);
    expect(attune.phone("r1").reads()).toContain(`${debrief.planned("Dr. a1")}: ${help[2]}`);
    expect(attune.phone("a1").reads()).toContain(`${debrief.youPlanned}: ${help[2]}`);
    expect(attune.phone("a1").reads()).toContain(`${debrief.wanted("Dr. r1")}: ${help[3]}`);
  });

  it("shows no help beside it that the reader may not see: the partner has not said theirs", async () => {
    await using attune = await atTheEnd(["r1"]);

    await taps(attune, "a1", ["Yes", "Yes"]);

    expect(attune.phone("a1").reads()).not.toContain(debrief.wanted("Dr. r1"));
  });

  // domain: shared: the partner at once
  it("shows a line at once, and the answers only when both have given theirs", async () => {
    await using attune = await atTheEnd(["r1"]);

    await taps(attune, "a1", ["Partly", "Yes", help[2]]);
    await attune.phone("a1").writes("the second one was yours");
    const early = attune.phone("r1").reads();
    await taps(attune, "r1", ["Yes"]);
    const between = attune.phone("r1").reads();
    await taps(attune, "r1", ["Not yet", help[3], "Skip"]);

    expect(early).toContain("the second one was yours");
    expect(early + between).not.toContain("Dr. a1: Partly");
    expect(attune.phone("r1").reads()).toContain("Dr. a1: Partly");
    expect(attune.phone("r1").reads()).toContain(debrief.noteFrom("Dr. a1"));
  });

  it("asks an attending of each resident whose goal they were shown, and of no other", async () => {
    await using attune = await atTheEnd(["r1", "r2", "r3"], ["r2"]);

    await taps(attune, "a1", [en.plan.scopes.each, "Yes", "Yes", help[3], "Partly", "Not yet", help[2]]);
    await attune.phone("a1").taps(debrief.whomNobody);

    const text = attune.phone("a1").reads();
    expect(text).toContain(debrief.saved);
    expect(text).toContain("Goal worked on · Dr. r1: Yes");
    expect(text).toContain("Goal worked on · Dr. r3: Partly");
    expect(text).not.toContain("Goal worked on · Dr. r2");
    expect(attune.phone("r2").reads()).toContain(debrief.outcome(GOAL));
  });

  it("names the resident beside an attending's answer only where there are several", async () => {
    await using attune = await atTheEnd(["r1"]);

    await taps(attune, "a1", ["Yes"]);

    const lines = attune.phone("a1").reads().split("\n");
    expect(lines.filter((line) => line.startsWith("Goal worked on"))).toEqual([
      expect.stringMatching(/^Goal worked on: Yes/u),
    ]);
  });

  // domain: A private goal looks like no goal
  it("is the resident's alone where the goal is, and waits for nobody", async () => {
    await using attune = await atTheEnd(["r1"], ["r1"]);
    const resident = attune.phone("r1");

    const asked = resident.reads();
    await taps(attune, "r1", ["Partly", "Not needed", help[2]]);

    expect(asked.split("\n")).toContain(en.visible.goalPrivate);
    expect(asked).not.toContain(en.visible.pair("Dr. a1"));
    expect(resident.reads()).toContain(debrief.saved);
    expect(resident.reads()).not.toContain(debrief.waiting("Dr. a1"));
    expect(resident.chat().join("\n")).not.toContain(debrief.note("Dr. a1"));
    expect(attune.phone("a1").chat().join("\n")).not.toContain(debrief.title);
  });

  // domain: A goal or plan is not sent later than 3 h
  it("closes 24 hours after the shift, and keeps what was answered", async () => {
    await using attune = await atTheEnd(["r1"]);
    await attune.phone("r1").taps("Partly");

    const lookingBack = () =>
      attune
        .phone("r1")
        .chat()
        .findLast((text) => text.includes(debrief.title));
    await attune.until("2026-12-02T16:59");
    const before = lookingBack();
    await attune.until("2026-12-02T17:01");

    expect(before).toContain("Partly");
    expect(before).not.toContain(en.closed.expired);
    expect(lookingBack()).toContain("Partly");
    expect(lookingBack()).toContain(en.closed.expired);
  });
});

// domain: Free text goes only where
it("a line under a debrief that is answered goes to the first question whose line was left out", async () => {
  await using attune = await atTheEnd(["r1"]);
  await taps(attune, "r1", [debrief.outcomes.changed, "Tests and imaging", "Skip", "Yes", help[3], "Skip"]);
  const sender = { platform: "memory", account: "r1", address: "r1" as Address };
  const under = attune.cloud
    .chat("r1" as Address)
    .findLast(({ card }) => plain(card).includes(debrief.saved))!.ref;

  await attune.running.bot.receive({ type: "said", event: "under", sender, text: "read two ECGs", under });

  const { replies } = await attune.store.export(personId("r1"));
  expect(replies.filter(({ value }) => value === "read two ECGs").map(({ item }) => item)).toEqual([
    "to-line",
  ]);
});

describe("a debrief with several partners", () => {
  /** A resident with two attendings, at the end of their shift. */
  async function withTwo(): Promise<Flow> {
    const people = ["r1", "a1", "a2"];
    const attune = await flow({ program: programOf({ people }), roster: together(people, ["01"]) });
    await takePart(attune, en, people);
    await attune.until("2026-12-01T07:45");
    await taps(attune, "r1", [GOAL, "Skip"]);
    await attune.until("2026-12-01T17:00");
    await taps(attune, "r1", ["Yes", "Yes", help[3]]);
    return attune;
  }

  // domain: One optional line goes to the partner or partners
  it("gives a line to the partner that its writer picks, and to nobody else", async () => {
    await using attune = await withTwo();

    await attune.phone("r1").taps("Dr. a2");
    expect(attune.phone("r1").reads()).toContain(en.visible.shared("Dr. a2"));
    await attune.phone("r1").writes("thank you for the second try");

    expect(attune.phone("a2").reads()).toContain("thank you for the second try");
    expect(attune.phone("a1").chat().join("\n")).not.toContain("thank you for the second try");
  });

  it("still shows the line to one partner once another is picked, and asks for theirs alone", async () => {
    await using attune = await withTwo();
    await attune.phone("r1").taps("Dr. a1");
    await attune.phone("r1").writes("thank you for the second try");

    await press(attune, "r1", (tap) => tap.verb === "ask" && tap.item === "whom");
    await attune.phone("r1").taps("Dr. a2");

    const card = attune.phone("r1").reads();
    expect(card).toContain(debrief.note("Dr. a2"));
    expect(card).toContain("thank you for the second try");
    await attune.phone("r1").taps("Skip");
    expect(attune.phone("r1").reads()).toContain(debrief.saved);
    expect(attune.phone("a1").reads()).toContain("thank you for the second try");
  });

  // domain: One optional line goes to the partner or partners
  it("gives a line to all of them where its writer picks all", async () => {
    await using attune = await withTwo();

    await attune.phone("r1").taps(debrief.whomAll);
    await attune.phone("r1").writes("thank you both");

    for (const id of ["a1", "a2"]) expect(attune.phone(id).reads()).toContain("thank you both");
  });

  it("takes a line for all of them from a card of before there was a choice", async () => {
    await using attune = await withTwo();
    const { ref } = attune.cloud.chat("r1" as Address).at(-1)!;
    const open = await attune.store.openNudges(personId("r1"), attune.clock.now());
    const { id } = open.find(({ kind }) => kind === "shift-debrief")!;

    const field = act({ verb: "write", nudge: id, item: "note", about: undefined });
    await attune.phone("r1").submits(ref, field, { note: "thank you both" });

    for (const one of ["a1", "a2"]) expect(attune.phone(one).reads()).toContain("thank you both");
  });

  it("asks for no line where nobody is to read one: four taps", async () => {
    await using attune = await withTwo();

    await attune.phone("r1").taps(debrief.whomNobody);

    expect(attune.phone("r1").reads()).toContain(debrief.saved);
  });

  it("takes typed words only once it is picked whom they are for", async () => {
    await using attune = await withTwo();

    await attune.phone("r1").says("thank you for the second try");
    const early = [attune.phone("a1"), attune.phone("a2")].map((one) => one.chat().join("\n")).join("\n");
    await attune.phone("r1").taps("Dr. a1");
    await attune.phone("r1").says("thank you for the second try");

    expect(early).not.toContain("thank you for the second try");
    expect(attune.phone("a1").reads()).toContain("thank you for the second try");
  });

  // domain: Attendings may answer once for everyone
  it("is answered by an attending once for everyone, and each resident sees it as theirs", async () => {
    await using attune = await atTheEnd(["r1", "r2"]);

    await taps(attune, "a1", [en.plan.scopes.all, "Partly", "Not yet", help[2], debrief.whomNobody]);
    for (const id of ["r1", "r2"]) await taps(attune, id, ["Yes", "Yes", help[2], "Skip"]);

    for (const id of ["r1", "r2"]) {
      expect(attune.phone(id).reads()).toContain("Dr. a1: Partly");
      expect(attune.phone(id).reads()).toContain("Dr. a1: Not yet");
    }
  });
});
