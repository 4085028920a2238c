import { act } from "#src/card/act.ts";
import type { Action, Block } from "#src/card/card.ts";
import { FORMS, ITEMS, isStrategy, type Item, type ItemIdOf } from "#src/domain/forms.ts";
import type { Person } from "#src/domain/person.ts";
import type { Conversation, Question } from "../view/conversation.ts";
import { fromLastTimes } from "../view/from-last-time.ts";
import { reveals, waitingFor } from "../view/reveal.ts";
import { choicesOf, itemLabel } from "../view/in-words.ts";
import { replyTo, isLocked, type Step, type View } from "../view/view.ts";

const { items } = FORMS["shift-goal"];
type GoalItemId = ItemIdOf<"shift-goal">;

/** The goal before a shift, for the resident: a goal, a line of their own, and the help, calls and feedback that they want. */
export const shiftGoal: Conversation<GoalItemId> = {
  notification: ({ words }) => words.say.goal.notification,
  head: (view) => [
    shiftTitle(view, view.words.say.goal.title, (names) => view.words.say.goal.with(names)),
    ...(shownTo(view).length > 0
      ? []
      : [{ type: "text" as const, text: view.words.say.goal.alone, tone: "quiet" as const }]),
    ...fromLastTimes(view),
  ],
  steps: (view) => items.filter((item) => item.asked).map((item) => stepOf(view, item)),
  offered: (view) => items.filter((item) => !item.asked).map((item) => stepOf(view, item)),
  question(view, step): Question {
    const { say } = view.words;
    switch (step.item.id) {
      case "goal":
        return { text: say.goal.question, choices: goalChoices(view), visible: goalVisible(view) };
      case "line":
        return {
          text: isOther(view) ? say.goal.lineOther : say.goal.line,
          choices: [],
          placeholder: say.goal.linePlaceholder,
          visible: goalVisible(view),
        };
      case "share":
        return {
          text: say.goal.share,
          choices: choicesOf(view.words, step.item),
          visible: goalVisible(view),
        };
      default:
        return {
          text: say.strategy[step.item.id].resident,
          choices: choicesOf(view.words, step.item),
          visible: hasPartners(view)
            ? say.visible.pair(partnersOf(view))
            : say.visible.self(view.context.program.policy.aggregate.residents),
        };
    }
  },
  label: ({ words }, { item }) => itemLabel(words, item.id),
  beside(view, step): readonly Action[] {
    if (step.item.id === "share") return [];
    // Beside later questions too: a goal is read as soon as it is given.
    const isOffered = isStrategy(step.item) ? mayShareLess(view) : shownTo(view).length > 0;
    return isOffered ? [shareAction(view)] : [];
  },
  after(view): readonly Block[] {
    const { words } = view;
    const change: Block[] = mayShareLess(view) ? [{ type: "actions", actions: [shareAction(view)] }] : [];
    const waiting = waitingFor(view, (names) => words.say.goal.waiting(names));
    return [...suggestions(view), ...reveals(view), ...waiting, ...change];
  },
};

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

const stepOf = <Id extends GoalItemId>(view: View, item: Item<Id>): Step<Id> => ({
  item,
  about: undefined,
  targets: view.seen.map((seen) => ({ seen, about: undefined })),
});

const offeredShare = (view: View): Step => stepOf(view, ITEMS.share);

const shareAction = (view: View): Action => ({
  label: view.words.say.buttons.share,
  act: act({ verb: "ask", nudge: view.nudge.id, item: "share", about: undefined }),
  style: "quiet",
});

const hasPartners = (view: View): boolean => view.seen.some((one) => one.partners.length > 0);

const partnersOf = (view: View): string => view.words.all(view.seen.flatMap((one) => one.partners));

/** In whose chats the goal stands, or will: once it was given, that is also so where one of them has stopped since. */
function shownTo({ seen, reader, shift, context }: View): readonly Person[] {
  const partners = seen.flatMap((one) => one.partners);
  const isGiven = seen.some(({ replies }) =>
    replies.some((one) => one.person === reader.id && one.item === "goal" && one.value !== null),
  );
  if (partners.length > 0 || shift === undefined || !isGiven) return partners;
  return context.roster.partnersOf(shift).flatMap(({ person }) => context.person(person) ?? []);
}

/** Whether the line is required: "something else" says nothing without it. */
export const isOther = (view: View): boolean => replyTo(view, stepOf(view, ITEMS.goal))?.value === "other";

/** The goals to choose from. An unfinished goal of the last shift comes first. */
function goalChoices(view: View): readonly (readonly [string, string])[] {
  const { words, unfinished } = view;
  const goals = view.context.program.goals.map(({ id }) => [id, words.goal(id)] as const);
  const first = goals
    .filter(([id]) => id === unfinished)
    .map(([id, label]) => [id, words.say.goal.unfinished(label)] as const);
  return [...first, ...goals.filter(([id]) => id !== unfinished)];
}

const mayShareLess = (view: View): boolean =>
  shownTo(view).length > 0 && !isLocked(view, { ...offeredShare(view), item: ITEMS.goal });

function goalVisible(view: View): string {
  const { visible } = view.words.say;
  const names = view.words.all(shownTo(view));
  if (names === "") return visible.goalNobody;
  const share = replyTo(view, offeredShare(view))?.value;
  if (share === "private") return visible.goalPrivate;
  if (share === "category") return visible.goalCategory(names);
  return mayShareLess(view) ? visible.goal(names) : visible.shared(names);
}

/** Goals that attendings suggest instead, each with a button to take it up. */
function suggestions(view: View): readonly Block[] {
  const { words } = view;
  const goal = replyTo(view, stepOf(view, ITEMS.goal))?.value;
  return view.seen.flatMap((seen) =>
    seen.partners.flatMap((partner): Block[] => {
      const counter = seen.replies.find(
        (reply) => reply.person === partner.id && reply.item === "counter",
      )?.value;
      if (counter === undefined || counter === null) return [];
      const text: Block = {
        type: "text",
        text: words.say.goal.countered(words.called(partner), words.goal(counter)),
      };
      if (goal === counter) return [text, { type: "text", text: words.say.goal.adopted, tone: "quiet" }];
      const adopt = act({ verb: "adopt", nudge: view.nudge.id, about: partner.id });
      return [text, { type: "actions", actions: [{ label: words.say.buttons.adopt, act: adopt }] }];
    }),
  );
}
