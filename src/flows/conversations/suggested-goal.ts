import { act } from "#src/card/act.ts";
import type { Action, Block } from "#src/card/card.ts";
import { ITEMS, type Item, type ItemId } from "#src/domain/forms.ts";
import type { Person } from "#src/domain/person.ts";
import type { LabelledChoice } from "../view/conversation.ts";
import { isOver, ownAnswer, type Seen, type Step, type Target, type View } from "../view/view.ts";

/** A resident's questions about suggested goals: one for each attending who suggests one. */
export const suggestionSteps = (view: View): readonly Step<"suggestion">[] =>
  view.seen.flatMap((seen) =>
    seen.partners
      .filter(({ id }) => suggestionOf(seen, id) !== undefined)
      .map(({ id }) => ({ item: ITEMS.suggestion, about: id, targets: [{ seen, about: id }] })),
  );

/** The goals that attendings suggest instead, each with why, and a button to take it up and one to keep the own. */
export const suggestedGoals = (view: View): readonly Block[] =>
  view.seen.flatMap((seen) => seen.partners.flatMap((partner) => suggestedGoal(view, seen, partner)));

function suggestedGoal(view: View, seen: Seen, partner: Person): readonly Block[] {
  const { words } = view;
  const { goal } = words.say;
  const suggested = suggestionOf(seen, partner.id);
  if (suggested === undefined) return [];
  const why = said(seen, partner.id, ITEMS.why);
  const blocks: readonly Block[] = [
    { type: "text", text: goal.countered(words.called(partner), words.goal(suggested)) },
    ...(why === undefined
      ? []
      : [{ type: "quote" as const, by: goal.counteredWhy(words.called(partner)), text: why }]),
  ];
  const told = (text: string): Block => ({ type: "text", text, tone: "quiet" });
  if (ownAnswer(view, "goal") === suggested)
    return isTakenUp(seen, partner.id) ? [...blocks, told(goal.adopted)] : blocks;
  const isKept = answered(seen, view.reader, partner) === "kept";
  if (isOver(view)) return isKept ? [...blocks, told(goal.keptOwn)] : blocks;
  const tap = (decision: "taken" | "kept"): Action => ({
    label: goal.suggestions[decision],
    act: act({
      verb: "answer",
      nudge: view.nudge.id,
      item: "suggestion",
      about: partner.id,
      value: named(decision, suggested),
    }),
  });
  return isKept
    ? [...blocks, told(goal.keptOwn), { type: "actions", actions: [{ ...tap("taken"), style: "quiet" }] }]
    : [...blocks, { type: "actions", actions: [tap("taken"), tap("kept")] }];
}

/** What is made of this very goal: a button from before another was suggested fits no more. */
const named = (decision: string, goal: string): string => `${decision}/${goal}`;

/** What can be answered about the goals that stand suggested, each by its name; without one as on cards from before. */
export const suggestionChoices = (
  targets: readonly Target[],
  choices: readonly LabelledChoice[],
): readonly LabelledChoice[] => [
  ...choices,
  ...targets.flatMap(({ seen, about }) => {
    const suggested = about && suggestionOf(seen, about);
    return suggested === undefined
      ? []
      : choices.map(([value, label]) => [named(value, suggested), label] as const);
  }),
];

/** Whether the resident takes it up or keeps their own. */
export const decisionOf = (value: string | null): string | null => value?.split("/", 1)[0] ?? null;

/** What became of the goal that the attending suggested, as far as the resident shares theirs. */
export function whatBecameOfSuggestion(view: View, seen: Seen): readonly Block[] {
  const { words } = view;
  const { resident } = seen.circle;
  const suggested = suggestionOf(seen, view.reader.id);
  const person = seen.partners.find(({ id }) => id === resident);
  if (suggested === undefined || person === undefined) return [];
  const isTaken = isTakenUp(seen, view.reader.id);
  const isKept = answered(seen, person, view.reader) === "kept";
  const { plan } = words.say;
  const name = words.called(person);
  return isTaken || isKept
    ? [{ type: "text", text: isTaken ? plan.taken(name) : plan.kept(name), tone: "quiet" }]
    : [];
}

/** Whether the resident's goal is the suggested one since it was suggested: whoever had that goal before has not switched to it. */
function isTakenUp({ circle, replies }: Seen, attending: Person["id"]): boolean {
  const last = (person: Person["id"], id: ItemId) =>
    replies.findLastIndex((one) => one.person === person && one.item === id);
  const [goal, suggested] = [last(circle.resident, "goal"), last(attending, "counter")];
  return goal > suggested && replies[goal]?.value === replies[suggested]?.value;
}

const said = (seen: Seen, person: Person["id"], item: Item): string | undefined =>
  seen.replies.find((one) => one.person === person && one.item === item.id)?.value ?? undefined;

/** The goal that this attending suggests. */
export const suggestionOf = (seen: Seen, attending: Person["id"]): string | undefined =>
  said(seen, attending, ITEMS.counter);

/** What the resident made of the goal that stands suggested: not of one that was suggested before. */
function answered(seen: Seen, resident: Person, attending: Person): string | undefined {
  const suggested = seen.replies.find(({ person, item }) => person === attending.id && item === "counter");
  const answer = seen.replies.find(
    ({ person, item, about }) => person === resident.id && item === "suggestion" && about === attending.id,
  );
  const isLater = suggested !== undefined && answer !== undefined && answer.at >= suggested.at;
  return isLater ? (answer.value ?? undefined) : undefined;
}
