import type { Locale } from "#src/domain/locale.ts";
import { plainText, rich, richText, type SlackBlock } from "./blocks.ts";
import { LIMITS } from "./limits.ts";
import { NAME, textsIn } from "./texts.ts";

/** A card's blocks as a modal. `text`, if there is one, stands above and says why something was refused. */
export const cardModal = (locale: Locale, blocks: readonly SlackBlock[], text?: string): SlackBlock => ({
  type: "modal",
  title: plainText(NAME),
  close: plainText(textsIn(locale).close),
  blocks: [...(text === undefined ? [] : textBlocks(text)), ...blocks].slice(0, LIMITS.view.blocks),
});

export const textModal = (text: string): SlackBlock => ({
  type: "modal",
  title: plainText(NAME),
  blocks: textBlocks(text),
});

export const homeView = (blocks: readonly SlackBlock[]): SlackBlock => ({ type: "home", blocks });

export const textBlocks = (text: string): readonly SlackBlock[] => richText(rich([{ text }]));
