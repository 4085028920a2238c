import { act } from "#src/card/act.ts";
import type { Act, Action, Block, Card } from "#src/card/card.ts";
import type { Words } from "#src/words/words.ts";

/** A short card: one sentence, and buttons for what can be done next. */
export function notice(words: Words, text: string, actions: readonly Action[] = []): Card {
  return {
    locale: words.locale,
    notification: text,
    blocks: [
      { type: "text", text },
      ...(actions.length === 0 ? [] : [{ type: "actions" as const, actions }]),
    ],
  };
}

/** A short question with its answers as choices. */
export function choice(
  words: Words,
  text: string,
  choices: readonly { label: string; act: Act }[],
  actions: readonly Action[] = [],
): Card {
  return {
    locale: words.locale,
    notification: text,
    blocks: [
      { type: "question", text, choices },
      ...(actions.length === 0 ? [] : [{ type: "actions" as const, actions }]),
    ],
  };
}

/** A card below one sentence on what just happened. */
export const headed = (card: Card, text: string): Card => ({
  ...card,
  blocks: [{ type: "text", text, tone: "strong" }, ...card.blocks],
});

/** What stands above a part of a card. */
export const heading = (text: string): Block => ({ type: "text", text, tone: "strong" });

/** The way to the home page. */
export const toHome = ({ say }: Words): Action => ({
  label: say.buttons.home,
  act: act({ verb: "say", command: "home" }),
  style: "quiet",
});
