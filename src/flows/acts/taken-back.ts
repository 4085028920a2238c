import type { Meaning } from "#src/card/act.ts";
import { isAsk } from "#src/domain/nudge.ts";
import type { PersonId } from "#src/domain/person.ts";
import type { Reply } from "#src/domain/reply.ts";
import { settledBy } from "#src/domain/exchange.ts";
import { later, type Instant } from "#src/domain/time.ts";
import type { Said } from "#src/flows/said.ts";
import { replaceLine, restoreChoice, messageOf } from "../ask/answer.ts";
import { askCard, stepNamed } from "../ask/ask-card.ts";
import { isAnsweredSince, lineKeptAt, UNDO_TIME } from "../ask/kept.ts";
import { headed, notice } from "../notice.ts";
import { shown, type Handled } from "../responses.ts";
import { answerInWords } from "../view/in-words.ts";
import { mayStillSettle } from "../view/settling.ts";
import { asFound, type Context } from "../context.ts";
import { isOver, viewOf, withEarlier, type Step, type View } from "../view/view.ts";

type Undo = Extract<Meaning, { verb: "undo" }>;

/** Takes back the line that was kept, for ten minutes or until a partner has answered: what stood there before, stands again. */
export async function undo(said: Said, view: View, meaning: Undo): Promise<Handled> {
  const { context, inbound } = said;
  const { words } = view;
  const { typed } = words.say;
  const step = stepNamed(view, meaning.item, meaning.about);
  const reply = step && lineKeptAt(view, step, meaning.at);
  const told = (text: string): Promise<Handled> => notTakenBack(said, view, text);
  if (step === undefined || reply === undefined) return told(typed.undoNothing);
  if (context.now >= later(reply.at, UNDO_TIME) || isClosed(view, reply)) return told(typed.undoLate);
  if (await isAnsweredSince(view, reply)) return told(typed.locked);
  const { value: before = null, text: isLine = true } = reply.before ?? {};
  const isChoice = before !== null && !isLine;
  const response = isChoice
    ? await restoreChoice(view, inbound, step, before)
    : await replaceLine(view, inbound, step, before);
  if (response.kind !== "card") return response;
  const stands = isChoice ? answerInWords(words, step.item, before) : before;
  const text = stands === null ? typed.undone : typed.undoneTo(stands);
  return { ...response, card: headed(response.card, text) };
}

/** Why nothing was taken back. Where it was tapped on the ask's own message, the ask goes on standing there. */
async function notTakenBack({ context, inbound }: Said, view: View, text: string): Promise<Handled> {
  const message = messageOf(inbound);
  const shown = message && (await context.store.nudgeShownIn(inbound.sender.platform, message));
  const card =
    shown?.id === view.nudge.id ? headed(askCard(await withEarlier(view)), text) : notice(view.words, text);
  return { kind: "card", card, replace: message !== undefined };
}

/** Whether what this reply answers takes no more words. What two settle on can be said after the ask itself is over. */
const isClosed = (view: View, { item }: Reply): boolean =>
  settledBy(item) === undefined ? isOver(view) : !mayStillSettle(view);

/** What "undo" is about: the newest line of the last ten minutes, if there is one. */
export async function newestLine({ store, now }: Context, person: PersonId): Promise<Reply | undefined> {
  const recent = await store.repliesOf(person, later(now, -UNDO_TIME), later(now, 1));
  return recent.findLast((one) => one.text && one.value !== null);
}

/** Typed "undo": takes back the newest line of the last ten minutes. */
export async function undoNewest(said: Said): Promise<Handled> {
  const { context, person, words } = said;
  const reply = await newestLine(context, person.id);
  const found = reply && (await placeOf(said, reply));
  if (reply === undefined || found === undefined) return shown(notice(words, words.say.typed.undoNothing));
  const { nudge, item, about, at } = reply;
  return undo(said, found.view, { verb: "undo", nudge, item, about: found.step.about ?? about, at });
}

/**
 * A typed message was changed, or taken back (`text` is undefined): what was kept of it follows, until it is locked.
 * Undefined where nothing was ever kept of it: then it is read as if it had been typed just now.
 */
export async function changed(
  said: Said,
  event: string,
  text: string | undefined,
): Promise<Handled | undefined> {
  const { context, person, words, inbound } = said;
  const latest = await latestOf(said, event);
  if (latest === undefined) return undefined;
  const told = (line: string): Handled => shown(notice(words, line));
  const replies = await context.store.repliesOf(person.id, latest.at, later(latest.at, 1));
  const reply = replies.find((one) => one.text);
  const found = reply && (await placeOf(said, reply));
  if (reply === undefined || found === undefined)
    return text === undefined ? NOTHING : told(words.say.typed.nothingKept);
  if (reply.value === (text?.trim() ?? null)) return NOTHING;
  if (isClosed(found.view, reply) || (await isAnsweredSince(found.view, reply)))
    return told(words.say.typed.locked);
  const act = { ...inbound, event: latest.next };
  const response = await replaceLine(found.view, act, found.step, text ?? null);
  return response.kind === "card" && text === undefined
    ? { ...response, card: notice(words, words.say.typed.undone) }
    : response;
}

/** More often than this nobody changes a message. */
const MOST_CHANGES = 100;

/** When a message, or its latest change, was recorded, and the event of the next change. */
async function latestOf(
  { context, person }: Said,
  event: string,
): Promise<{ readonly at: Instant; readonly next: string } | undefined> {
  let latest = await context.store.recordedBy(event);
  if (latest?.person !== person.id) return undefined;
  for (let change = 1; change <= MOST_CHANGES; change++) {
    const next = `${event}/${change}`;
    const changedAt = await context.store.recordedBy(next);
    if (changedAt === undefined) return { at: latest.at, next };
    latest = changedAt;
  }
  return undefined;
}

const NOTHING: Handled = { kind: "none" };

/** The question that a reply answers. Undefined where it is asked no more. */
async function placeOf(
  { context, person, words }: Said,
  reply: Reply,
): Promise<{ readonly view: View; readonly step: Step } | undefined> {
  const nudge = await context.store.nudge(reply.nudge);
  if (nudge === undefined || !isAsk(nudge)) return undefined;
  const view = await viewOf(asFound(context), nudge, person, words.locale);
  const step = stepNamed(view, reply.item, reply.about) ?? stepNamed(view, reply.item, undefined);
  return step && { view, step };
}
