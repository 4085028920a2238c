import fc from "fast-check";
import { expect, it } from "vitest";
import { renderCard } from "#adapters/teams/render.ts";
import { plain } from "#src/card/plain.ts";
import { campaignSize } from "#test/support/campaign-size.ts";
import { anyCard, ordinaryCard, PLAIN_WORD } from "#test/support/random-cards.ts";
import { problemsOf } from "#test/support/teams/valid.ts";
import { actionsIn, wordsIn } from "#test/support/teams/words.ts";

const CARDS = campaignSize({ usual: 300, long: 10_000 });
/** Mostly of the size that flows build; one in forty is as large and long as can be. */
const cards = fc.oneof({ weight: 39, arbitrary: ordinaryCard }, { weight: 1, arbitrary: anyCard });
/** Some of the largest, the same in every run: among three hundred by chance there may be none that loses anything. */
const LARGE = fc.sample(anyCard, { seed: 7, numRuns: 20 }).map((card): [typeof card] => [card]);

it(`draws ${CARDS} cards: each is valid, and what it does not show it says`, { timeout: 240_000 }, () => {
  let lossy = 0;
  fc.assert(
    fc.property(cards, (card) => {
      const { payload, losses } = renderCard(card);

      const lost = new Set(losses.map(({ block }) => block));
      const kept = card.blocks.filter((_, index) => !lost.has(index));
      const shown = wordsIn(payload.body).join(" ");
      const missing = (plain({ ...card, blocks: kept }).match(PLAIN_WORD) ?? []).filter(
        (word) => !shown.includes(word),
      );
      const acts = new Set(actionsIn(payload).map(({ data }) => data["act"]));
      const dead = kept.flatMap((block) =>
        [...JSON.stringify(block).matchAll(/"act":("(?:[^"\\]|\\.)*")/gu)].filter(
          ([, act]) => !acts.has(JSON.parse(act!) as string),
        ),
      );
      if (losses.length > 0) lossy += 1;
      if (missing.length + dead.length > 0) throw new Error(`lost in silence: ${missing.join(" ")}`);
      const problems = problemsOf(payload);
      if (problems.length > 0) throw new Error(problems.join("; "));
    }),
    { numRuns: CARDS + LARGE.length, examples: LARGE },
  );

  expect(lossy).toBeGreaterThan(0);
});
