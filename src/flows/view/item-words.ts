import { valuesOf, type Item, type ItemId, type ValueOf } from "#src/domain/forms.ts";
import { textOf, type Words } from "#src/words/words.ts";

type Say = Words["say"];

const NONE = {};

/** The choices of each item, in words. A goal is named by the program's list, and own words are their own. */
const CHOICES: { readonly [Id in ItemId]: (say: Say) => Readonly<Record<ValueOf<Id>, string>> } = {
  goal: () => NONE,
  line: () => NONE,
  help: ({ strategy }) => strategy.help.answers,
  call: ({ strategy }) => strategy.call.answers,
  feedback: ({ strategy }) => strategy.feedback.answers,
  share: ({ goal }) => goal.shares,
  safety: ({ reveal }) => ({ yes: reveal.safety }),
  counter: () => NONE,
  scope: ({ plan }) => plan.scopes,
  outcome: ({ debrief }) => debrief.outcomes,
  happened: ({ strategy }) => strategy.help.answers,
  note: () => NONE,
  "week-goal": ({ agreement }) => agreement,
  "week-strategy": ({ agreement }) => agreement,
  "week-trust": ({ agreement }) => agreement,
  next: () => NONE,
  talked: ({ commands }) => ({ yes: commands.data.yes }),
};

/** How each item is called in a row of answers. */
const LABELS: Readonly<Record<ItemId, (say: Say) => string>> = {
  goal: ({ goal }) => goal.label,
  line: ({ goal }) => goal.lineLabel,
  help: ({ strategy }) => strategy.help.label,
  call: ({ strategy }) => strategy.call.label,
  feedback: ({ strategy }) => strategy.feedback.label,
  share: ({ goal }) => goal.shareLabel,
  safety: ({ plan }) => plan.safetyLabel,
  counter: ({ plan }) => plan.countered,
  scope: ({ plan }) => plan.scopeLabel,
  outcome: ({ debrief }) => debrief.outcomeLabel,
  happened: ({ debrief }) => debrief.happenedLabel,
  note: ({ debrief }) => debrief.noteLabel,
  "week-goal": ({ checkIn }) => checkIn.labels["week-goal"],
  "week-strategy": ({ checkIn }) => checkIn.labels["week-strategy"],
  "week-trust": ({ checkIn }) => checkIn.labels["week-trust"],
  next: ({ checkIn }) => checkIn.nextLabel,
  talked: ({ buttons }) => buttons.talked,
};

/** An answer in words: a choice, a goal of the program's list, or the words that were typed. */
export function answerInWords(words: Words, item: Item, value: string): string {
  return item.scale.type === "goal" ? words.goal(value) : textOf(CHOICES[item.id](words.say), value);
}

/** What came of a goal, told after the day: "no chance that day" where the answer was "no chance today". */
export const outcomeInWords = ({ say }: Words, value: string): string => textOf(say.digest.outcomes, value);

export const choicesOf = (words: Words, item: Item): readonly (readonly [string, string])[] =>
  (valuesOf(item) ?? []).map((value) => [value, answerInWords(words, item, value)] as const);

export const itemLabel = ({ say }: Words, id: ItemId): string => LABELS[id](say);
