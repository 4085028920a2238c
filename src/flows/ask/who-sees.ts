import type { Block } from "#src/card/card.ts";
import type { Person } from "#src/domain/person.ts";
import type { Conversation } from "../view/conversation.ts";
import { hasBoth, replyTo, type Step, type View } from "../view/view.ts";

/** Who sees what was answered. Where that is not the same for all answers, each line names its own. */
export function whoSees(view: View, conversation: Conversation): readonly Block[] {
  const { words } = view;
  const answered = conversation.steps(view).filter((step) => (replyTo(view, step)?.value ?? null) !== null);
  const lines = Map.groupBy(answered, (step) =>
    isShown(view, step)
      ? words.say.visible.both(words.all(partnersIn(step)))
      : conversation.question(view, step).visible,
  );
  return [...lines].map(([text, steps]) => ({
    type: "visibility",
    text:
      lines.size === 1
        ? text
        : words.say.seenOf(text, words.format.list(steps.map((step) => conversation.label(view, step)))),
  }));
}

/** Whether all partners have read this answer beside their own. */
const isShown = (view: View, step: Step): boolean =>
  step.item.visibility === "pair" &&
  partnersIn(step).length > 0 &&
  step.targets.every(({ seen }) => seen.partners.every(({ id }) => hasBoth(view, seen, id)));

const partnersIn = (step: Step): readonly Person[] => step.targets.flatMap(({ seen }) => seen.partners);
