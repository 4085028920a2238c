import { act } from "#src/card/act.ts";
import type { Block } from "#src/card/card.ts";
import type { Conversation } from "../view/conversation.ts";
import { replyTo, type Opened, type Step, type View } from "../view/view.ts";

/**
 * One question: its choices, or a field to write into.
 *
 * @param maySkip whether the line may be skipped
 */
export function questionBlock(
  view: View,
  conversation: Conversation,
  step: Step,
  opened: Opened | undefined,
  maySkip: boolean,
): Block {
  const { say } = view.words;
  const question = conversation.question(view, step);
  const asked = countedSteps(view, conversation);
  const index = asked.findIndex((one) => one.item === step.item && one.about === step.about);
  const place = index < 0 ? {} : { step: { now: index + 1, of: asked.length } };
  const before = replyTo(view, step);
  const ids = { nudge: view.nudge.id, item: step.item.id, about: step.about };
  if (step.item.scale.type !== "text") {
    const offered = conversation.offers?.(view, step, opened !== undefined);
    if (offered !== undefined) return { type: "question", text: question.text, ...place, choices: offered };
    const choices = question.choices.map(([value, label, short]) => {
      const choice = {
        label,
        act: act({ verb: "answer", ...ids, value }),
        ...(short === undefined ? {} : { short }),
      };
      return before?.value === value ? { ...choice, chosen: true } : choice;
    });
    return { type: "question", text: question.text, ...place, choices };
  }
  const value = opened?.value ?? before?.value ?? undefined;
  return {
    type: "input",
    text: question.text,
    ...place,
    name: step.item.id,
    maximum: view.context.program.policy.textMaximum,
    note: say.noPatients,
    submit: {
      label: question.isOwn === true ? say.buttons.save : say.buttons.send,
      act: act({ verb: "write", ...ids }),
      style: "primary",
    },
    ...(question.placeholder === undefined ? {} : { placeholder: question.placeholder }),
    ...(value === undefined ? {} : { value }),
    ...(opened?.problem === undefined ? {} : { problem: opened.problem }),
    ...(maySkip
      ? { skip: { label: say.buttons.skip, act: act({ verb: "skip", ...ids }), style: "quiet" } }
      : {}),
  };
}

/** A line that needs no tap where the next question stands beneath it is no step on the way. */
const countedSteps = (view: View, conversation: Conversation): readonly Step[] =>
  conversation
    .steps(view)
    .filter(
      (step) =>
        conversation.beneath === undefined ||
        step.item.optional !== true ||
        conversation.needsLine?.(view, step) === true,
    );
