import { expect, it } from "vitest";
import type { Block } from "#src/card/card.ts";
import type { Person } from "#src/domain/person.ts";
import { helpBefore } from "#src/flows/view/help-before.ts";
import type { Seen, View } from "#src/flows/view/view.ts";
import { wordsFor } from "#src/words/words.ts";
import { contextOn } from "#test/support/context-on.ts";
import { local, programOf } from "#test/support/programs.ts";
import { said, strategy } from "#test/support/replies.ts";

const program = programOf();
const words = wordsFor("en", program);
const { debrief, strategy: asked } = words.say;
const [r1, a1] = [program.people[0]!, program.people[1]!];

/** What stands beside the question which help there was, for a resident who wanted to lead. */
function before(partners: readonly Person[], ...more: Seen["replies"]): Block | undefined {
  const attendings = partners.map(({ id }) => id);
  const circle = { occasion: "shift", resident: r1.id, attendings };
  const seen: Seen = { circle, partners, replies: [...strategy("r1", 3, 2, "end"), ...more] };
  const context = contextOn({ program, duties: [], now: local("2026-12-01T17:00") });
  const view = {
    context,
    words,
    reader: r1,
    role: "resident",
    seen: [seen],
    nudge: { kind: "shift-debrief" },
  };
  return helpBefore(view as unknown as View, [seen])[0];
}

// domain: The debrief asks for the help that actually happened
it("what the resident had wanted stands beside the help that happened, alone or with the plan, until something was settled", () => {
  const wanted = { label: debrief.youWanted, value: asked.help.answers[3] };
  const planned = { label: debrief.planned("Dr. a1"), value: asked.help.answers[1] };
  const plan = strategy("a1", 1, 2, "end", { about: r1.id });
  const settled = said("a1", "settled-help", "2", { about: r1.id });

  expect(before([])).toEqual({ type: "facts", rows: [wanted] });
  expect(before([a1], ...plan)).toEqual({ type: "facts", rows: [wanted, planned] });
  expect(before([a1], ...plan, settled)).toMatchObject({
    rows: [{ value: expect.stringContaining(asked.help.answers[2]) }],
  });
});
