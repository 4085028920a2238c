import type { Block } from "#src/card/card.ts";
import { ITEMS, type Item, type ItemIdOf } from "#src/domain/forms.ts";
import { OTHER_GOAL } from "#src/domain/goals.ts";
import type { PersonId } from "#src/domain/person.ts";
import type { Conversation, LabelledChoice, Question } from "../view/conversation.ts";
import { goalBlocks, goalShown, choicesOf, itemLabel } from "../view/in-words.ts";
import { helpBefore } from "../view/help-before.ts";
import { earlyWords, reveals, revealsSoFar, settlingAmong, waitingFor } from "../view/reveal.ts";
import { nextToSettle } from "../view/settling.ts";
import { answeredTogether, byResident, residentsIn } from "./answered-together.ts";
import { lineSteps, offeredLines, whomChoices } from "./debrief-lines.ts";
import { shiftTitle } from "./shift-goal.ts";
import { replyTo, type Step, type Seen, type Target, type View } from "../view/view.ts";
import { isKeptPrivate } from "#src/domain/visibility.ts";

type DebriefItemId = ItemIdOf<"shift-debrief">;
type DebriefStep = Step<DebriefItemId>;

/**
 * The debrief at the end of a shift, for both: was the goal worked on, was there feedback on it, which help happened, and a
 * line for the partner. Four taps where there is one partner.
 */
export const debrief: Conversation<DebriefItemId> = {
  notification: ({ words }) => words.say.debrief.notification,
  head: (view) => [
    shiftTitle(view, view.words.say.debrief.title, (names) =>
      isResident(view) ? view.words.say.goal.with(names) : view.words.say.plan.with(names),
    ),
    ...(isTogether(view) || hasSeveralGoals(withGoal(view))
      ? withGoal(view).flatMap((seen) => goalBlocks(view, seen, view.words.say.debrief.goalOf))
      : []),
    ...earlyWords(view, withGoal(view)),
  ],
  reminder({ words, shift, seen }) {
    const names = words.all(seen.flatMap(partnersOf));
    if (shift === undefined || names === "") return undefined;
    return words.say.debrief.again(words.format.date(shift.start), names);
  },
  // A resident answers once for the shift; an attending for each resident whose goal they saw, or once for all of them.
  steps(view) {
    const all = withGoal(view);
    const lines = lineSteps(view, toWriteTo(view));
    if (isResident(view)) return [...questions(view, all, undefined), ...lines];
    const { scope, together, apart } = grouped(view);
    return [
      ...(scope === undefined ? [] : [scope]),
      ...questions(view, together, undefined),
      ...apart.flatMap((shifts) => questions(view, shifts, shifts[0]!.circle.resident)),
      ...lines,
    ];
  },
  offered: (view) => offeredLines(view, toWriteTo(view)),
  thanks: (view) => (isLeftOpen(view) ? view.words.say.debrief.savedOpen : undefined),
  question: (view, step) => ({ ...asked(view, step), visible: visibleIn(view, step) }),
  above: (view, { item, targets }) =>
    item.id === "happened" ? helpBefore(view, known(view).filter(isAmong(targets))) : [],
  needsLine: (view, step) => step.item.id === "to-line" && changedToOther(view, step),
  label(view, step) {
    const label = itemLabel(view.words, step.item.id);
    const isOneOfSeveral = step.about !== undefined && new Set(withGoal(view).flatMap(partnersOf)).size > 1;
    return isOneOfSeveral ? `${label} · ${namesOf(view, step)}` : label;
  },
  beside: () => [],
  left: (view) => (isLeftOpen(view) ? settling(view) : []),
  meanwhile: (view) => revealsSoFar(withSharedGoal(view)),
  after(view): readonly Block[] {
    const shown = withSharedGoal(view);
    return [
      ...reveals(shown),
      ...(isLeftOpen(view) ? [] : settling(view)),
      ...waitingFor(shown, (names) => view.words.say.debrief.waiting(names)),
    ];
  },
};

/** Whether the plan has left something that can still be settled. It is asked below the thanks, which then say so. */
const isLeftOpen = (view: View): boolean =>
  known(view).some((seen) => seen.partners.some((partner) => nextToSettle(view, seen, partner)));

/** What was settled on the shift, and what can still be. */
function settling(view: View): readonly Block[] {
  const among = known(view);
  const blocksFor = settlingAmong(view, among);
  return among.flatMap((seen) => seen.partners.flatMap((partner) => blocksFor(seen, partner)));
}

/** The view with those alone whose answers may be shown beside the reader's. */
const withSharedGoal = (view: View): View => ({
  ...view,
  seen: withGoal(view).filter((seen) => !isPrivate(view, seen)),
});

/** The circles whose goal the reader knows. Without a goal there is nothing to look back on. */
const known = (view: View): readonly Seen[] =>
  view.seen.filter((seen) => goalShown(view, seen) !== undefined);

/** The same, each with the partners who look back on it, too. What was planned with the others stays, and can be settled. */
export const withGoal = (view: View): readonly Seen[] =>
  known(view).map((seen) => ({
    ...seen,
    partners: seen.partners.filter(({ id }) => seen.absent?.has(id) !== true),
  }));

const isAmong = (targets: readonly Target[]) => (one: Seen) =>
  targets.some(({ seen }) => seen.circle === one.circle);

/** "Something else" says nothing by itself: what the goal changed to is then asked in the writer's own words. */
const changedToOther = (view: View, step: Step): boolean =>
  replyTo(view, { ...step, item: ITEMS.to })?.value === OTHER_GOAL;

/** The questions about one goal, or about several at once. */
function questions(view: View, among: readonly Seen[], about: PersonId | undefined): readonly DebriefStep[] {
  if (among.length === 0) return [];
  const step = <Id extends DebriefItemId>(item: Item<Id>): DebriefStep => ({
    item,
    about,
    targets: among.map((seen) => ({ seen, about: isResident(view) ? undefined : seen.circle.resident })),
  });
  const [outcome, feedback, happened] = [
    step(ITEMS.outcome),
    step(ITEMS["feedback-given"]),
    step(ITEMS.happened),
  ];
  const hasChanged = replyTo(view, outcome)?.value === "changed";
  // Who has answered before the question about feedback was there has answered whole.
  const isAsked = replyTo(view, happened) === undefined || replyTo(view, feedback) !== undefined;
  return [
    outcome,
    ...(hasChanged ? [step(ITEMS.to), step(ITEMS["to-line"])] : []),
    ...(isAsked ? [feedback] : []),
    happened,
  ];
}

/** An attending's residents: those who are answered for at once, and those one by one. */
const grouped = (view: View) =>
  answeredTogether(view, withGoal(view), ITEMS["debrief-scope"], ITEMS.outcome.id);

const isTogether = (view: View): boolean => !isResident(view) && grouped(view).together.length > 0;

/** Those whom a line can go to, each once: beside the last of their shifts. Nobody else knows of a private goal. */
const toWriteTo = (view: View): readonly Seen[] =>
  byResident(withGoal(view).filter((seen) => !isPrivate(view, seen))).map((shifts) => shifts.at(-1)!);

/** Whether a resident had several shifts with a goal beside the reader's one. */
const hasSeveralGoals = (among: readonly Seen[]): boolean => residentsIn(among).length < among.length;

function asked(view: View, step: DebriefStep): Omit<Question, "visible"> {
  const { say } = view.words;
  const { debrief: texts } = say;
  const names = namesOf(view, step);
  const isForAll = !isResident(view) && step.about === undefined;
  const whose = isForAll ? say.plan.everyone : names;
  const choices = choicesOf(view.words, step.item);
  switch (step.item.id) {
    case "debrief-scope":
      return { text: texts.scope(residentsIn(withGoal(view)).length), choices };
    case "outcome":
      return { text: outcomeText(view, step, isForAll), choices };
    case "to":
      return { text: texts.to, choices: goals(view) };
    case "to-line":
      return {
        text: changedToOther(view, step) ? texts.toLineOther : texts.toLine,
        choices: [],
        placeholder: say.goal.linePlaceholder,
      };
    case "feedback-given":
      return { text: isResident(view) ? texts.feedback : texts.feedbackFor(whose), choices };
    case "happened":
      return {
        text: isResident(view) ? texts.happened : texts.happenedWith(whose),
        choices,
      };
    case "whom":
      return { text: texts.whom, choices: whomChoices(view, toWriteTo(view)) };
    case "note":
      return { text: texts.note(names), choices: [], placeholder: texts.notePlaceholder };
    default:
      return step.item.id satisfies never;
  }
}

/** Asked in the resident's own line where the reader may see it, else by the goal's category. */
function outcomeText(view: View, step: DebriefStep, isForAll: boolean): string {
  const { debrief: texts } = view.words.say;
  if (isForAll) return texts.outcomeOfAll;
  if (step.targets.length > 1) return texts.outcomeOfSeveral(namesOf(view, step));
  const goal = goalShown(view, step.targets[0]!.seen);
  const named = goal?.line ?? goal?.name ?? "";
  return isResident(view) ? texts.outcome(named) : texts.outcomeOf(namesOf(view, step), named);
}

const goals = (view: View): readonly LabelledChoice[] =>
  view.context.program.goals.map(({ id }) => [id, view.words.goal(id)]);

function visibleIn(view: View, step: DebriefStep): string {
  const { visible } = view.words.say;
  if (step.item.id === "whom") return visible.chosen;
  if (step.item.id === "debrief-scope")
    return visible.pair(view.words.all(withGoal(view).flatMap(partnersOf)));
  const names = namesOf(view, step);
  // Of nobody who looks back on it, too, nobody is left to see it.
  if (names === "" || step.targets.some(({ seen }) => isPrivate(view, seen))) return visible.goalPrivate;
  return step.item.visibility === "shared" ? visible.shared(names) : visible.pair(names);
}

/** Whether the reader keeps a goal of theirs private. Only they look back on it: no attending knows it, or is asked about it. */
const isPrivate = (view: View, seen: Seen): boolean =>
  seen.replies.some(
    (one) => one.person === view.reader.id && one.item === "share" && isKeptPrivate(one.value),
  );

const isResident = (view: View): boolean => view.role === "resident";

const partnersOf = ({ partners }: Seen) => partners;

const namesOf = (view: View, step: Step): string =>
  view.words.all(step.targets.flatMap((target) => target.seen.partners));
