import { ITEMS, valuesOf, type Item, type ItemId, type ValueOf } from "#src/domain/forms.ts";
import { APART, settledBy, type SettleableId, type Settlement } from "#src/domain/exchange.ts";
import { textOf, type Words } from "#src/words/words.ts";
import type { Block } from "#src/card/card.ts";
import type { Gap } from "#src/domain/gap.ts";
import { OTHER_GOAL } from "#src/domain/goals.ts";
import { personId, type Person, type PersonId } from "#src/domain/person.ts";
import type { Context } from "../context.ts";
import type { Conversation, LabelledChoice } from "./conversation.ts";
import { goalChanged } from "./said-at.ts";
import { hasBoth, replyTo, type Seen, type Step, type View } from "./view.ts";

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
  same: ({ goal }) => ({ all: goal.same, goal: goal.same }),
  none: ({ goal }) => ({ yes: goal.none }),
  counter: () => NONE,
  why: () => NONE,
  suggestion: ({ goal }) => goal.suggestions,
  scope: ({ plan }) => plan.scopes,
  outcome: ({ debrief }) => debrief.outcomes,
  to: () => NONE,
  "to-line": () => NONE,
  "feedback-given": ({ debrief }) => debrief.feedbacks,
  happened: ({ strategy }) => strategy.help.answers,
  whom: ({ debrief }) => ({ all: debrief.whomAll, nobody: debrief.whomNobody }),
  note: () => NONE,
  "debrief-scope": ({ plan }) => plan.scopes,
  "week-goal": ({ agreement }) => agreement,
  "week-strategy": ({ agreement }) => agreement,
  "week-trust": ({ agreement }) => agreement,
  next: () => NONE,
  "settled-safety": () => NONE,
  "settled-help": () => NONE,
  "settled-call": () => NONE,
  "settled-feedback": () => NONE,
  "settled-week-goal": () => NONE,
  "settled-week-strategy": () => NONE,
  research: ({ research }) => research.answers,
  "research-trust": ({ research }) => research.answers,
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
  same: ({ goal }) => goal.same,
  none: ({ goal }) => goal.label,
  counter: ({ plan }) => plan.countered,
  why: ({ plan }) => plan.whyLabel,
  suggestion: ({ goal }) => goal.suggestionLabel,
  scope: ({ plan }) => plan.scopeLabel,
  outcome: ({ debrief }) => debrief.outcomeLabel,
  to: ({ debrief }) => debrief.toLabel,
  "to-line": ({ debrief }) => debrief.toLineLabel,
  "feedback-given": ({ debrief }) => debrief.feedbackLabel,
  happened: ({ debrief }) => debrief.happenedLabel,
  whom: ({ debrief }) => debrief.whomLabel,
  note: ({ debrief }) => debrief.noteLabel,
  "debrief-scope": ({ plan }) => plan.scopeLabel,
  "week-goal": ({ checkIn }) => checkIn.labels["week-goal"],
  "week-strategy": ({ checkIn }) => checkIn.labels["week-strategy"],
  "week-trust": ({ checkIn }) => checkIn.labels["week-trust"],
  next: ({ checkIn }) => checkIn.nextLabel,
  "settled-safety": ({ settle }) => settle.label(settle.safety),
  "settled-help": ({ settle, strategy }) => settle.label(strategy.help.label),
  "settled-call": ({ settle, strategy }) => settle.label(strategy.call.label),
  "settled-feedback": ({ settle, strategy }) => settle.label(strategy.feedback.label),
  "settled-week-goal": ({ settle, checkIn }) => settle.label(checkIn.labels["week-goal"]),
  "settled-week-strategy": ({ settle, checkIn }) => settle.label(checkIn.labels["week-strategy"]),
  research: ({ research }) => research.label,
  "research-trust": ({ research }) => research.trustLabel,
  talked: ({ settle }) => settle.talked,
};

/** How a difference is called in a list of them. */
export const gapLabel = (words: Words, item: Gap["item"]): string =>
  item === "safety" ? words.say.settle.safety : itemLabel(words, item);

/** An answer in words: a choice, a goal of the program's list, or the words that were typed. */
export function answerInWords(words: Words, item: Item, value: string): string {
  const settled = settledBy(item.id);
  if (settled !== undefined) return settledOnInWords(words, settled, value);
  return item.scale.type === "goal" ? words.goal(value) : textOf(CHOICES[item.id](words.say), value);
}

/** What two settled on, in words or as they wrote it; undefined where only a talk is known. */
export function settledOn(words: Words, { item, value, text }: Settlement): string | undefined {
  if (value === undefined) return undefined;
  return text ? words.say.settle.written(value) : settledOnInWords(words, item, value);
}

/** What was settled on: an answer to the item, each as they were, or own words. */
function settledOnInWords(words: Words, item: SettleableId, value: string): string {
  if (value === APART) return words.say.settle.apart;
  if (item === "safety" && value !== "yes") return answerInWords(words, ITEMS.help, value);
  return answerInWords(words, ITEMS[item], value);
}

/** The same, where the answer may be a person. */
export function answerNamed(context: Context, words: Words, item: Item, value: string): string {
  const person = item.scale.type === "partner" ? context.person(personId(value)) : undefined;
  return person === undefined ? answerInWords(words, item, value) : words.called(person);
}

/** What came of a goal, with what it changed to. */
const outcomeWith = (words: Words, said: string, { value, to, line }: Outcome): string =>
  value === "changed" && to !== undefined ? words.say.labelled(said, goalInFull(words, to, line)) : said;

/** One of several answers of a person, as it is set beside a partner's. */
export const answerBeside = (
  words: Words,
  item: Item,
  answers: ReadonlyMap<ItemId, string>,
  value: string,
): string => {
  const said = answerInWords(words, item, value);
  const changed = { value, to: answers.get("to"), line: answers.get("to-line") };
  return item.id === "outcome" ? outcomeWith(words, said, changed) : said;
};

/** An answer in the few words that a button has room for; undefined where it has no others. */
export function answerInShort(words: Words, { id }: Item, value: string): string | undefined {
  const settled = settledBy(id);
  if (settled !== undefined) return shortOfSettled(words, settled, value);
  const { help, call } = words.say.strategy;
  if (id === "help" || id === "happened") return textOf(help.short, value);
  return id === "call" ? textOf(call.short, value) : undefined;
}

function shortOfSettled(words: Words, item: SettleableId, value: string): string | undefined {
  if (value === APART || (item === "safety" && value === "yes")) return undefined;
  return answerInShort(words, ITEMS[item === "safety" ? "help" : item], value);
}

/** What came of a goal; if it changed, to which, and the line of whoever says so. */
export interface Outcome {
  readonly value: string;
  readonly to?: string | undefined;
  readonly line?: string | undefined;
}

/** What came of a goal, told after the day: "no chance that day" where the answer was "no chance today". */
export const outcomeInWords = (words: Words, outcome: Outcome): string =>
  outcomeWith(words, textOf(words.say.digest.outcomes, outcome.value), outcome);

export const choicesOf = (words: Words, item: Item): readonly LabelledChoice[] =>
  (valuesOf(item) ?? []).map((value) => [
    value,
    answerInWords(words, item, value),
    answerInShort(words, item, value),
  ]);

export const itemLabel = ({ say }: Words, id: ItemId): string => LABELS[id](say);

/** What a goal is called in a sentence. "Something else" says nothing by itself: its line does. */
export const goalNamed = (words: Words, goal: string, line: string | undefined): string =>
  goal === OTHER_GOAL && line !== undefined ? line : words.goal(goal);

/** A goal together with the resident's own line to it. */
export const goalInFull = (words: Words, goal: string, line: string | undefined): string =>
  line === undefined || goal === OTHER_GOAL
    ? goalNamed(words, goal, line)
    : words.say.labelled(words.goal(goal), line);

/** The resident's goal in the words that the reader may see, or undefined when it is not shared. */
export function goalShown(
  view: View,
  seen: Seen,
): { readonly name: string; readonly line?: string; readonly inFull: string } | undefined {
  const value = valueOf(seen, seen.circle.resident, "goal");
  if (value === undefined) return undefined;
  const line = valueOf(seen, seen.circle.resident, "line");
  return {
    name: goalNamed(view.words, value, line),
    inFull: goalInFull(view.words, value, line),
    ...(line === undefined ? {} : { line }),
  };
}

/**
 * What an attending sees of a resident's goal, or that none was shared: a private goal looks like none.
 *
 * @param goalOf what stands above the goal: before the shift is over, what the resident wants to work on
 */
export function goalBlocks(view: View, seen: Seen, goalOf = view.words.say.plan.goalOf): readonly Block[] {
  const { words } = view;
  // Of whoever is gone, or whose id is somebody else's now, nothing is shown, and nobody is left to name.
  if (seen.partners.length === 0) return [];
  const shown = goalShown(view, seen);
  const name = words.all(seen.partners);
  if (shown === undefined) return [{ type: "text", text: words.say.plan.noGoal(name), tone: "quiet" }];
  const changed = seen.changedAt === undefined ? [] : [goalChanged(view, seen.changedAt)];
  return [{ type: "quote", by: [goalOf(name), ...changed].join(" · "), text: shown.inFull }];
}

function valueOf(seen: Seen, person: PersonId, item: ItemId): string | undefined {
  return seen.replies.find((reply) => reply.person === person && reply.item === item)?.value ?? undefined;
}

/** Who sees what was answered. Where that is not the same for all answers, each line names its own. */
export function whoSees(view: View, conversation: Conversation): readonly Block[] {
  const { words } = view;
  // A setting, as for whom one answers, tells nobody anything.
  const answered = conversation
    .steps(view)
    .filter(({ item }) => item.component !== "setting")
    .filter((step) => (replyTo(view, step)?.value ?? null) !== null);
  const labelOf = (step: Step) => words.say.seenLabel(conversation.label(view, step));
  const lines = Map.groupBy(answered, (step) =>
    isShown(view, step)
      ? words.say.visible.both(words.all(partnersIn(step)))
      : conversation.question(view, step).visible,
  );
  const ordered = [...lines].toSorted(([, some], [, others]) => some.length - others.length);
  // What most answers have in common is said last, and those are not named one by one.
  const nameOf = (steps: readonly Step[], place: number) =>
    place === ordered.length - 1 && steps.length > 1
      ? words.say.seenRest
      : words.format.list(steps.map(labelOf));
  return ordered.map(([text, steps], place) => ({
    type: "visibility",
    text: ordered.length === 1 ? text : words.say.seenOf(text, nameOf(steps, place)),
  }));
}

/** Whether all partners have read this answer beside their own. */
const isShown = (view: View, step: Step): boolean =>
  step.item.visibility === "pair" &&
  partnersIn(step).length > 0 &&
  step.targets.every(({ seen }) => seen.partners.every(({ id }) => hasBoth(view, seen, id)));

const partnersIn = (step: Step): readonly Person[] => step.targets.flatMap(({ seen }) => seen.partners);
