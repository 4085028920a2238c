import type { Card } from "#src/card/card.ts";
import { plainText, rich, richText, type SlackBlock } from "./blocks.ts";
import { renderCard } from "./render.ts";
import { NAME, textsIn } from "./texts.ts";

/** A card as a modal; `text`, when given, stands above it and says why something was not taken. */
export const cardModal = (card: Card, text?: string): SlackBlock => ({
  type: "modal",
  title: plainText(NAME),
  close: plainText(textsIn(card.locale).close),
  blocks: [...(text === undefined ? [] : textBlocks(text)), ...renderCard(card, "view").payload.blocks].slice(
    0,
    100,
  ),
});

export const textModal = (text: string): SlackBlock => ({
  type: "modal",
  title: plainText(NAME),
  blocks: textBlocks(text),
});

export const homeView = (blocks: readonly SlackBlock[]): SlackBlock => ({ type: "home", blocks });

export const textBlocks = (text: string): readonly SlackBlock[] => richText(rich([{ text }]));
