import { describe, expect, it } from "vitest";
import type { Act } from "#src/card/card.ts";
import { tapsOf } from "#src/card/act.ts";
import type { Address } from "#src/domain/person.ts";
import type { MessageRef } from "#src/ports/messenger.ts";
import { partners, plans, shift, wants, WANTS } from "#test/support/answered-shifts.ts";
import type { Flow } from "#test/support/attune.ts";
import { TONGUES } from "#test/support/tongues.ts";

/** A button as it stands just now, to be pressed when it may stand there no more; `place` counts those alike. */
function standing(attune: Flow, id: string, label: string, place = 0): [MessageRef, Act] {
  const found = attune.cloud.chat(id as Address).flatMap(({ ref, card }) =>
    tapsOf(card)
      .filter(({ tap }) => tap.label === label)
      .map(({ tap }): [MessageRef, Act] => [ref, tap.act]),
  );
  return found[place]!;
}

describe.each(TONGUES)("two answers, in $locale", (tongue) => {
  const { say, who } = tongue;
  const { help, call, feedback } = say.strategy;
  const { reveal, settle } = say;

  // domain: Nothing is revealed until both have answered
  it.each(["r1", "a1"])("stay with whoever answers first (%s)", async (first) => {
    await using attune = await partners(tongue);
    await attune.until("2026-12-01T08:00");

    if (first === "r1") await wants(attune, tongue, "01");
    else await plans(attune, tongue, [1, 2, "after"]);

    const silent = first === "r1" ? "a1" : "r1";
    const given = first === "r1" ? help.answers[3] : help.answers[1];
    expect(attune.phone(first).reads()).toContain(given);
    expect(attune.phone(silent).chat().join("\n")).not.toContain(`${who(first)}: `);
    expect(attune.phone(first).reads()).not.toContain(`${who(silent)}: `);
  });

  // domain: Both answers stand in words, side by side
  // domain: A mismatch is shown as both answers in words
  it("stand side by side in words, for both, once both have answered", async () => {
    await using attune = await partners(tongue);

    await shift(attune, tongue, "01", [3, 2, "after"], [1, 2, "after"]);

    for (const [id, partner, mine, theirs] of [
      ["r1", "a1", help.answers[3], help.answers[1]],
      ["a1", "r1", help.answers[1], help.answers[3]],
    ] as const) {
      const text = attune.phone(id).reads();
      expect(text).toContain(
        [
          help.label,
          `  ${say.you}: ${mine}`,
          `  ${who(partner)}: ${theirs}`,
          `  ${reveal.directions.help.more}`,
          `  ${reveal.starters.help.more}`,
          // Right below what differs, where a phone shows it.
          reveal.minute,
          settle.question(help.label),
          `( ) ${help.answers[3]}`,
        ].join("\n"),
      );
      expect(text).toContain(
        [
          say.visible.shared(who(partner)),
          call.label,
          `  ${say.you}: ${call.answers[2]}`,
          `  ${who(partner)}: ${call.answers[2]}`,
          feedback.label,
        ].join("\n"),
      );
      expect(text).not.toMatch(/\d ?[%％点]|\d\/\d/);
    }
  });

  it.each([
    ["help", [2, 2, "after"], [4, 2, "after"], "less"],
    ["help", [4, 2, "after"], [2, 2, "after"], "more"],
    ["call", [3, 1, "after"], [3, 4, "after"], "less"],
    ["call", [3, 4, "after"], [3, 2, "after"], "more"],
  ] as const)("two steps apart on %s say in which direction, and how to begin", async (...given) => {
    const [item, wanted, planned, direction] = given;
    await using attune = await partners(tongue);

    await shift(attune, tongue, "01", wanted, planned);

    for (const id of ["r1", "a1"]) {
      const other = direction === "less" ? "more" : "less";
      expect(attune.phone(id).reads()).toContain(reveal.directions[item][direction]);
      expect(attune.phone(id).reads()).toContain(reveal.starters[item][direction]);
      expect(attune.phone(id).reads()).not.toContain(reveal.directions[item][other]);
    }
  });

  // domain: Direction matters: less help planned than wanted
  it("name what is a matter of safety first", async () => {
    await using attune = await partners(tongue);

    await shift(attune, tongue, "01", [4, 1, "after"], [1, 3, "after"]);

    const text = attune.phone("r1").reads();
    expect(text.indexOf(reveal.directions.call.less)).toBeGreaterThan(0);
    expect(text.indexOf(reveal.directions.call.less)).toBeLessThan(text.indexOf(reveal.directions.help.more));
  });

  it("that are the same say so, and ask for no talk", async () => {
    await using attune = await partners(tongue);

    await shift(attune, tongue, "01", WANTS, WANTS);

    for (const id of ["r1", "a1"]) {
      expect(attune.phone(id).reads()).toContain(reveal.same);
      expect(attune.phone(id).reads()).not.toContain(settle.apart);
    }
  });

  // domain: An ordinal item is a mismatch
  it("one step apart stand there without a word, until they did so on three shifts", async () => {
    await using attune = await partners(tongue);
    const read: string[] = [];

    for (const [day, planned] of [
      ["01", 2],
      ["02", 2],
      ["03", 3],
      ["04", 2],
    ] as const) {
      await shift(attune, tongue, day, [3, 2, "after"], [planned, 2, "after"]);
      read.push(attune.phone("r1").reads());
    }

    for (const text of read.slice(0, 3)) {
      expect(text).not.toContain(reveal.directions.help.more);
      expect(text).not.toContain(settle.apart);
    }
    expect(read[3]).toContain(reveal.directions.help.more);
    expect(read[3]).toContain(`( ) ${settle.apart}`);
  });

  // domain: A nominal item is a mismatch
  it("about feedback speak when they differ on two of three shifts", async () => {
    await using attune = await partners(tongue);
    await shift(attune, tongue, "01", [3, 2, "moment"], [3, 2, "end"]);
    const once = attune.phone("a1").reads();
    await shift(attune, tongue, "02", [3, 2, "after"], [3, 2, "after"]);

    await shift(attune, tongue, "03", [3, 2, "after"], [3, 2, "end"]);

    expect(once).toContain(feedback.answers.moment);
    expect(once).not.toContain(settle.apart);
    expect(attune.phone("a1").reads()).toContain(reveal.directions.feedback.different);
    expect(attune.phone("a1").reads()).toContain(reveal.starters.feedback.different);
  });

  it("of one pair are not shown to another attending of the same shift", async () => {
    await using attune = await partners(tongue, ["r1", "a1", "a2"]);
    await wants(attune, tongue, "01");

    await plans(attune, tongue, [1, 2, "after"]);

    expect(attune.phone("r1").reads()).toContain(`${who("a1")}: ${help.answers[1]}`);
    expect(attune.phone("r1").reads()).toContain(say.goal.waiting(who("a2")));
    expect(attune.phone("a2").reads()).not.toContain(`${who("r1")}: `);
    await plans(attune, tongue, [4, 2, "after"], "a2");
    expect(attune.phone("a2").reads()).toContain(`${who("r1")}: ${help.answers[3]}`);
    expect(attune.phone("a2").reads()).not.toContain(help.answers[1]);
  });
});

describe.each(TONGUES)("an answer, in $locale", (tongue) => {
  const { say, goal, who } = tongue;
  const { help } = say.strategy;
  const { change } = say.buttons;

  it("can be changed until the partner has answered, and then shows as it is at last", async () => {
    await using attune = await partners(tongue);
    await wants(attune, tongue, "01");

    // The goal's own "change" comes first; the answer about help has the second.
    await attune.phone("r1").presses(...standing(attune, "r1", change, 1));
    await attune.phone("r1").taps(help.answers[4]);
    await plans(attune, tongue, [1, 2, "after"]);

    expect(attune.phone("a1").reads()).toContain(`${who("r1")}: ${help.answers[4]}`);
    expect(attune.phone("a1").reads()).not.toContain(`${who("r1")}: ${help.answers[3]}`);
  });

  it("stands once the partner has answered: nothing offers to change it, and a late tap is told so", async () => {
    await using attune = await partners(tongue);
    await wants(attune, tongue, "01");
    await attune.phone("r1").presses(...standing(attune, "r1", change, 1));
    const late = standing(attune, "r1", help.answers[4]);
    await plans(attune, tongue, [1, 2, "after"]);

    const reply = await attune.phone("r1").presses(...late);

    expect(reply).toMatchObject({ kind: "refused", reason: "locked", text: say.refused.locked });
    for (const [id, partner] of [
      ["r1", "a1"],
      ["a1", "r1"],
    ] as const)
      expect(attune.phone(id).reads()).toContain(`${who(partner)}: `);
    expect(attune.phone("a1").reads()).not.toContain(`[${change}]`);
    // The goal is not what was compared.
    expect(attune.phone("r1").reads().split(`[${change}]`)).toHaveLength(2);
    expect(attune.phone("r1").reads()).toContain(`${say.goal.label}: ${goal("procedures")} [${change}]`);
    expect(attune.phone("a1").reads()).toContain(`${who("r1")}: ${help.answers[3]}`);
    expect(attune.phone("r1").reads()).toContain(
      say.seenOf(say.visible.shared(who("a1")), say.seenLabel(say.goal.label)),
    );
    expect(attune.phone("a1").reads()).toContain(goal("procedures"));
  });
});
