import { act, type Meaning } from "#src/card/act.ts";
import type { Action } from "#src/card/card.ts";
import type { Inbound, BotResponse } from "#src/ports/inbound.ts";
import type { MessageRef } from "#src/ports/messenger.ts";
import { isStrategy, type ItemId } from "#src/domain/forms.ts";
import { keptBlocks } from "./kept.ts";
import { identifierIn } from "#src/domain/identifiers.ts";
import { lettersIn } from "#src/domain/text.ts";
import type { PersonId } from "#src/domain/person.ts";
import type { Recording } from "#src/ports/store.ts";
import { askCard, isComplete, mayBeSkipped, stepNamed, conversationOf } from "./ask-card.ts";
import { refused, type Handled } from "../responses.ts";
import { isLocked, isOver, type Step, viewOf, type View } from "../view/view.ts";
import { withReplies } from "../view/snapshot.ts";
import { effectsOf } from "./effects.ts";

/** A reply before it is stored. */
type NewReply = Recording["replies"][number];

/** A tap or a typed line that answers a question. */
export type Given =
  | Extract<Meaning, { verb: "answer" }>
  | { readonly verb: "write" | "skip"; readonly item: ItemId; readonly about: PersonId | undefined };

/** Stores one answer to one question, and returns the card with the next question. */
export async function answer(view: View, inbound: Inbound, meaning: Given, text?: string): Promise<Handled> {
  const { words } = view;
  if (isOver(view)) return refused("expired", words.say.refused.expired, askCard(view));
  const step = stepNamed(view, meaning.item, meaning.about);
  if (step === undefined) return refused("not-understood", words.say.refused.notUnderstood, askCard(view));
  if (isLocked(view, step)) return refused("locked", words.say.refused.locked, askCard(view));
  const value = valueOf(view, step, meaning, text);
  if ("refusal" in value) return value.refusal;
  const replies = repliesTo(view, step, value.value);
  const kept = meaning.verb === "write" && value.value !== null ? { step, line: value.value } : undefined;
  return keep(view, inbound, replies, kept);
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
    ? keep(view, inbound, repliesTo(view, step, line.trim()), { step, line: line.trim() })
    : refused(problem.reason, problem.text);
}

/** Stores that the two talked about a difference. */
export async function talkedAbout(view: View, inbound: Inbound, partner: string): Promise<Handled> {
  const seen = view.seen.find((one) => one.partners.some(({ id }) => id === partner));
  const gaps = seen === undefined ? undefined : view.gaps.get(`${seen.circle.occasion} ${partner}`);
  if (seen === undefined || gaps === undefined || gaps.size === 0) {
    return refused("not-understood", view.words.say.refused.notUnderstood, askCard(view));
  }
  const about = seen.partners.find(({ id }) => id === partner)!.id;
  return keep(view, inbound, [
    { occasion: seen.circle.occasion, about, item: "talked", value: "yes", text: false },
  ]);
}

/** Makes a goal that an attending suggested the resident's goal. */
export async function adopt(view: View, inbound: Inbound, partner: string): Promise<Handled> {
  const seen = view.seen.find((one) => one.partners.some(({ id }) => id === partner));
  const counter = seen?.replies.find((reply) => reply.person === partner && reply.item === "counter")?.value;
  if (isOver(view)) return refused("expired", view.words.say.refused.expired, askCard(view));
  if (view.nudge.kind !== "shift-goal" || seen === undefined || counter === undefined || counter === null) {
    return refused("not-understood", view.words.say.refused.notUnderstood, askCard(view));
  }
  return keep(view, inbound, [{ occasion: seen.circle.occasion, item: "goal", value: counter, text: false }]);
}

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

function repliesTo(view: View, step: Step, value: string | null): readonly NewReply[] {
  const text = step.item.scale.type === "text";
  return step.targets.flatMap(({ seen, about }): NewReply[] => {
    const reply = (item: ItemId, given: string | null): NewReply => ({
      occasion: seen.circle.occasion,
      item,
      value: given,
      text,
      ...(about === undefined ? {} : { about }),
    });
    const tookBack =
      view.nudge.kind === "shift-plan" &&
      isStrategy(step.item) &&
      seen.replies.some(
        (one) => one.person === view.reader.id && one.item === "safety" && one.value !== null,
      );
    return tookBack
      ? [reply(step.item.id, value), { ...reply("safety", null), text: false }]
      : [reply(step.item.id, value)];
  });
}

/** Stores the replies and their effects in one transaction, and returns the card as it is then. */
async function keep(
  view: View,
  inbound: Inbound,
  given: readonly NewReply[],
  kept?: { readonly step: Step; readonly line: string },
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
  const complete = isComplete(after);
  const { refresh, ...effects } = await effectsOf(view, after, replies, complete);
  const recorded = await context.store.record({
    event: inbound.event,
    person: reader.id,
    now,
    nudge: nudge.id,
    replies: given,
    complete,
    ...effects,
    // After a typed answer, the message with the question stands further up in the chat. It is edited there.
    refresh: message === undefined ? [nudge.id, ...refresh] : refresh,
    ...(message === undefined ? {} : { message, platform: inbound.sender.platform }),
  });
  switch (recorded) {
    case "again": {
      // Its first delivery may have been stored after this view was read.
      const stored = await viewOf(context, nudge, reader, words.locale);
      return refused("already-received", words.say.refused.again, askCard(stored));
    }
    case "closed":
      return refused("expired", words.say.refused.expired);
    case "recorded": {
      const due = effects.hasten.length === 0 ? {} : ({ makesDue: "asks" } as const);
      const replace = message !== undefined;
      if (kept === undefined) return { kind: "card", card: askCard(after), replace, ...due };
      const echo = keptBlocks(after, kept.step, kept.line, isAsked(inbound) ? [] : restOf(after));
      const card = askCard(after);
      const blocks = isAsked(inbound) ? [...echo, { type: "divider" } as const, ...card.blocks] : echo;
      return { kind: "card", card: { ...card, blocks }, replace, ...due };
    }
    default:
      return recorded satisfies never;
  }
}

/** Typed into a question's own field: its next card stands there. */
const isAsked = (inbound: Inbound): boolean => inbound.type === "submitted";

/** The way to the next question, which stands further up. */
const restOf = (view: View): readonly Action[] =>
  isComplete(view)
    ? []
    : [{ label: view.words.say.home.answer, act: act({ verb: "show", nudge: view.nudge.id }) }];

export const messageOf = (inbound: Inbound): MessageRef | undefined =>
  inbound.type === "pressed" || inbound.type === "submitted" ? inbound.message : undefined;
