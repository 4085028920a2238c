import { act } from "#src/card/act.ts";
import type { Action, Block } from "#src/card/card.ts";
import {
  ITEMS,
  STRATEGY_ITEMS,
  isStrategy,
  type Item,
  type ItemId,
  type ItemIdOf,
} from "#src/domain/forms.ts";
import { OTHER_GOAL } from "#src/domain/goals.ts";
import type { PersonId } from "#src/domain/person.ts";
import type { Answered, Conversation, Question } from "../view/conversation.ts";
import { goalBlocks, goalShown, choicesOf, itemLabel } from "../view/in-words.ts";
import { fromLastTime, reveals, revealsSoFar, waitingFor } from "../view/reveal.ts";
import { answeredTogether, byResident, residentsIn } from "./answered-together.ts";
import { shiftTitle } from "./shift-goal.ts";
import { whatBecameOfSuggestion } from "./suggested-goal.ts";
import {
  hasBoth,
  hasSuggestion,
  replyTo,
  type Step,
  type Target,
  type Seen,
  type View,
} from "../view/view.ts";

const { scope: SCOPE, safety: SAFETY, counter: COUNTER, why: WHY } = ITEMS;
type PlanItemId = ItemIdOf<"shift-plan">;
type PlanStep = Step<PlanItemId>;

/**
 * The plan of an attending, when a resident's goal is in, or at the start of the overlap. The attending sees the goal but not the
 * resident's strategy answers, and plans for one resident or for all at once.
 */
export const shiftPlan: Conversation<PlanItemId> = {
  notification: ({ words }) => words.say.plan.notification,
  head: (view) => [
    shiftTitle(view, view.words.say.plan.title, (names) => view.words.say.plan.with(names)),
    ...byResident(view.seen).flatMap((shifts, place) => [
      ...(place === 0 ? [] : [{ type: "divider" } as const]),
      ...headOf(view, shifts),
    ]),
  ],
  steps(view) {
    // A goal that was just suggested is asked a line why, before anything else.
    const whys = current(view)
      .map((seen) => one(WHY, seen))
      .filter((step) => isAskedWhy(view, step));
    const { scope, together, apart } = grouped(view);
    return [
      ...whys,
      ...(scope === undefined ? [] : [scope]),
      ...(together.length === 0 ? [] : strategyOf(view, together.map(targetOf), undefined)),
      ...apart.flatMap((shifts) => strategyOf(view, shifts.map(targetOf), shifts[0]!.circle.resident)),
    ];
  },
  offered(view) {
    const { together, apart } = grouped(view);
    const whys = current(view).map((seen) => one(WHY, seen));
    return [
      ...[...apart, ...byResident(together)].map((shifts) => ofAll(SAFETY, shifts)),
      ...current(view).map((seen) => one(COUNTER, seen)),
      ...whys.filter((step) => isSuggested(step) && !isAskedWhy(view, step)),
      ...(together.length === 0 ? [] : [{ item: SAFETY, about: undefined, targets: together.map(targetOf) }]),
    ];
  },
  question(view, step): Question {
    const { say } = view.words;
    const names = namesOf(view, step);
    switch (step.item.id) {
      case "scope":
        return {
          text: say.plan.scope(residentsIn(view.seen).length),
          choices: choicesOf(view.words, step.item),
          visible: say.visible.pair(view.words.all(view.seen.flatMap(({ partners }) => partners))),
        };
      case "counter":
        return {
          text: say.plan.counter(names),
          // The goal that the resident has is no other one.
          choices: view.context.program.goals
            .filter(({ id }) => id !== OTHER_GOAL && !step.targets.some(({ seen }) => isGoalOf(seen, id)))
            .map(({ id }) => [id, view.words.goal(id)] as const),
          visible: say.visible.shared(names),
        };
      case "why":
        return {
          text: say.plan.why(names),
          choices: [],
          placeholder: say.plan.whyPlaceholder,
          visible: say.visible.shared(names),
        };
      case "safety":
        return {
          text: say.plan.safetyLabel,
          choices: choicesOf(view.words, step.item),
          visible: say.visible.pair(names),
        };
      default:
        return {
          text: say.strategy[step.item.id].attending(step.about === undefined ? say.plan.everyone : names),
          choices: choicesOf(view.words, step.item),
          visible: say.visible.pair(names),
        };
    }
  },
  standsFor: planAnswers,
  label(view, step) {
    const label = itemLabel(view.words, step.item.id);
    return isOneOfSeveral(view, step.about) ? `${label} · ${namesOf(view, step)}` : label;
  },
  beside(view, step): readonly Action[] {
    if (!isStrategy(step.item)) return [];
    const { say } = view.words;
    const safety: Action = {
      label: say.buttons.safety,
      act: act({ verb: "answer", nudge: view.nudge.id, item: SAFETY.id, about: step.about, value: "yes" }),
      confirm: {
        text: say.plan.safetyConfirm(namesOf(view, step)),
        yes: say.plan.safetyYes,
        no: say.buttons.cancel,
      },
    };
    return step.about === undefined ? [safety] : [safety, counterAction(view, step.about)];
  },
  meanwhile: revealsSoFar,
  after(view): readonly Block[] {
    const open = current(view).filter((seen) => replyTo(view, one(COUNTER, seen)) === undefined);
    const counters = open.map((seen) => {
      const action = counterAction(view, seen.circle.resident);
      return { ...action, label: labelFor(view, seen, action.label) };
    });
    const actions = [...counters, ...whyActions(view)];
    const offer: Block[] = actions.length === 0 ? [] : [{ type: "actions", actions }];
    return [...reveals(view), ...waitingFor(view, (names) => view.words.say.plan.waiting(names)), ...offer];
  },
};

/** All that one answer of a plan stands for: a wish takes the place of "safety first", and another suggestion that of the line why. */
function planAnswers(view: View, { item }: PlanStep, { seen, about }: Target, value: string | null) {
  const own = (id: ItemId) =>
    seen.replies.find(
      (reply) => reply.person === view.reader.id && reply.item === id && reply.about === about,
    );
  const itself: Answered = { item: item.id, about, value, text: false };
  const withdrawn = (id: ItemId): Answered => ({ item: id, about, value: null, text: false });
  if (isStrategy(item) && (own("safety")?.value ?? null) !== null) return [itself, withdrawn("safety")];
  if (item.id === "counter" && own("counter")?.value !== value) return [withdrawn("why"), itself];
  return undefined;
}

/** Whether this resident was suggested a goal. */
const isSuggested = ({ targets: [target] }: PlanStep): boolean =>
  target !== undefined && hasSuggestion(target.seen);

/** Whether a line why is asked for. Once both have answered, that is what the card shows: the line is offered. */
const isAskedWhy = (view: View, step: PlanStep): boolean =>
  isSuggested(step) &&
  replyTo(view, step) !== undefined &&
  !step.targets.some(({ seen, about }) => about !== undefined && hasBoth(view, seen, about));

/** The line why that can still be said of a goal suggested after both had answered. */
const whyActions = (view: View): readonly Action[] =>
  current(view)
    .map((seen) => one(WHY, seen))
    .filter(
      (step) => isSuggested(step) && !isAskedWhy(view, step) && (replyTo(view, step)?.value ?? null) === null,
    )
    .map(({ about, targets: [target] }) => ({
      label: labelFor(view, target!.seen, view.words.say.plan.whyOffer),
      act: act({ verb: "ask", nudge: view.nudge.id, item: WHY.id, about }),
      style: "quiet" as const,
    }));

/** Whether a resident's goal is this one, as far as the reader knows. */
const isGoalOf = ({ circle, replies }: Seen, goal: string): boolean =>
  replies.some(({ person, item, value }) => person === circle.resident && item === "goal" && value === goal);

const targetOf = (seen: Seen): Target => ({ seen, about: seen.circle.resident });

const one = <Id extends PlanItemId>(item: Item<Id>, seen: Seen): Step<Id> => ({
  item,
  about: seen.circle.resident,
  targets: [targetOf(seen)],
});

/** The same for all shifts of a resident at once. */
const ofAll = (item: Item<PlanItemId>, shifts: readonly Seen[]): PlanStep => ({
  item,
  about: shifts[0]!.circle.resident,
  targets: shifts.map(targetOf),
});

const isOneOfSeveral = (view: View, about: PersonId | undefined): boolean =>
  about !== undefined && residentsIn(view.seen).length > 1;

/** A button about one resident. It names them where there are several: each of them may have one. */
const labelFor = (view: View, { circle, partners }: Seen, label: string): string =>
  isOneOfSeveral(view, circle.resident) ? `${label} · ${view.words.all(partners)}` : label;

/** What an attending knows of a resident: the goals, and where the two begin. A shift without a goal is no news beside one that has one. */
function headOf(view: View, shifts: readonly Seen[]): readonly Block[] {
  const withGoal = shifts.filter((seen) => goalShown(view, seen) !== undefined);
  const told = withGoal.length === 0 ? shifts.slice(0, 1) : withGoal;
  return [
    ...told.flatMap((seen) => [
      ...goalBlocks(view, seen),
      ...(hasSuggestion(seen) ? whatBecameOfSuggestion(view, seen) : []),
    ]),
    ...shifts[0]!.partners.flatMap((partner) => fromLastTime(view, partner)),
  ];
}

/** Of each resident the shift whose goal a suggestion is about: the first that is not over. */
function current(view: View): readonly Seen[] {
  const { roster, now } = view.context;
  const isOver = ({ circle }: Seen) => (roster.assignment(circle.occasion)?.end ?? now) <= now;
  return byResident(view.seen).map((shifts) => shifts.find((seen) => !isOver(seen)) ?? shifts.at(-1)!);
}

const grouped = (view: View) =>
  answeredTogether(view, view.seen, SCOPE, SAFETY.id, ...STRATEGY_ITEMS.map(({ id }) => id));

/** The three questions; or only "patient safety first", if that was answered. */
function strategyOf(
  view: View,
  targets: readonly Target[],
  about: PersonId | undefined,
): readonly PlanStep[] {
  const safety: PlanStep = { item: SAFETY, about, targets };
  const isSafety = replyTo(view, safety)?.value === "yes";
  return isSafety ? [safety] : STRATEGY_ITEMS.map((item) => ({ item, about, targets }));
}

const namesOf = (view: View, step: Step): string =>
  view.words.all(step.targets.flatMap((target) => target.seen.partners));

const counterAction = (view: View, about: PersonId): Action => ({
  label: view.words.say.buttons.counter,
  act: act({ verb: "ask", nudge: view.nudge.id, item: COUNTER.id, about }),
  style: "quiet",
});
