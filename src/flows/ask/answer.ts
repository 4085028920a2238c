import type { Meaning } from "#src/card/act.ts";
import type { Inbound, BotResponse } from "#src/ports/inbound.ts";
import type { ItemId } from "#src/domain/forms.ts";
import { identifierIn } from "#src/domain/identifiers.ts";
import { settledBy, settlingValues, type SettleableId } from "#src/domain/exchange.ts";
import { lettersIn } from "#src/domain/text.ts";
import type { PersonId } from "#src/domain/person.ts";
import type { Answered } from "../view/conversation.ts";
import { askCard, mayBeSkipped, stepNamed, conversationOf, isComplete } from "./ask-card.ts";
import { refused, type Handled } from "../responses.ts";
import { isLocked, isOver, viewOf, type Step, type View } from "../view/view.ts";
import { mayStillSettle } from "../view/settling.ts";
import type { MessageRef } from "#src/ports/messenger.ts";
import type { Recording } from "#src/ports/store.ts";
import { withReplies } from "../context.ts";
import { effectsOf } from "./effects.ts";
import { withEcho, type KeptLine } from "./kept.ts";
import { tellWhoWasFirst } from "./shift-reveal.ts";

/** A tap or a typed line that answers a question. */
export type Given =
  | Extract<Meaning, { verb: "answer" }>
  | { readonly verb: "write" | "skip"; readonly item: ItemId; readonly about: PersonId | undefined };

/** Stores one answer to one question, and returns the card with the next question. */
export async function answer(view: View, inbound: Inbound, meaning: Given, text?: string): Promise<Handled> {
  const { words } = view;
  const settled = settledBy(meaning.item);
  if (settled !== undefined) return settle(view, inbound, meaning, settled, text);
  if (isOver(view)) return refused("expired", words.say.refused.expired, askCard(view));
  const step = stepNamed(view, meaning.item, meaning.about);
  if (step === undefined) return refused("not-understood", words.say.refused.notUnderstood, askCard(view));
  if (isLocked(view, step)) return refused("locked", words.say.refused.locked, askCard(view));
  const value = valueOf(view, step, meaning, text);
  if ("refusal" in value) return value.refusal;
  const replies = repliesTo(view, step, value.value);
  if (replies.length === 0) return refused("not-understood", words.say.refused.notUnderstood, askCard(view));
  const kept = meaning.verb === "write" && value.value !== null ? { step, line: value.value } : undefined;
  return keep(view, inbound, replies, kept);
}

/** Stores what one of two partners says that they settled on: a choice, or a line. */
async function settle(
  view: View,
  inbound: Inbound,
  meaning: Given,
  settled: SettleableId,
  text?: string,
): Promise<Handled> {
  const { say } = view.words;
  const misfit = () => refused("not-understood", say.refused.notUnderstood, askCard(view));
  const step = stepNamed(view, meaning.item, meaning.about);
  if (step === undefined || meaning.verb === "skip") return misfit();
  if (!mayStillSettle(view)) return refused("expired", say.settle.closed, askCard(view));
  if (meaning.verb === "answer")
    return settlingValues(settled).includes(meaning.value)
      ? keep(view, inbound, repliesTo(view, step, meaning.value))
      : misfit();
  if (text === undefined) return misfit();
  const line = text.trim();
  const problem = textProblem(view, line);
  if (problem === undefined) return keep(view, inbound, repliesTo(view, step, line, true), { step, line });
  const opened = { step, value: text, problem: problem.text };
  return refused(problem.reason, problem.text, askCard(view, opened));
}

/** Puts this in place of the line that stands there; null takes it back. What follows from it is as for any answer. */
export async function replaceLine(
  view: View,
  inbound: Inbound,
  step: Step,
  line: string | null,
): Promise<Handled> {
  if (line === null) return keep(view, inbound, repliesTo(view, step, null));
  const problem = textProblem(view, line.trim());
  return problem === undefined
    ? keep(view, inbound, repliesTo(view, step, line.trim(), true), { step, line: line.trim() })
    : refused(problem.reason, problem.text);
}

/** Puts back the choice that a line had taken the place of. */
export const restoreChoice = (view: View, inbound: Inbound, step: Step, value: string): Promise<Handled> =>
  keep(view, inbound, repliesTo(view, step, value));

function valueOf(
  view: View,
  step: Step,
  meaning: Given,
  text: string | undefined,
): { readonly value: string | null } | { readonly refusal: BotResponse } {
  const { say } = view.words;
  const isText = step.item.scale.type === "text";
  const misfit = () => ({ refusal: refused("not-understood", say.refused.notUnderstood, askCard(view)) });
  if (meaning.verb === "skip") return isText && mayBeSkipped(view, step) ? { value: null } : misfit();
  if (meaning.verb === "answer") {
    if (isText) return misfit();
    const choices = () => conversationOf(view.nudge.kind).question(view, step).choices;
    const fits =
      step.item.id === "safety"
        ? meaning.value === "yes"
        : choices().some(([value]) => value === meaning.value);
    return fits ? { value: meaning.value } : misfit();
  }
  if (!isText || text === undefined) return misfit();
  const line = text.trim();
  const problem = textProblem(view, line);
  if (problem === undefined) return { value: line };
  return {
    refusal: refused(
      problem.reason,
      problem.text,
      askCard(view, { step, value: text, problem: problem.text }),
    ),
  };
}

/** What is wrong with a line; undefined where it can be kept. */
function textProblem(
  view: View,
  line: string,
): { reason: "identifier" | "too-long" | "not-understood"; text: string } | undefined {
  const { say } = view.words;
  const maximum = view.context.program.policy.textMaximum;
  const length = lettersIn(line);
  if (length > maximum) return { reason: "too-long", text: say.refused.tooLong(maximum, length) };
  if (length === 0) return { reason: "not-understood", text: say.refused.empty };
  const identifier = identifierIn(line);
  return identifier === undefined
    ? undefined
    : { reason: "identifier", text: say.refused.identifier(identifier) };
}

/** @param text whether the value is somebody's own words. What two settle on is either a choice or a line. */
function repliesTo(
  view: View,
  step: Step,
  value: string | null,
  text = step.item.scale.type === "text",
): readonly NewReply[] {
  const conversation = conversationOf(view.nudge.kind);
  const itself = (about: PersonId | undefined): Answered => ({
    item: step.item.id,
    about,
    value,
    text,
  });
  return step.targets.flatMap((target) =>
    (conversation.standsFor?.(view, step, target, value) ?? [itself(target.about)]).map(
      ({ item, about, ...said }): NewReply => ({
        occasion: target.seen.circle.occasion,
        item,
        ...said,
        ...(about === undefined ? {} : { about }),
      }),
    ),
  );
}

/** A reply before it is stored. */
type NewReply = Recording["replies"][number];

/** Stores the replies and their effects in one transaction, and returns the card as it is then. */
async function keep(
  view: View,
  inbound: Inbound,
  given: readonly NewReply[],
  kept?: KeptLine,
): Promise<Handled> {
  const { context, nudge, reader, words } = view;
  const { now } = context;
  const replies = given.map((one) => ({ ...one, nudge: nudge.id, person: reader.id, at: now }));
  const after = await viewOf(
    { ...context, store: withReplies(context.store, replies) },
    nudge,
    reader,
    words.locale,
  );
  const message = messageOf(inbound);
  // What the two settle on can be said after the ask is over, and does not answer it.
  const late = replies.every(({ item }) => settledBy(item) !== undefined);
  const complete = !late && isComplete(after);
  const { edit, ...effects } = await effectsOf(view, after, replies, complete);
  const recorded = await context.store.record({
    event: inbound.event,
    person: reader.id,
    now,
    nudge: nudge.id,
    replies: given,
    complete,
    late,
    ...effects,
    // After a typed answer, the message with the question stands further up in the chat. It is edited there.
    edit: message === undefined ? [nudge.id, ...edit] : edit,
    ...(message === undefined ? {} : { message, platform: inbound.sender.platform }),
  });
  const isDue = effects.hasten.length > 0 || (effects.notices ?? []).length > 0;
  switch (recorded) {
    case "again":
      // Its first delivery may have been stored after this view was read.
      return refused("already-received", words.say.refused.again, askCard(await anew(view)));
    case "closed":
      return refused("expired", words.say.refused.expired);
    case "moved": {
      const stored = await anew(view);
      const isTold = await tellWhoWasFirst(view, stored, inbound);
      return keptCard(stored, inbound, kept, isDue || isTold);
    }
    case "recorded":
      return keptCard(after, inbound, kept, isDue);
    default:
      return recorded satisfies never;
  }
}

/** The view as it is stored now. */
const anew = ({ context, nudge, reader, words }: View): Promise<View> =>
  viewOf(context, nudge, reader, words.locale);

/** The card after an act that was kept. */
function keptCard(view: View, inbound: Inbound, kept: KeptLine | undefined, isDue: boolean): Handled {
  const due = isDue ? ({ makesDue: "asks" } as const) : {};
  const replace = messageOf(inbound) !== undefined;
  const card = askCard(view);
  if (kept === undefined) return { kind: "card", card, replace, ...due };
  // Typed into a question's own field: its next card stands there.
  const blocks = withEcho(view, card, kept, inbound.type === "submitted");
  return { kind: "card", card: { ...card, blocks }, replace, ...due };
}

/** The message that was tapped, or whose field was sent. */
export const messageOf = (inbound: Inbound): MessageRef | undefined =>
  inbound.type === "pressed" || inbound.type === "submitted" ? inbound.message : undefined;
