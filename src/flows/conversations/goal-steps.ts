import { act } from "#src/card/act.ts";
import type { Choice } from "#src/card/card.ts";
import { ITEMS, STRATEGY_ITEMS, type Item, type ItemId, type ItemIdOf } from "#src/domain/forms.ts";
import { OTHER_GOAL } from "#src/domain/goals.ts";
import { earlierGoalNamed, type EarlierGoal } from "../view/earlier-goals.ts";
import { answerInWords, goalInFull, goalNamed, itemLabel } from "../view/in-words.ts";
import { isWithoutGoal, ownAnswer, replyTo, type Step, type View } from "../view/view.ts";

/* The steps of a goal: what they are made of, and what the first of them offers. */

export type GoalItemId = ItemIdOf<"shift-goal">;
export type GoalStep = Step<GoalItemId>;

export const stepOf = <Id extends GoalItemId>(view: View, item: Item<Id>): Step<Id> => ({
  item,
  about: undefined,
  targets: view.seen.map((seen) => ({ seen, about: undefined })),
});

/** Whether the line is required: "something else" says nothing without it. */
export const isOther = (view: View): boolean => ownAnswer(view, "goal") === OTHER_GOAL;

/**
 * The question that stands beneath the optional line of a goal: the first of the three that is not answered yet. So a goal takes no
 * tap more for the line that its resident does not write.
 */
export const beneathLine = (view: View): GoalStep | undefined =>
  isOther(view)
    ? undefined
    : STRATEGY_ITEMS.map((item) => stepOf(view, item)).find((step) => replyTo(view, step) === undefined);

/** As many choices as are read at a glance. All others stand behind one of them. */
const MOST = 6;

/**
 * What the goal's question offers. At first, at most six: the same as last time, the goal that was left unfinished, the categories used
 * most (where there are not enough of those, the first of the program's list), all others, no goal. Opened, the whole list.
 */
export function goalChoices(view: View, isOpened: boolean): readonly Choice[] {
  const { words } = view;
  const again = earlierGoalNamed(view.earlier, "goal");
  const unfinished = again === undefined ? [] : [choice(view, "same", "goal", continued(view, again))];
  const none = choice(view, "none", "yes", words.say.goal.none, isWithoutGoal(view));
  const listed = view.context.program.goals.map(({ id }) => id);
  if (isOpened) return [...unfinished, ...listed.map((id) => category(view, id)), none];
  const last = earlierGoalNamed(view.earlier, "all");
  const first = [...(last === undefined ? [] : [lastTime(view, last)]), ...unfinished];
  const others: Choice = {
    label: words.say.goal.others,
    act: act({ verb: "ask", nudge: view.nudge.id, item: "goal", about: undefined }),
  };
  const used = (view.earlier?.used ?? []).filter((id) => listed.includes(id));
  const likely = [...new Set([...used, ...listed.filter((id) => id !== OTHER_GOAL)])];
  const shown = likely.slice(0, MOST - first.length - 2);
  // A short list is shown whole.
  const isWhole = listed.every((id) => shown.includes(id));
  return [...first, ...shown.map((id) => category(view, id)), ...(isWhole ? [] : [others]), none];
}

const choice = (view: View, item: ItemId, value: string, label: string, chosen = false): Choice => ({
  label,
  act: act({ verb: "answer", nudge: view.nudge.id, item, about: undefined, value }),
  ...(chosen ? { chosen } : {}),
});

const category = (view: View, id: string): Choice =>
  choice(view, "goal", id, view.words.goal(id), ownAnswer(view, "goal") === id);

/** By its own line, which says more than its category. */
const continued = ({ words }: View, { goal, line }: EarlierGoal): string =>
  words.say.goal.unfinished(line ?? goalNamed(words, goal, line));

/** All that one tap would answer, in full. */
function lastTime(view: View, { goal, line, share, strategy }: EarlierGoal): Choice {
  const { words } = view;
  const shared = ownAnswer(view, "share") ?? share;
  const parts = [
    goalInFull(words, goal, line),
    ...STRATEGY_ITEMS.flatMap((item) => {
      const value = strategy.get(item.id);
      return value === undefined
        ? []
        : [words.say.labelled(itemLabel(words, item.id), answerInWords(words, item, value))];
    }),
    ...(shared === undefined || shared === "full"
      ? []
      : [words.say.labelled(itemLabel(words, "share"), answerInWords(words, ITEMS.share, shared))]),
  ];
  return {
    ...choice(view, "same", "all", words.say.goal.sameInFull(parts.join(" · "))),
    short: words.say.goal.same,
  };
}
