import { STRATEGY_ITEMS, type Item, type ItemIdOf } from "#src/domain/forms.ts";
import { OTHER_GOAL } from "#src/domain/goals.ts";
import { ownAnswer, replyTo, type Step, type View } from "../view/view.ts";

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
