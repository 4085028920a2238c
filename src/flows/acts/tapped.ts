import type { NudgeMeaning } from "#src/card/act.ts";
import { isAsk, NO_NUDGE, type Nudge, type NudgeId } from "#src/domain/nudge.ts";
import type { Card } from "#src/card/card.ts";
import { answer, messageOf, type Given } from "../ask/answer.ts";
import { askCard, isComplete, nextStep, stepNamed } from "../ask/ask-card.ts";
import { cardOf, standingCard } from "../ask/nudge-card.ts";
import { putOff, snoozeMenu } from "#src/flows/commands/commands.ts";
import type { Said } from "#src/flows/said.ts";
import { choose } from "#src/flows/commands/everywhere.ts";
import { consentCard, declinedCard, roleAsked } from "../conversations/consent.ts";
import type { Inbound } from "#src/ports/inbound.ts";
import { NO_ANSWER } from "#src/ports/store.ts";
import { headed, notice } from "../notice.ts";
import { refused, type Handled } from "../responses.ts";
import { rememberOpened } from "./own-words.ts";
import { undo } from "./taken-back.ts";
import { mayStillSettle } from "../view/settling.ts";
import { asFound } from "../context.ts";
import { isOver, viewOf, withEarlier, type View } from "../view/view.ts";

/** Carries out a tap on a nudge's card. Only the person who got the nudge may do that. */
export async function tapped(said: Said, meaning: NudgeMeaning): Promise<Handled> {
  const { context, person, standing, words } = said;
  const nudge = meaning.nudge === NO_NUDGE ? undefined : await context.store.nudge(meaning.nudge);
  if (nudge !== undefined && nudge.person !== person.id)
    return refused("not-yours", words.say.refused.notYours);
  if (meaning.verb === "agree" || meaning.verb === "decline") {
    const known = nudge !== undefined || meaning.nudge === NO_NUDGE;
    return known
      ? decide(said, meaning.verb, nudge)
      : refused("not-understood", words.say.refused.notUnderstood);
  }
  if (nudge === undefined || !isAsk(nudge)) return refused("not-understood", words.say.refused.notUnderstood);
  if (standing.consent !== "given")
    return { kind: "card", card: consentCard(words, person, nudge.id), replace: true };
  return aboutNudge(said, await viewOf(asFound(context), nudge, person, words.locale), meaning);
}

/**
 * Stores whether a person takes part. After a yes, the consent's card is replaced by the ask that it stood in for; a card
 * on a home page stood in for none, so there the ask that waits is shown. A no that is tapped on an old card, after a yes
 * elsewhere, changes nothing: whoever takes part leaves by "stop".
 */
async function decide(said: Said, verb: "agree" | "decline", nudge: Nudge | undefined): Promise<Handled> {
  const { person, standing, words, inbound } = said;
  const { consent: say } = words.say;
  if (verb === "decline" && standing.consent === "given") {
    const card = await waiting(said, nudge);
    return {
      kind: "card",
      card: card === undefined ? notice(words, say.already) : headed(card, say.already),
      replace: true,
    };
  }
  const to =
    verb === "agree" ? ({ consent: "given", stopped: false } as const) : ({ consent: "declined" } as const);
  const tapped = messageOf(inbound) === undefined ? undefined : nudge?.id;
  if ((await choose(said, to, tapped)) === "again")
    return refused("already-received", words.say.refused.again);
  const shows = (card: Card): Handled => ({ kind: "card", card, replace: true, makesDue: "plan" });
  if (verb === "decline") return shows(declinedCard(words));
  return shows((await waiting(said, nudge)) ?? notice(words, say.agreed[roleAsked(person)]));
}

/** The card of this nudge while it is open, else of the newest ask that is. */
async function waiting(
  { context, person, standing }: Said,
  nudge: Nudge | undefined,
): Promise<Card | undefined> {
  const isOpen = nudge !== undefined && nudge.expiresAt > context.now;
  const open = isOpen ? nudge : (await context.store.openNudges(person.id, context.now))[0];
  return open === undefined ? undefined : cardOf(context, open, person, { ...standing, consent: "given" });
}

/**
 * An ask whose card takes the place of the message that both have answered, or of an answer to a command, stands there from now on, and
 * is edited there: also one that is over, or whose answer was refused. `edit`: whose messages are edited for it; none where a field stands open in the card.
 */
async function standsThere(view: View, inbound: Inbound, edit: readonly NudgeId[] = []): Promise<void> {
  const { context, nudge, reader } = view;
  const message = messageOf(inbound);
  if (message === undefined) return;
  const { platform } = inbound.sender;
  const shown = await context.store.nudgeShownIn(platform, message);
  if (shown !== undefined && (shown.kind !== "shift-reveal" || shown.person !== reader.id)) return;
  await context.store.record({
    ...NO_ANSWER,
    event: `${inbound.event}/stands`,
    person: reader.id,
    now: context.now,
    nudge: nudge.id,
    late: true,
    // What is said to be answered is edited, which would close a question that was opened to change it.
    complete: edit.length > 0 && !isOver(view) && isComplete(view),
    message,
    platform,
    edit,
  });
}

/** Puts a question off, or asks for how long. What is answered, or over, stands as it is: nobody would be asked again. */
async function putOffOrNot(said: Said, view: View, minutes: number | undefined): Promise<Handled> {
  const { context, words, inbound } = said;
  const { refused: no, commands } = words.say;
  const replace = messageOf(inbound) !== undefined;
  if (isOver(view)) return refused("expired", no.expired, askCard(view));
  if (isComplete(view)) return { kind: "card", card: headed(askCard(view), commands.snoozeNone), replace };
  return minutes === undefined
    ? { kind: "card", card: snoozeMenu(context, words, view.nudge), replace }
    : putOff(said, view.nudge, minutes);
}

async function aboutNudge(
  said: Said,
  view: View,
  meaning: Exclude<NudgeMeaning, { verb: "agree" | "decline" }>,
): Promise<Handled> {
  const { context, words, inbound } = said;
  const replace = messageOf(inbound) !== undefined;
  if (view.seen.length === 0) {
    const card = await standingCard(context, view.nudge, said.person, said.standing);
    return card === undefined
      ? refused("not-understood", words.say.refused.notUnderstood)
      : { kind: "card", card, replace };
  }
  switch (meaning.verb) {
    case "answer":
    case "skip":
    case "write": {
      const answered = await answer(
        meaning.item === "same" ? await withEarlier(view) : view,
        inbound,
        meaning as Given,
        inbound.type === "submitted" ? inbound.values[meaning.item] : undefined,
      );
      if (answered.kind === "refused" && answered.card !== undefined) await standsThere(view, inbound);
      return answered;
    }
    case "ask": {
      const step = stepNamed(view, meaning.item, meaning.about) ?? nextStep(view);
      const isLate = meaning.item.startsWith("settled-") && !mayStillSettle(view);
      const opened = step === undefined || isLate ? undefined : { step };
      await standsThere(view, inbound);
      if (opened !== undefined) await rememberOpened(said, view, opened.step);
      return { kind: "card", card: askCard(await withEarlier(view), opened), replace };
    }
    case "show":
      await standsThere(view, inbound, [view.nudge.id]);
      return { kind: "card", card: askCard(view), replace };
    case "undo":
      return undo(said, view, meaning);
    case "later":
    case "snooze":
      return putOffOrNot(said, view, "minutes" in meaning ? meaning.minutes : undefined);
    default:
      return meaning satisfies never;
  }
}
