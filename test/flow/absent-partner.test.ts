import { describe, expect, it } from "vitest";
import { personId, type PersonId } from "#src/domain/person.ts";
import type { Reply } from "#src/domain/reply.ts";
import { absentFrom } from "#src/flows/view/absent.ts";
import { flow, type Flow } from "#test/support/attune.ts";
import { programOf, rosterOf } from "#test/support/programs.ts";
import { said } from "#test/support/replies.ts";
import { taps, together } from "#test/support/together.ts";
import { takePart, TONGUES, type Tongue } from "#test/support/tongues.ts";

const PEOPLE = ["r1", "a1", "a2"];
const LINE = "zqthanks for the airway tip";

/** How an attending who has planned is with the shift no more. */
const LEAVES: readonly (readonly [string, (attune: Flow) => Promise<unknown>])[] = [
  ["has stopped", (attune) => attune.phone("a1").says("stop")],
  ["is on the shift no more", (attune) => attune.publishes(together(["r1", "a2"], ["01"]))],
];

/** r1 and both attendings have answered before their shift; r1 and a1 differ. */
async function planned({ locale, say, goal }: Tongue): Promise<Flow> {
  const attune = await flow({
    program: programOf({ people: PEOPLE, locale }),
    roster: together(PEOPLE, ["01"]),
  });
  await takePart(attune, say, PEOPLE);
  const answers = (step: 1 | 4) => [
    say.strategy.help.answers[step],
    say.strategy.call.answers[2],
    say.strategy.feedback.answers.end,
  ];
  await attune.until("2026-12-01T07:45");
  await taps(attune, "r1", [goal("tests"), say.buttons.skip, ...answers(4)]);
  for (const id of ["a1", "a2"]) await taps(attune, id, answers(id === "a1" ? 1 : 4));
  return attune;
}

/** The resident looks back, up to the line. */
const looksBack = ({ say }: Tongue, attune: Flow, id = "r1") =>
  taps(attune, id, [say.debrief.outcomes.partly, say.debrief.feedbacks.yes, say.strategy.help.answers[4]]);

describe.each(TONGUES)("looking back, in $locale", (tongue) => {
  const { say, who, goal } = tongue;

  describe.each(LEAVES)("without an attending who had planned and %s", (_, leaves) => {
    it("waits for the others alone, and offers nobody a line who has no card to read it on", async () => {
      await using attune = await planned(tongue);
      await leaves(attune);
      await attune.until("2026-12-01T17:00");
      const asked = attune.phone("r1").reads();

      await looksBack(tongue, attune);
      const line = attune.phone("r1").reads();
      await attune.phone("r1").writes(LINE);
      const done = attune.phone("r1").reads();

      expect(asked).toContain(say.visible.pair(who("a2")));
      expect(line).toContain(say.debrief.note(who("a2")));
      expect(done).toContain(say.debrief.waiting(who("a2")));
      expect(attune.phone("a2").chat().join("\n")).toContain(LINE);
      expect(attune.phone("a1").chat().join("\n")).not.toContain(LINE);
    });

    // domain: A settlement can be said until the debrief closes
    it("can still say what the two settled on", async () => {
      await using attune = await planned(tongue);
      await leaves(attune);
      await attune.until("2026-12-01T17:00");
      await looksBack(tongue, attune);
      await attune.phone("r1").taps(say.buttons.skip);
      const asked = attune.phone("r1").reads();

      await attune.phone("r1").taps(say.settle.apart);

      expect(asked).toContain(say.settle.question(say.strategy.help.label));
      expect(attune.phone("r1").reads()).toContain(say.settle.apart);
    });
  });

  it("keeps on the card what somebody had looked back on before they stopped", async () => {
    await using attune = await planned(tongue);
    await attune.until("2026-12-01T17:00");
    await looksBack(tongue, attune, "a1");
    await attune.phone("a1").writes(LINE);
    await attune.phone("a1").says("stop");

    await looksBack(tongue, attune);

    const card = attune.phone("r1").reads();
    expect(card).toContain(`${who("a1")}: ${say.debrief.outcomes.partly}`);
    expect(card).toContain(LINE);
  });

  // domain: Every ask prints its "visible to" line
  it("shows a line to nobody but whom its card named: not to an attending who joins later", async () => {
    await using attune = await planned(tongue);
    await attune.phone("a1").says("stop");
    await attune.until("2026-12-01T17:00");
    await looksBack(tongue, attune);
    const visible = attune.phone("r1").reads();
    await attune.phone("r1").writes(LINE);

    await attune.phone("a1").says("resume");
    await attune.until("2026-12-01T17:10");

    expect(visible).toContain(say.visible.shared(who("a2")));
    const read = attune.phone("a1").chat().join("\n");
    expect(read).toContain(say.debrief.outcomeOf(who("r1"), goal("tests")));
    expect(read).not.toContain(LINE);
    expect(attune.phone("a2").chat().join("\n")).toContain(LINE);
  });

  it("asks nothing anew of whoever has picked one of two, when only one is left", async () => {
    await using attune = await planned(tongue);
    await attune.until("2026-12-01T17:00");
    await looksBack(tongue, attune);
    await attune.phone("r1").taps(say.debrief.whomNobody);

    await attune.phone("a1").says("stop");
    await attune.phone("r1").taps(say.buttons.change);
    await attune.phone("r1").taps(say.debrief.outcomes.yes);

    expect(attune.phone("r1").reads()).not.toContain(say.debrief.note(who("a2")));
  });

  // domain: Every ask prints its "visible to" line
  it("is only the resident's own where nobody is left to see it", async () => {
    await using attune = await flow({
      program: programOf({ locale: tongue.locale }),
      roster: rosterOf(["r1 2026-12-01T08:00 2026-12-01T17:00", "a1 2026-12-01T08:00 2026-12-01T17:00"]),
    });
    await takePart(attune, say, ["r1", "a1"]);
    await attune.until("2026-12-01T07:45");
    await attune.phone("r1").taps(goal("tests"));
    await attune.until("2026-12-01T17:00");
    await attune.phone("a1").says("stop");

    await attune.phone("r1").taps(say.debrief.outcomes.partly);

    expect(attune.phone("r1").reads().split("\n")).toContain(say.visible.goalPrivate);
  });
});

describe.each(TONGUES)("looking back, in $locale", (tongue) => {
  it("does not ask whom a line is for that was written before there was a choice", async () => {
    const { say } = tongue;
    await using attune = await flow({
      program: programOf({ people: PEOPLE, locale: tongue.locale }),
      roster: together(["r1", "a1"], ["01"]),
    });
    await takePart(attune, say, PEOPLE);
    await attune.until("2026-12-01T07:45");
    await taps(attune, "r1", [tongue.goal("tests"), say.buttons.skip]);
    await attune.until("2026-12-01T17:00");
    await looksBack(tongue, attune);
    await attune.phone("r1").writes(LINE);

    await attune.publishes(together(PEOPLE, ["01"]));
    await attune.beat();

    expect(attune.phone("r1").reads()).toContain(LINE);
    expect(attune.phone("r1").reads()).not.toContain(say.debrief.whom);
  });
});

const [R1, A1, A2] = [personId("r1"), personId("a1"), personId("a2")];

it.each<[string, readonly Reply[], readonly PersonId[]]>([
  ["nothing", [], [A1]],
  ["a line from the resident", [said("r1", "note", LINE, { about: A1 })], []],
  ["a line that the resident took back", [said("r1", "note", null, { about: A1 })], [A1]],
  ["a line from the resident to somebody else", [said("r1", "note", LINE, { about: A2 })], [A1]],
  ["a line to the resident", [said("a1", "note", LINE, { about: R1 })], []],
  ["a line of theirs to somebody else", [said("a1", "note", LINE, { about: A2 })], [A1]],
  ["begun to look back", [said("a1", "outcome", "yes")], [A1]],
  [
    "looked back",
    [said("a1", "outcome", "yes"), said("a1", "feedback-given", "yes"), said("a1", "happened", "3")],
    [],
  ],
])("an attending who is on the shift no more, and has %s", (_, replies, absent) => {
  const circle = { occasion: "shift", resident: R1, attendings: [A1] };

  expect([...absentFrom({ ...circle, attendings: [] }, circle, replies)]).toEqual(absent);
  expect([...absentFrom(circle, circle, replies)]).toEqual([]);
});
