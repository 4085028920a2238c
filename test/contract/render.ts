import fc from "fast-check";
import { expect } from "vitest";
import type { Card, Rendered } from "#src/card/card.ts";
import { CATALOGUES, LOCALES } from "#src/words/words.ts";
import { aboutTwo } from "#test/support/check-in-weeks.ts";
import { studyCards } from "#test/support/studied.ts";
import { actsIn, spaced, wordsOf } from "#test/support/card-words.ts";
import { anyCard, ordinaryCard, PLAIN_WORD } from "#test/support/random-cards.ts";
import { holdTo, type Excuses } from "./rules.ts";

/** A platform's renderer, and eyes for its payloads. */
export interface RenderRig<Payload> {
  render(card: Card): Rendered<Payload>;
  /** Every text of a payload as its reader sees it: unescaped, in order, what is typed before and dialogs included. */
  textsOf(payload: Payload): readonly string[];
  /** Every act that a payload can bring back. Acts of the adapter's own (opening its dialog) are left out. */
  actsOf(payload: Payload): readonly string[];
  /** The line that a lock screen or a list of chats would show. */
  notificationOf(payload: Payload): string;
  /** What the platform would refuse in a payload, by its own documented limits and shapes; nothing when it is valid. */
  check(payload: Payload): readonly string[];
}

/**
 * Holds a renderer to its promise: what a card says is shown, or it is said what was dropped.
 * A rule in `skips` must fail: an excuse that is not needed is an error.
 */
export function renderContract<Payload>(
  name: string,
  rig: RenderRig<Payload>,
  skips: Excuses<keyof typeof rules> = {},
): void {
  const open = async (): Promise<RenderRig<unknown> & AsyncDisposable> => ({
    ...(rig as RenderRig<unknown>),
    [Symbol.asyncDispose]: async () => {},
  });
  holdTo(`${name} keeps the renderer's contract`, rules, open, skips);
}

type Rig = RenderRig<unknown>;

const RUNS = 60;

const rules = {
  "every word of any card is in the payload, or its block is in the losses": (rig: Rig) =>
    each(anyCard, (card) => {
      const { payload, losses } = rig.render(card);

      const has = reading(rig.textsOf(payload));
      const lost = new Set(losses.map((loss) => loss.block));
      const missing = card.blocks.flatMap((block, index) =>
        lost.has(index) ? [] : wordsOf(block).filter((word) => !has(word)),
      );

      expect(missing).toEqual([]);
    }),

  "every action of any card is in the payload, or its block is in the losses": (rig: Rig) =>
    each(anyCard, (card) => {
      const { payload, losses } = rig.render(card);

      const acts = new Set(rig.actsOf(payload));
      const lost = new Set(losses.map((loss) => loss.block));
      const missing = card.blocks.flatMap((block, index) =>
        lost.has(index) ? [] : actsIn(block).filter((act) => !acts.has(act)),
      );

      expect(missing).toEqual([]);
    }),

  "a payload offers no action that its card has not": (rig: Rig) =>
    each(anyCard, (card) => {
      const { payload } = rig.render(card);

      const known = new Set(card.blocks.flatMap(actsIn));

      expect(rig.actsOf(payload).filter((act) => !known.has(act))).toEqual([]);
    }),

  "a card of ordinary size loses nothing": (rig: Rig) =>
    each(ordinaryCard, (card) => {
      const { losses } = rig.render(card);

      expect(losses).toEqual([]);
    }),

  "a check-in about two partners stands whole, half-way too, when one of them has answered": async (
    rig: Rig,
  ) => {
    for (const locale of LOCALES) {
      const cards = await aboutTwo(locale);
      const rendered = cards.map((card) => rig.render(card));

      for (const [at, { payload, losses }] of rendered.entries()) {
        const has = reading(rig.textsOf(payload));
        const blocks = cards[at]!.blocks;
        expect(losses).toEqual([]);
        expect(rig.check(payload)).toEqual([]);
        expect(blocks.flatMap(wordsOf).filter((word) => !has(word))).toEqual([]);
      }
      // Both are named, and the difference with the first stands beside the question about the second.
      const [first, halfWay] = rendered.map(({ payload }) => rig.textsOf(payload).join("\n"));
      for (const name of ["a1", "a2"]) expect(first).toContain(name);
      expect(halfWay).toContain(CATALOGUES[locale].reveal.starters["week-goal"].different);
      expect(halfWay).toContain(CATALOGUES[locale].checkIn.goal);
    }
  },

  "the cards about a study stand whole, with the longest words that program.yaml takes": (rig: Rig) => {
    for (const card of LOCALES.flatMap(studyCards)) {
      const { payload, losses } = rig.render(card);

      const has = reading(rig.textsOf(payload));
      expect(losses).toEqual([]);
      expect(rig.check(payload)).toEqual([]);
      expect(card.blocks.flatMap(wordsOf).filter((word) => !has(word))).toEqual([]);
    }
  },

  "a loss names its block and says what was done, without a word of the card": (rig: Rig) =>
    each(anyCard, (card) => {
      const { losses } = rig.render(card);

      for (const { block, what } of losses) {
        expect(card.blocks[block]).toBeDefined();
        expect(what).toMatch(/\w/);
        expect(what).not.toMatch(PLAIN_WORD);
      }
    }),

  "the platform would take any payload": (rig: Rig) =>
    each(anyCard, (card) => {
      const { payload } = rig.render(card);

      expect(rig.check(payload)).toEqual([]);
    }),

  "the notification is the card's, with nothing of its blocks": (rig: Rig) =>
    each(anyCard, (card) => {
      const { payload } = rig.render(card);

      const line = rig.notificationOf(payload);
      const own = new Set(card.notification.match(PLAIN_WORD));

      expect(line).toContain(card.notification.match(PLAIN_WORD)![0]);
      expect((line.match(PLAIN_WORD) ?? []).filter((word) => !own.has(word))).toEqual([]);
    }),

  "no character is cut in two": (rig: Rig) =>
    each(anyCard, (card) => {
      const { payload } = rig.render(card);

      expect(rig.textsOf(payload).filter((text) => !text.isWellFormed())).toEqual([]);
    }),

  "the same card gives the same payload, and stays as it was": (rig: Rig) =>
    each(anyCard, (card) => {
      const before = structuredClone(card);

      const first = rig.render(card);
      const second = rig.render(structuredClone(card));

      expect(second).toEqual(first);
      expect(card).toEqual(before);
    }),
};

function each(cards: fc.Arbitrary<Card>, holds: (card: Card) => void): void {
  fc.assert(fc.property(cards, holds), { numRuns: RUNS });
}

/** Looks up a numbered word by itself, and any other sign wherever it stands. */
function reading(texts: readonly string[]): (word: string) => boolean {
  const shown = spaced(texts.join(" "));
  const numbered = new Set(shown.match(PLAIN_WORD));
  const found = new Map<string, boolean>();
  return (word) => {
    if (numbered.has(word)) return true;
    const known = found.get(word) ?? shown.includes(word);
    found.set(word, known);
    return known;
  };
}
