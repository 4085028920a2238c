import { act } from "#src/card/act.ts";
import type { Action } from "#src/card/card.ts";
import { settledBy } from "#src/domain/settlement.ts";
import type { Inbound } from "#src/ports/inbound.ts";
import type { MessageRef } from "#src/ports/messenger.ts";
import { NO_ANSWER, type Recording } from "#src/ports/store.ts";
import { refused, type Handled } from "../responses.ts";
import { withReplies } from "../view/snapshot.ts";
import { viewOf, type Step, type View } from "../view/view.ts";
import { askCard, isComplete } from "./ask-card.ts";
import { effectsOf } from "./effects.ts";
import { keptBlocks } from "./kept.ts";
import { toldFirst } from "./told-first.ts";

/** A reply before it is stored. */
export type NewReply = Recording["replies"][number];

/** A line that an act has put in words. */
interface KeptLine {
  readonly step: Step;
  readonly line: string;
}

/** Stores the replies and their effects in one transaction, and returns the card as it is then. */
export async function keep(
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
  const { refresh, ...effects } = await effectsOf(view, after, replies, complete);
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
    refresh: message === undefined ? [nudge.id, ...refresh] : refresh,
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

/**
 * Two who answer at the same moment both look before the other has answered, so neither sees that there is something to talk about.
 * Whoever is kept second sees it then. True if that has made a message due.
 */
async function tellWhoWasFirst(before: View, stored: View, { event }: Inbound): Promise<boolean> {
  const notices = toldFirst(before, stored);
  if (notices.length === 0) return false;
  const { context, nudge, reader } = stored;
  await context.store.record({
    event: `${event}/told`,
    person: reader.id,
    now: context.now,
    nudge: nudge.id,
    ...NO_ANSWER,
    notices,
  });
  return true;
}

/** The card after an act that was kept; a line is echoed above it, or stands alone where it was typed elsewhere. */
function keptCard(view: View, inbound: Inbound, kept: KeptLine | undefined, isDue: boolean): Handled {
  const due = isDue ? ({ makesDue: "asks" } as const) : {};
  const replace = messageOf(inbound) !== undefined;
  const card = askCard(view);
  if (kept === undefined) return { kind: "card", card, replace, ...due };
  const echo = keptBlocks(view, kept.step, kept.line, isAsked(inbound) ? [] : restOf(view));
  const blocks = isAsked(inbound) ? [...echo, { type: "divider" } as const, ...card.blocks] : echo;
  return { kind: "card", card: { ...card, blocks }, replace, ...due };
}

/** Typed into a question's own field: its next card stands there. */
const isAsked = (inbound: Inbound): boolean => inbound.type === "submitted";

/** The way to the next question, which stands further up. */
const restOf = (view: View): readonly Action[] =>
  isComplete(view)
    ? []
    : [{ label: view.words.say.home.answer, act: act({ verb: "show", nudge: view.nudge.id }) }];

/** The message that was tapped, or whose field was sent. */
export const messageOf = (inbound: Inbound): MessageRef | undefined =>
  inbound.type === "pressed" || inbound.type === "submitted" ? inbound.message : undefined;
