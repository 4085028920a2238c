import type { Block, Card, Loss, Rendered } from "#src/card/card.ts";
import { elementsOf } from "./blocks.ts";
import { LIMITS } from "./limits.ts";
import { cut, type Element } from "./text.ts";

/** A card in the format of Teams: Adaptive Cards 1.5. */
export interface AdaptiveCard {
  readonly type: "AdaptiveCard";
  readonly $schema: string;
  readonly version: "1.5";
  readonly lang: string;
  /** The text for a client that cannot show the card. Nothing private. */
  readonly fallbackText: string;
  readonly msteams: { readonly width: "Full" };
  readonly body: readonly Element[];
}

/**
 * A card as an Adaptive Card. If it is too large for a message, its longest texts are cut first, then its last blocks are left
 * out.
 */
export function renderCard(card: Card): Rendered<AdaptiveCard> {
  for (const maximum of LIMITS.text) {
    const { blocks, losses } = withTexts(card, maximum);
    const payload = cardOf(card, blocks);
    if (sizeOf(payload) <= LIMITS.message) return { payload, losses };
  }
  return withFewerBlocks(card);
}

/** The size in bytes, as Teams counts it. */
export const sizeOf = (payload: object): number => JSON.stringify(payload).length * 2;

interface Shorter {
  readonly blocks: readonly Block[];
  readonly losses: readonly Loss[];
}

function withTexts(card: Card, maximum: number): Shorter {
  const losses: Loss[] = [];
  const blocks = card.blocks.map((block, index) =>
    shortened(block, maximum, (from) =>
      losses.push({ block: index, what: `text cut from ${from} to ${maximum} characters` }),
    ),
  );
  return { blocks, losses };
}

function withFewerBlocks(card: Card): Rendered<AdaptiveCard> {
  const { blocks, losses } = withTexts(card, LIMITS.text.at(-1)!);
  let size = sizeOf(cardOf(card, []));
  const over = blocks.findIndex((block, index) => {
    size += sizeOf(elementsOf(block, index)) + SEPARATOR;
    return size > LIMITS.message;
  });
  const left = blocks.slice(over).map((_, index) => ({
    block: over + index,
    what: "left out: the message is too large",
  }));
  return {
    payload: cardOf(card, blocks.slice(0, over)),
    losses: [...losses.filter(({ block }) => block < over), ...left],
  };
}

/** The bytes that a divider adds to the block below it. */
const SEPARATOR = `"separator":true,,`.length * 2;

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

/** The block with its texts cut to `maximum`. Typed text and acts are never cut. */
function shortened<Part>(part: Part, maximum: number, lost: (from: number) => void): Part {
  if (typeof part === "string") {
    if (part.length <= maximum) return part;
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

const WHOLE = new Set(["type", "act", "name", "style", "tone", "day"]);
