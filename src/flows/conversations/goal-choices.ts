import { act } from "#src/card/act.ts";
import type { Block, Choice } from "#src/card/card.ts";
import { ITEMS, STRATEGY_ITEMS, type Item, type ItemId } from "#src/domain/forms.ts";
import { OTHER_GOAL } from "#src/domain/goals.ts";
import { earlierGoalNamed, type EarlierGoal } from "../view/earlier-goals.ts";
import { answerInWords, goalInFull, goalNamed, itemLabel } from "../view/in-words.ts";
import { isWithoutGoal, ownAnswer, type View } from "../view/view.ts";

/* What the question for a goal offers. */

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
  const first = [
    ...(last === undefined ? [] : [choice(view, "same", "all", words.say.goal.same)]),
    ...unfinished,
  ];
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

/** All that "same as last time" would answer, in full, a line each. */
export function lastTimeInFull(view: View): readonly Block[] {
  const { words } = view;
  const last = earlierGoalNamed(view.earlier, "all");
  if (last === undefined) return [];
  const { goal, line, share, strategy } = last;
  const shared = ownAnswer(view, "share") ?? share;
  const row = (item: Item, value: string | undefined) =>
    value === undefined
      ? []
      : [{ label: itemLabel(words, item.id), value: answerInWords(words, item, value) }];
  const rows = [
    { label: words.say.goal.lastTime, value: goalInFull(words, goal, line) },
    ...STRATEGY_ITEMS.flatMap((item) => row(item, strategy.get(item.id))),
    ...(shared === "full" ? [] : row(ITEMS.share, shared)),
  ];
  return [{ type: "facts", rows }];
}
