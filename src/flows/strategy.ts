import { STRATEGY_ITEMS } from "#src/domain/forms.ts";
import { valuesOf, type Item } from "#src/domain/forms.ts";
import type { Words } from "#src/words/words.ts";

type StrategyId = keyof Words["say"]["strategy"];

export const isStrategy = (item: Item): boolean => STRATEGY_ITEMS.includes(item);

/** The answers to an ordinal, nominal or agreement item, in words. "happened" is told in the words of "help". */
export function answerInWords(words: Words, item: Item, value: string): string {
  return (textsOf(words, item) as Readonly<Record<string, string>>)[value] ?? value;
}

/** What came of a goal, told after the day: "no chance that day" where the answer was "no chance today". */
export const outcomeInWords = ({ say }: Words, value: string): string =>
  (say.digest.outcomes as Readonly<Record<string, string>>)[value] ?? value;

export const choicesOf = (words: Words, item: Item): readonly (readonly [string, string])[] =>
  (valuesOf(item) ?? []).map((value) => [value, answerInWords(words, item, value)] as const);

/** How an item is called in a row of answers. */
export function itemLabel({ say }: Words, id: string): string {
  switch (id) {
    case "help":
    case "call":
    case "feedback":
      return say.strategy[id].label;
    case "outcome":
      return say.debrief.outcomeLabel;
    case "happened":
      return say.debrief.happenedLabel;
    case "week-goal":
    case "week-strategy":
    case "week-trust":
      return say.checkIn.labels[id];
    case "goal":
    case "counter":
      return say.goal.label;
    default:
      return id;
  }
}

function textsOf({ say }: Words, item: Item): object {
  switch (item.id) {
    case "happened":
      return say.strategy.help.answers;
    case "outcome":
      return say.debrief.outcomes;
    case "share":
      return say.goal.shares;
    case "scope":
      return say.plan.scopes;
    case "safety":
      return { yes: say.reveal.safety };
    case "talked":
      return { yes: say.commands.data.yes };
    default:
      return item.scale.type === "agreement"
        ? say.agreement
        : (say.strategy[item.id as StrategyId]?.answers ?? {});
  }
}
