import type { ItemId } from "#src/domain/forms.ts";
import type { Answered } from "../view/conversation.ts";
import { earlierGoalNamed } from "../view/earlier-goals.ts";
import {
  hasBoth,
  isWithoutGoal,
  ownAnswer,
  ownReply,
  type Step,
  type Target,
  type View,
} from "../view/view.ts";
import { decisionOf, suggestionOf } from "./suggested-goal.ts";

/**
 * All that one answer about the goal stands for. Nothing, where what it takes up is no longer there.
 *
 * @param beneath the question that stands beneath the line of a goal
 */
export function goalAnswers(
  view: View,
  { item }: Step,
  { seen, about }: Target,
  value: string | null,
  beneath: Step | undefined,
): readonly Answered[] | undefined {
  switch (item.id) {
    case "goal":
      return value === null ? undefined : another(view, value);
    case "share":
      // What was answered alone is no partner's to read by keeping the goal private.
      return value === "private" && ownAnswer(view, "share") === "alone"
        ? [choice("share", "alone")]
        : undefined;
    case "none":
      return [...withoutGoal(view), choice("none", "yes")];
    case "same":
      return again(view, value);
    case "suggestion": {
      const suggested = about && suggestionOf(seen, about);
      if (suggested === undefined) return [];
      const decision = decisionOf(value);
      const goal = decision === "taken" ? another(view, suggested) : [];
      return [...goal, { ...choice("suggestion", decision), about }];
    }
    case "help":
    case "call":
    case "feedback":
      return beneath?.item.id === item.id && isLineAsked(view)
        ? [LINE_LEFT_OUT, choice(item.id, value)]
        : undefined;
    default:
      return undefined;
  }
}

/**
 * The same, where nobody shares the shift: it is the resident's own, as the ask says, and stays so whoever joins the shift later, until
 * the resident says how much is shared.
 */
export function keptAlone(
  view: View,
  { item, about }: Step,
  value: string | null,
  answers: readonly Answered[] | undefined,
): readonly Answered[] {
  const itself = { item: item.id, about, value, text: item.scale.type === "text" };
  const given = (answers ?? [itself]).filter((one) => one.item !== "share");
  return ownAnswer(view, "share") === "alone" ? given : [...given, choice("share", "alone")];
}

const choice = (item: ItemId, value: string | null): Answered => ({
  item,
  about: undefined,
  value,
  text: false,
});

const LINE_LEFT_OUT: Answered = { ...choice("line", null), text: true };

/** Whether the line of a goal is still asked for. */
function isLineAsked(view: View): boolean {
  const line = ownReply(view, "line");
  return ownAnswer(view, "goal") !== undefined && (line === undefined || (line.value === null && !line.text));
}

/** A line that belonged to another goal: it is taken back, and asked for anew. */
const lineTakenBack = (view: View): readonly Answered[] =>
  ownReply(view, "line") === undefined ? [] : [choice("line", null)];

const withoutNone = (view: View): readonly Answered[] => (isWithoutGoal(view) ? [choice("none", null)] : []);

const withoutGoal = (view: View): readonly Answered[] =>
  ownAnswer(view, "goal") === undefined ? [] : [choice("goal", null), ...lineTakenBack(view)];

/** A goal of this category. Another category than before never keeps the old line. */
const another = (view: View, goal: string): readonly Answered[] => [
  ...withoutNone(view),
  ...(ownAnswer(view, "goal") === goal ? [] : lineTakenBack(view)),
  choice("goal", goal),
];

/**
 * An earlier goal once more, with its line, and shared as little as then unless the resident has said otherwise; with all of it, also
 * the help, calls and feedback that were wanted, where they can still be said.
 */
function again(view: View, value: string | null): readonly Answered[] {
  const earlier = earlierGoalNamed(view.earlier, value);
  if (earlier === undefined) return [];
  const { goal, line, share } = earlier;
  const isWhole = value === "all";
  const isShareSaid = ownReply(view, "share") !== undefined;
  return [
    ...withoutNone(view),
    choice("goal", goal),
    ...(line !== undefined || isWhole
      ? [line === undefined ? LINE_LEFT_OUT : { ...choice("line", line), text: true }]
      : lineTakenBack(view)),
    ...(share === undefined || isShareSaid ? [] : [choice("share", share)]),
    ...(isWhole && !isCompared(view) ? [...earlier.strategy].map(([id, wanted]) => choice(id, wanted)) : []),
  ];
}

/** Whether the reader's wishes stand beside a partner's: then they stay. */
const isCompared = (view: View): boolean =>
  view.seen.some((seen) => seen.partners.some(({ id }) => hasBoth(view, seen, id)));
