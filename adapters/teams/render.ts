import type { Block, Card, Loss, Rendered } from "#src/card/card.ts";
import { elementsOf } from "./blocks.ts";
import { LIMITS } from "./limits.ts";
import { cut, type Element } from "./text.ts";

/** A card in Teams' own form: Adaptive Cards 1.5. */
export interface AdaptiveCard {
  readonly type: "AdaptiveCard";
  readonly $schema: string;
  readonly version: "1.5";
  readonly lang: string;
  /** Shown by a client that cannot show the card; nothing private. */
  readonly fallbackText: string;
  readonly msteams: { readonly width: "Full" };
  readonly body: readonly Element[];
}

/**
 * A card as an Adaptive Card. Only one that is larger than a message may be loses anything: its longest texts
 * are cut first, then its last blocks are left out.
 */
export function renderCard(card: Card): Rendered<AdaptiveCard> {
  for (const maximum of LIMITS.text) {
    const rendered = withTexts(card, maximum);
    if (sizeOf(rendered.payload) <= LIMITS.message) return rendered;
  }
  return withFewerBlocks(card);
}

export const sizeOf = (payload: AdaptiveCard): number => Buffer.byteLength(JSON.stringify(payload));

function withTexts(card: Card, maximum: number, until = card.blocks.length): Rendered<AdaptiveCard> {
  const losses: Loss[] = [];
  const blocks = card.blocks.map((block, index) => {
    const shorter = shortened(block, maximum, (from) =>
      losses.push({ block: index, what: `text cut from ${from} to ${maximum} characters` }),
    );
    if (index >= until) losses.push({ block: index, what: "left out: the message is too large" });
    return shorter;
  });
  return { payload: cardOf(card, blocks.slice(0, until)), losses };
}

function withFewerBlocks(card: Card): Rendered<AdaptiveCard> {
  const tightest = LIMITS.text.at(-1)!;
  let [fits, over] = [0, card.blocks.length];
  while (over - fits > 1) {
    const middle = Math.floor((fits + over) / 2);
    if (sizeOf(withTexts(card, tightest, middle).payload) <= LIMITS.message) fits = middle;
    else over = middle;
  }
  return withTexts(card, tightest, fits);
}

function cardOf({ locale, notification }: Card, blocks: readonly Block[]): AdaptiveCard {
  return {
    type: "AdaptiveCard",
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    version: "1.5",
    lang: locale,
    fallbackText: cut(notification, LIMITS.summary),
    msteams: { width: "Full" },
    body: blocks.flatMap((block, index) => {
      const isDivided = blocks[index - 1]?.type === "divider";
      const elements = elementsOf(block, index);
      return isDivided ? elements.map((one, at) => (at === 0 ? { ...one, separator: true } : one)) : elements;
    }),
  };
}

/** The block with every text of it cut to `maximum`. What was typed and what travels as an act stay whole. */
function shortened<Part>(part: Part, maximum: number, lost: (from: number) => void): Part {
  if (typeof part === "string") {
    const length = [...part].length;
    if (length > maximum) lost(length);
    return cut(part, maximum) as Part;
  }
  if (Array.isArray(part)) return part.map((one: unknown) => shortened(one, maximum, lost)) as Part;
  if (typeof part !== "object" || part === null) return part;
  return Object.fromEntries(
    Object.entries(part).map(([key, value]: [string, unknown]) => [
      key,
      WHOLE.has(key) ? value : shortened(value, maximum, lost),
    ]),
  ) as Part;
}

const WHOLE = new Set(["type", "act", "name", "style", "tone"]);
