import { act, readAct, type Meaning } from "#src/card/act.ts";
import type { Action, Block, Card } from "#src/card/card.ts";
import { STRATEGY_ITEMS, type ItemId } from "#src/domain/forms.ts";
import { isCalledOff, type AskKind } from "#src/domain/nudge.ts";
import { answerNamed, whoSees } from "../view/in-words.ts";
import type { Conversation } from "../view/conversation.ts";
import { shiftGoal } from "../conversations/shift-goal.ts";
import { replyTo, isLocked, isOver, type Opened, type Step, hasBoth, type View } from "../view/view.ts";
import { earlyWords } from "../view/reveal.ts";
import { questionBlock } from "./question-block.ts";
import { settledBy } from "#src/domain/exchange.ts";
import { settlementField } from "../view/settlement-field.ts";
import { settlingStep } from "../view/settling.ts";
import { checkIn } from "../conversations/pair-check-in.ts";
import { debrief } from "../conversations/shift-debrief.ts";
import { shiftPlan } from "../conversations/shift-plan.ts";

/**
 * An ask's card as it is now: the next question, or, if all are answered, the answers of both. It depends only on the view, so the
 * same card can be made again for each edit.
 */
export function askCard(view: View, opened?: Opened): Card {
  const conversation = conversationOf(view.nudge.kind);
  const reminder = reminderOf(view, conversation);
  const head = reminder === undefined ? conversation.head(view) : reminderHead(view, reminder);
  const notification = reminder ?? notificationOf(view, conversation, opened);
  const card = (...blocks: readonly Block[]): Card => ({
    locale: view.words.locale,
    notification,
    blocks: [...head, ...blocks],
  });
  if (opened !== undefined && settledBy(opened.step.item.id) !== undefined)
    return card(...settlementField(view, opened), { type: "actions", actions: [backAction(view)] });
  const meanwhile = conversation.meanwhile?.(view) ?? [];
  if (isOver(view)) {
    const text: Block = { type: "text", text: closedText(view), tone: "quiet" };
    return card(
      ...answersSoFar(view, conversation),
      text,
      ...(isComplete(view) ? conversation.after(view).filter(isToRead) : meanwhile),
    );
  }
  const next = opened?.step ?? nextStep(view);
  if (next === undefined) return card(...saved(view, conversation));
  const beneath = opened === undefined ? beneathStep(view, next) : undefined;
  const asked = (step: Step): readonly Block[] => [
    ...(conversation.above?.(view, step, opened !== undefined) ?? []),
    questionBlock(view, conversation, step, opened, mayBeSkipped(view, step)),
    { type: "visibility", text: conversation.question(view, step).visible },
  ];
  const actions = [
    ...conversation.beside(view, next),
    ...(opened === undefined ? [laterAction(view)] : [backAction(view)]),
  ];
  return card(
    ...answersSoFar(view, conversation, next),
    ...asked(next),
    ...(beneath === undefined ? [] : asked(beneath)),
    { type: "actions", actions },
    ...(opened === undefined && meanwhile.length > 0 ? [{ type: "divider" } as const, ...meanwhile] : []),
  );
}

/**
 * What a reminder says, which has taken the place of the message that it reminds of: one line, above the question. Once the reader
 * begins to answer, or it is too late for that, the whole card stands again.
 */
function reminderOf(view: View, conversation: Conversation): string | undefined {
  if (view.nudge.isReminded !== true || isOver(view)) return undefined;
  const isBegun = conversation.steps(view).some((step) => replyTo(view, step) !== undefined);
  const said = isBegun ? undefined : conversation.reminder?.(view);
  return said && view.words.say.reminder(said, view.words.format.moment(view.nudge.expiresAt));
}

/** What partners have written meanwhile is theirs to say: it stays. */
const reminderHead = (view: View, text: string): readonly Block[] => [
  { type: "text", text, tone: "strong" },
  ...earlyWords(view, view.seen),
];

/** The first question without an answer; undefined if all are answered. */
export function nextStep(view: View): Step | undefined {
  return conversationOf(view.nudge.kind)
    .steps(view)
    .find((step) => !isAnswered(view, step));
}

/** The question that stands beneath this one, as long as it may be skipped. */
export const beneathStep = (view: View, step: Step): Step | undefined =>
  conversationOf(view.nudge.kind).beneath?.(view, step);

/** Nothing is an answer only where a line may be skipped, and was. */
function isAnswered(view: View, step: Step): boolean {
  const reply = replyTo(view, step);
  return reply !== undefined && (reply.value !== null || (reply.text && mayBeSkipped(view, step)));
}

/** Whether a line may be skipped. All are optional, but for those that the writer's own words are needed in. */
export const mayBeSkipped = (view: View, step: Step): boolean =>
  step.item.optional === true && conversationOf(view.nudge.kind).needsLine?.(view, step) !== true;

export const isComplete = (view: View): boolean => nextStep(view) === undefined;

/** The step that a tap names, asked or offered; undefined if the ask has no such step. */
export function stepNamed(view: View, item: ItemId, about: string | undefined): Step | undefined {
  const conversation = conversationOf(view.nudge.kind);
  const steps = [...conversation.steps(view), ...conversation.offered(view)];
  const named = (id: ItemId) => steps.find((step) => step.item.id === id && step.about === about);
  if (settledBy(item) !== undefined) return settlingStep(view, item, about);
  // After "patient safety first" the three questions are no longer listed, but can still be answered.
  const [safety, strategy] = [named("safety"), STRATEGY_ITEMS.find(({ id }) => id === item)];
  return (
    named(item) ??
    (safety === undefined || strategy === undefined ? undefined : { ...safety, item: strategy })
  );
}

/** What a lock screen says of the card as it is now: what is asked, or what has changed since. Never an answer. */
function notificationOf(view: View, conversation: Conversation, opened: Opened | undefined): string {
  const { reveal } = view.words.say;
  if (isOver(view)) return closedText(view);
  if (opened !== undefined || !isComplete(view)) return conversation.notification(view);
  const isRevealed = view.seen.some((seen) => seen.partners.some(({ id }) => hasBoth(view, seen, id)));
  if (!isRevealed) return savedText(view);
  // After the shift it is what happened that is worth a minute.
  const isGap = (gaps: ReadonlyMap<ItemId, unknown>) =>
    view.nudge.kind === "shift-debrief" ? gaps.has("happened") : gaps.size > 0;
  return [...view.gaps.values()].some(isGap) ? reveal.bothWithGap : reveal.both;
}

function savedText(view: View): string {
  const {
    nudge,
    words: { say },
  } = view;
  const thanks: Readonly<Record<AskKind, { readonly saved: string }>> = {
    "shift-goal": say.goal,
    "shift-plan": say.plan,
    "shift-debrief": say.debrief,
    "pair-check-in": say.checkIn,
  };
  return conversationOf(nudge.kind).thanks?.(view) ?? thanks[nudge.kind].saved;
}

const saved = (view: View, conversation: Conversation): readonly Block[] => [
  { type: "text", text: savedText(view), tone: "strong" },
  ...(conversation.left?.(view) ?? []),
  ...answersSoFar(view, conversation),
  ...whoSees(view, conversation),
  ...conversation.after(view),
];

function closedText(view: View): string {
  const { closed } = view.words.say;
  if (isCalledOff(view.nudge)) return closed.withdrawn;
  return conversationOf(view.nudge.kind)
    .steps(view)
    .some((step) => replyTo(view, step) !== undefined)
    ? closed.expired
    : closed.nothing;
}

/** What can be read of a card that is over, and what can still be done: to say what the two settled on. */
const isToRead = (block: Block): boolean =>
  block.type !== "actions" || block.actions.every((action) => isSettling(readAct(action.act)));

const isSettling = (meaning: Meaning | undefined): boolean =>
  meaning !== undefined && "item" in meaning && settledBy(meaning.item) !== undefined;

/** What was answered without being asked, and is shown among the answers. */
const ANSWERS_BESIDE: readonly ItemId[] = ["none", "counter", "why"];

/** How much of a goal is shared is said with who sees it, once all is answered; until then here: whoever has said it sees that it counts. */
const besideQuestion = (current: Step | undefined): readonly ItemId[] =>
  current === undefined ? ANSWERS_BESIDE : [...ANSWERS_BESIDE, "share"];

/** What the reader has answered, each with a button to change it if possible. Skipped lines are left out. */
function answersSoFar(view: View, conversation: Conversation, current?: Step): readonly Block[] {
  const asked = conversation.steps(view);
  const offered = [...asked, ...conversation.offered(view)];
  const beside = besideQuestion(current);
  const steps = [
    ...asked.filter(({ item }) => !beside.includes(item.id)),
    ...beside.flatMap((id) => offered.filter(({ item }) => item.id === id)),
  ];
  const rows = steps.flatMap((step) => {
    const reply = replyTo(view, step);
    const isAsked = step.item.id === current?.item.id && step.about === current.about;
    if (reply === undefined || reply.value === null || isAsked || isShownBeside(view, step)) return [];
    // Nobody has said so: it follows from that nobody shared the shift.
    if (reply.value === "alone") return [];
    const value = answerNamed(view.context, view.words, step.item, reply.value);
    const row = { label: conversation.label(view, step), value };
    return [isLocked(view, step) || isOver(view) ? row : { ...row, change: changeAction(view, step) }];
  });
  return rows.length === 0 ? [] : [{ type: "answers", rows }];
}

/** Whether the reader's answer is shown beside a partner's further down. Then it is not shown twice. */
const isShownBeside = (view: View, step: Step): boolean =>
  step.item.visibility === "pair" && isLocked(view, step);

/** What is opened to change an answer that took the place of other questions: the first of those. */
const IN_PLACE_OF: Readonly<Partial<Record<ItemId, ItemId>>> = { safety: "help", none: "goal" };

/** The question to change an answer. */
export const changeAction = (view: View, step: Step): Action => ({
  label: view.words.say.buttons.change,
  act: act({
    verb: "ask",
    nudge: view.nudge.id,
    item: IN_PLACE_OF[step.item.id] ?? step.item.id,
    about: step.about,
  }),
  style: "quiet",
});

const laterAction = (view: View): Action => ({
  label: view.words.say.buttons.later,
  act: act({ verb: "later", nudge: view.nudge.id }),
  style: "quiet",
});

const backAction = (view: View): Action => ({
  label: view.words.say.buttons.back,
  act: act({ verb: "show", nudge: view.nudge.id }),
  style: "quiet",
});

const CONVERSATIONS: Readonly<Record<AskKind, Conversation>> = {
  "shift-goal": shiftGoal,
  "shift-plan": shiftPlan,
  "shift-debrief": debrief,
  "pair-check-in": checkIn,
};

/** The conversation of an ask. */
export const conversationOf = (kind: AskKind): Conversation => CONVERSATIONS[kind];
