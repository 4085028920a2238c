import { act } from "#src/card/act.ts";
import type { Action, Block, Card } from "#src/card/card.ts";
import type { Reply } from "#src/domain/reply.ts";
import { MINUTE, type Instant } from "#src/domain/time.ts";
import { conversationOf, isComplete } from "./ask-card.ts";
import { isSharedLess, replyTo, type Step, type View } from "../view/view.ts";

/** How long a line that was kept can be taken back by its button. */
export const UNDO_TIME = 10 * MINUTE;

/** A line that an act has put in words. */
export interface KeptLine {
  readonly step: Step;
  readonly line: string;
}

/**
 * A card with the line that was just kept: echoed in it, or alone where it was typed elsewhere.
 *
 * @param isAsked whether it was typed into the question's own field
 */
export function withEcho(
  view: View,
  { blocks }: Card,
  { step, line }: KeptLine,
  isAsked: boolean,
): readonly Block[] {
  const echo = keptBlocks(view, step, line, isAsked ? [] : restOf(view));
  const row = { label: conversationOf(view.nudge.kind).label(view, step), value: line };
  return isAsked ? aboveTheNext(blocks, echo, row, isComplete(view)) : echo;
}

/**
 * What was kept stands right above the next question, or else below the head, in place of its row among the answers: both are in
 * sight at once.
 */
function aboveTheNext(
  blocks: readonly Block[],
  echo: readonly Block[],
  own: Row,
  isLast: boolean,
): readonly Block[] {
  const isNext = ({ type }: Block) => (isLast ? type !== "title" : type === "question" || type === "input");
  const place = Math.max(blocks.findIndex(isNext), 0);
  return [...blocks.slice(0, place).flatMap((one) => withoutRow(one, own)), ...echo, ...blocks.slice(place)];
}

interface Row {
  readonly label: string;
  readonly value: string;
}

function withoutRow(block: Block, own: Row): readonly Block[] {
  if (block.type !== "answers") return [block];
  const rows = block.rows.filter(({ label, value }) => label !== own.label || value !== own.value);
  return rows.length === 0 ? [] : [{ ...block, rows }];
}

/** The way to the next question, which stands further up. */
const restOf = (view: View): readonly Action[] =>
  isComplete(view)
    ? []
    : [{ label: view.words.say.home.answer, act: act({ verb: "show", nudge: view.nudge.id }) }];

/** What is said of a line that was just kept: where it went, what it is, and a way to take it back. */
function keptBlocks(view: View, step: Step, line: string, beside: readonly Action[]): readonly Block[] {
  const { context, nudge, words } = view;
  const { say } = words;
  const where = say.home.kinds[nudge.kind];
  const partners = step.targets.flatMap(({ seen }) => seen.partners);
  const text = isForOneself(view, step)
    ? say.typed.keptAlone(where, line)
    : say.typed.kept(words.all(partners), where, line);
  const undo = act({
    verb: "undo",
    nudge: nudge.id,
    item: step.item.id,
    about: step.about,
    at: context.now,
  });
  return [
    { type: "text", text },
    { type: "actions", actions: [{ label: say.buttons.undo, act: undo, style: "quiet" }, ...beside] },
  ];
}

/** A goal's line is the resident's own where they share less, or nobody shares the shift. */
const isForOneself = (view: View, step: Step): boolean =>
  step.item.visibility === "self" ||
  step.targets.every(({ seen }) => seen.partners.length === 0) ||
  (view.nudge.kind === "shift-goal" && isSharedLess(view));

/** The line that was kept at this moment, if it still stands. */
export function lineKeptAt(view: View, step: Step, at: Instant): Reply | undefined {
  const reply = replyTo(view, step);
  return reply?.text === true && reply.at === at && reply.value !== null ? reply : undefined;
}

/** Whether a partner has answered about the same since. They have seen the line by then. */
export async function isAnsweredSince(view: View, { occasion, person, item, at }: Reply): Promise<boolean> {
  const partners = view.seen
    .filter(({ circle }) => circle.occasion === occasion)
    .flatMap((seen) => seen.partners.map(({ id }) => id));
  const all = await view.context.store.replies(occasion);
  const place = all.findIndex((one) => one.person === person && one.item === item && one.at === at);
  return all
    .slice(place + 1)
    .some((one) => partners.includes(one.person) && (one.about ?? person) === person);
}
