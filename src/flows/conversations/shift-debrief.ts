import type { Block } from "#src/card/card.ts";
import { FORMS, type ItemIdOf } from "#src/domain/forms.ts";
import type { Conversation, Question } from "../view/conversation.ts";
import { goalShown, choicesOf, itemLabel } from "../view/in-words.ts";
import { earlyWords, reveals, waitingFor } from "../view/reveal.ts";
import { shiftTitle } from "./shift-goal.ts";
import type { Step, Seen, View } from "../view/view.ts";

type DebriefItemId = ItemIdOf<"shift-debrief">;

/** The debrief at the end of a shift, for both: was the goal worked on, which help happened, and a line for the partner. */
export const debrief: Conversation<DebriefItemId> = {
  notification: ({ words }) => words.say.debrief.notification,
  head: (view) => [
    shiftTitle(view, view.words.say.debrief.title, (names) =>
      isResident(view) ? view.words.say.goal.with(names) : view.words.say.plan.with(names),
    ),
    ...earlyWords(view, withGoal(view)),
  ],
  // A resident answers once for the shift; an attending for each resident whose goal they saw.
  steps: (view) =>
    withGoal(view).flatMap((seen) =>
      FORMS["shift-debrief"].items
        .filter((item) => item.id !== "note" || !isPrivate(view, seen))
        .map((item) => {
          const about = isResident(view) ? undefined : seen.circle.resident;
          return { item, about, targets: [{ seen, about }] };
        }),
    ),
  offered: () => [],
  question(view, step): Question {
    const { say } = view.words;
    const names = namesOf(view, step);
    const seen = step.targets[0]!.seen;
    const visible = isPrivate(view, seen)
      ? say.visible.self(view.context.program.policy.aggregate.residents)
      : say.visible.pair(names);
    switch (step.item.id) {
      case "outcome": {
        const goal = goalShown(view, seen)?.name ?? "";
        const text = isResident(view) ? say.debrief.outcome(goal) : say.debrief.outcomeOf(names, goal);
        return { text, choices: choicesOf(view.words, step.item), visible };
      }
      case "happened": {
        const text = isResident(view) ? say.debrief.happened : say.debrief.happenedWith(names);
        return { text, choices: choicesOf(view.words, step.item), visible };
      }
      case "note":
        return {
          text: say.debrief.note(names),
          choices: [],
          placeholder: say.debrief.notePlaceholder,
          visible: say.visible.shared(names),
        };
      default:
        return step.item.id satisfies never;
    }
  },
  label(view, step) {
    const label = itemLabel(view.words, step.item.id);
    return step.about !== undefined && withGoal(view).length > 1
      ? `${label} · ${namesOf(view, step)}`
      : label;
  },
  beside: () => [],
  after(view): readonly Block[] {
    const shown = { ...view, seen: withGoal(view).filter((seen) => !isPrivate(view, seen)) };
    return [...reveals(shown), ...waitingFor(shown, (names) => view.words.say.debrief.waiting(names))];
  },
};

/** The circles whose goal the reader knows. Without a goal there is nothing to look back on. */
export const withGoal = (view: View): readonly Seen[] =>
  view.seen.filter((seen) => goalShown(view, seen) !== undefined);

/** Whether the reader may look back on a goal. A private goal is known only to its resident: no attending is asked about it. */
const isPrivate = (view: View, seen: Seen): boolean =>
  seen.replies.some(
    (one) => one.person === view.reader.id && one.item === "share" && one.value === "private",
  );

const isResident = (view: View): boolean => view.role === "resident";

const namesOf = (view: View, step: Step): string =>
  view.words.all(step.targets.flatMap((target) => target.seen.partners));
