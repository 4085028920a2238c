import { act } from "#src/card/act.ts";
import type { Action, Block } from "#src/card/card.ts";
import { ITEMS, STRATEGY_ITEMS, isStrategy, type Item, type ItemIdOf } from "#src/domain/forms.ts";
import { OTHER_GOAL } from "#src/domain/goals.ts";
import type { Person } from "#src/domain/person.ts";
import type { Conversation, Question } from "../view/conversation.ts";
import { earlierGoalNamed } from "../view/earlier-goals.ts";
import { fromLastTimes, reveals, revealsSoFar, waitingFor } from "../view/reveal.ts";
import { choicesOf, itemLabel } from "../view/in-words.ts";
import { goalChanged } from "../view/said-at.ts";
import {
  hasSuggestion,
  isOver,
  isSharedLess,
  isWithoutGoal,
  ownAnswer,
  replyTo,
  type Step,
  type View,
} from "../view/view.ts";
import { goalAnswers, keptAlone } from "./goal-answers.ts";
import { goalChoices, lastTimeInFull } from "./goal-choices.ts";
import { suggestedGoals, suggestionChoices, suggestionSteps } from "./suggested-goal.ts";

type GoalItemId = ItemIdOf<"shift-goal">;
type GoalStep = Step<GoalItemId>;

/**
 * The goal before a shift, for the resident: a goal, a line of their own, and the help, calls and feedback that they want. Whoever has
 * no goal this shift is offered the last three, and asked nothing.
 */
export const shiftGoal: Conversation<GoalItemId> = {
  notification: ({ words }) => words.say.goal.notification,
  head: (view) => [
    shiftTitle(view, view.words.say.goal.title, (names) => view.words.say.goal.with(names)),
    ...(shownTo(view).length > 0
      ? []
      : [{ type: "text" as const, text: view.words.say.goal.alone, tone: "quiet" as const }]),
    ...fromLastTimes(view),
    ...(isSuggested(view) ? suggestedGoals(view) : []),
  ],
  steps: stepsOf,
  offered: (view): readonly GoalStep[] => [
    ...[ITEMS.share, ITEMS.same, ITEMS.none].map((item) => stepOf(view, item)),
    ...(isSuggested(view) ? suggestionSteps(view) : []),
    ...(isWithoutGoal(view) ? [ITEMS.goal, ...STRATEGY_ITEMS].map((item) => stepOf(view, item)) : []),
  ],
  above: (view, { item }, isOpened) => (item.id === "goal" && !isOpened ? lastTimeInFull(view) : []),
  question: (view, step): Question => ({ ...asked(view, step), visible: visibleLine(view, step) }),
  offers: (view, { item }, isOpened) => (item.id === "goal" ? goalChoices(view, isOpened) : undefined),
  standsFor: (view, step, target, value) => {
    const answers = goalAnswers(view, step, target, value, beneathLine(view));
    return shownTo(view).length === 0 ? keptAlone(view, step, value, answers) : answers;
  },
  needsLine: (view, { item }) => item.id === "line" && isOther(view),
  beneath: (view, { item }) => (item.id === "line" ? beneathLine(view) : undefined),
  label(view, { item }) {
    const label = itemLabel(view.words, item.id);
    const changedAt = item.id === "goal" ? view.seen[0]?.changedAt : undefined;
    if (changedAt === undefined) return label;
    return `${label} · ${goalChanged(view, changedAt)}`;
  },
  beside(view, step): readonly Action[] {
    // Beside later questions too: a goal is read as soon as it is given.
    return step.item.id !== "share" && maySayHowMuch(view) ? [shareAction(view)] : [];
  },
  thanks: (view) => (isWithoutGoal(view) ? view.words.say.goal.noneSet : undefined),
  meanwhile: revealsSoFar,
  after(view): readonly Block[] {
    const { words } = view;
    const isSilent = stepsOf(view).length === 0;
    const waiting =
      isSilent || isAlone(view) ? [] : waitingFor(view, (names) => words.say.goal.waiting(names));
    const actions = [
      ...(isSilent ? [strategyAction(view)] : []),
      ...(maySayHowMuch(view) ? [shareAction(view)] : []),
    ];
    return [
      ...(isSilent ? [{ type: "visibility" as const, text: words.say.visible.goalPrivate }] : []),
      ...reveals(view),
      ...waiting,
      ...(actions.length === 0 ? [] : [{ type: "actions" as const, actions }]),
    ];
  },
};

const stepOf = <Id extends GoalItemId>(view: View, item: Item<Id>): Step<Id> => ({
  item,
  about: undefined,
  targets: view.seen.map((seen) => ({ seen, about: undefined })),
});

/** Whether the line is required: "something else" says nothing without it. */
const isOther = (view: View): boolean => ownAnswer(view, "goal") === OTHER_GOAL;

/**
 * The question that stands beneath the optional line of a goal: the first of the three that is not answered yet. So a goal takes no
 * tap more for the line that its resident does not write.
 */
const beneathLine = (view: View): GoalStep | undefined =>
  isOther(view)
    ? undefined
    : STRATEGY_ITEMS.map((item) => stepOf(view, item)).find((step) => replyTo(view, step) === undefined);

/** Whether an attending suggests another goal. */
const isSuggested = (view: View): boolean => view.seen.some(hasSuggestion);

/** Whoever has no goal and has begun to say how they want to work is asked the rest of that. */
function stepsOf(view: View): readonly GoalStep[] {
  const strategy = STRATEGY_ITEMS.map((item) => stepOf(view, item));
  if (!isWithoutGoal(view)) return [stepOf(view, ITEMS.goal), stepOf(view, ITEMS.line), ...strategy];
  return strategy.some((step) => replyTo(view, step) !== undefined) ? strategy : [];
}

/** A question's words, but for who sees the answer. */
function asked(view: View, step: GoalStep): Omit<Question, "visible"> {
  const { words } = view;
  const { say } = words;
  const choices = choicesOf(words, step.item);
  switch (step.item.id) {
    case "goal":
      return {
        text: say.goal.question,
        choices: view.context.program.goals.map(({ id }) => [id, words.goal(id)] as const),
      };
    case "line": {
      const text = isOther(view) ? say.goal.lineOther : say.goal.line;
      const example = say.goal.examples[ownAnswer(view, "goal") ?? ""];
      const isOwn = shownTo(view).length === 0 || isSharedLess(view);
      return { text, choices: [], isOwn, placeholder: example ?? say.goal.linePlaceholder };
    }
    case "share":
      return { text: say.goal.share, choices: choices.filter(([share]) => share !== "alone") };
    case "same":
      return {
        text: say.goal.question,
        choices: choices.filter(([value]) => earlierGoalNamed(view.earlier, value)),
      };
    case "none":
      return { text: say.goal.question, choices };
    case "suggestion":
      return { text: say.goal.suggestion, choices: suggestionChoices(step.targets, choices) };
    default:
      return { text: say.strategy[step.item.id].resident, choices };
  }
}

function visibleLine(view: View, { item }: GoalStep): string {
  const { visible } = view.words.say;
  if (!isStrategy(item)) return item.id === "none" ? visible.goalPrivate : goalVisible(view, item.id);
  return isAlone(view) ? visible.goalPrivate : visible.pair(view.words.all(shownTo(view)));
}

/** Whether all that is answered here is the resident's own: nobody shares the shift, or nobody did when it was answered. */
const isAlone = (view: View): boolean => shownTo(view).length === 0 || ownAnswer(view, "share") === "alone";

/** The head of a card about a shift: what it is, which shift, and with whom. */
export function shiftTitle(view: View, text: string, withNames: (names: string) => string): Block {
  const { words, shift } = view;
  const people = [...new Set(view.seen.flatMap((one) => one.partners))];
  const parts = [
    ...(shift === undefined
      ? []
      : [
          words.format.date(shift.start),
          words.say.goal.note(words.label(shift.label), words.format.span(shift.start, shift.end)),
        ]),
    ...(people.length === 0 ? [] : [withNames(words.all(people))]),
  ];
  return { type: "title", text, note: parts.join(" · ") };
}

const shareAction = (view: View): Action => ({
  label: view.words.say.buttons.share,
  act: act({ verb: "ask", nudge: view.nudge.id, item: "share", about: undefined }),
  style: "quiet",
});

/**
 * In whose chats the goal stands, or will: who has stopped, was erased or is on the shift no more has it no longer, unless they had
 * answered.
 */
const shownTo = ({ seen }: View): readonly Person[] => seen.flatMap(({ partners }) => partners);

/** How much of the goal is shared can be said before there is one, and until the shift ends. */
const maySayHowMuch = (view: View): boolean =>
  shownTo(view).length > 0 && !isWithoutGoal(view) && !isOver(view);

/** Opens the three questions that whoever has no goal is not asked. */
const strategyAction = (view: View): Action => ({
  label: view.words.say.goal.strategyOffer,
  act: act({ verb: "ask", nudge: view.nudge.id, item: "help", about: undefined }),
});

function goalVisible(view: View, item: GoalItemId): string {
  const { visible } = view.words.say;
  const names = view.words.all(shownTo(view));
  if (names === "") return visible.goalNobody;
  switch (ownAnswer(view, "share")) {
    case "private":
    case "alone":
      return visible.goalPrivate;
    case "category":
      // The line that stands beside the category is the resident's alone.
      return item === "line" ? visible.goalPrivate : visible.goalCategory(names);
    default:
      return visible.shared(names);
  }
}
