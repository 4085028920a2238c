import { expect, it } from "vitest";
import type { Block } from "#src/card/card.ts";
import type { Address } from "#src/domain/person.ts";
import { flow, type Flow } from "#test/support/attune.ts";
import { programOf } from "#test/support/programs.ts";
import { together } from "#test/support/together.ts";
import { takePart, TONGUES } from "#test/support/tongues.ts";

const PEOPLE = ["r1", "r2", "a1", "a2"];
/** Reading at leisure: 200 words of English, or 600 characters of Japanese (twice what an announcer says), in a minute. */
const PACE = { en: 200 / 60, ja: 600 / 60 } as const;
/** Seconds for a tap, and for the choice before it. */
const TAP = 1 + 1;

/**
 * What of a card has to be read to act on it: what is asked and offered, who sees it, and what differs. The reader's own answers, the
 * date and the names below a title, what both answered alike, and how to fill in an optional field that is passed over need no reading.
 */
function toRead(block: Block): readonly string[] {
  switch (block.type) {
    case "title":
      return [block.text];
    case "text":
      return block.tone === "quiet" ? [] : [block.text];
    case "quote":
      return [block.by, block.text];
    case "question":
      return [block.text, ...block.choices.map(({ label }) => label)];
    case "input":
      return [block.text, ...(block.skip === undefined ? [] : [block.skip.label])];
    case "compare":
      return block.rows.flatMap(({ gap, label, mine, theirs }) =>
        gap === undefined ? [] : [label, mine, theirs, gap.direction, gap.starter],
      );
    case "visibility":
      return [block.text];
    default:
      return [];
  }
}

it.each(TONGUES)(
  "a visitor at both phones reads, from the goal to what is settled, for less than 90 seconds, in $locale",
  async ({ say, goal, locale }) => {
    await using attune: Flow = await flow({
      program: programOf({ people: PEOPLE, locale }),
      roster: together(PEOPLE, ["01"]),
    });
    await takePart(attune, say, PEOPLE);
    await attune.until("2026-12-01T07:45");
    const known = new Set<string>();
    const looks: number[] = [];
    const look = (id: string): void => {
      const { card } = attune.cloud.chat(id as Address).at(-1)!;
      const fresh = card.blocks.flatMap(toRead).filter((text) => text !== "" && !known.has(text));
      for (const text of fresh) known.add(text);
      const text = fresh.join(" ");
      looks.push(locale === "en" ? text.split(/\s+/u).length : text.length);
    };
    const taps = async (id: string, label: string): Promise<void> => {
      look(id);
      await attune.phone(id).taps(label);
    };
    const { help, call, feedback } = say.strategy;

    await taps("r1", goal("tests"));
    await taps("r1", help.answers[3]);
    await taps("r1", call.answers[2]);
    await taps("r1", feedback.answers.after);
    await taps("a1", say.plan.scopes.all);
    await taps("a1", help.answers[1]);
    await taps("a1", call.answers[2]);
    await taps("a1", feedback.answers.after);
    await taps("a1", say.settle.apart);

    const read = looks.reduce((sum, one) => sum + one, 0);
    expect(attune.phone("r1").chat().join()).toContain(say.settle.label(help.label));
    // Seconds.
    expect(read / PACE[locale] + looks.length * TAP).toBeLessThan(90);
  },
);
