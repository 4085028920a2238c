import type { Card } from "#src/card/card.ts";
import type { Locale } from "#src/domain/locale.ts";
import { RECALLED } from "#src/domain/nudge-life.ts";
import { isCalledOff, type Nudge } from "#src/domain/nudge.ts";
import type { Person } from "#src/domain/person.ts";
import { rotationOn } from "#src/domain/outlook.ts";
import { dayNumber } from "#src/domain/time.ts";
import type { Standing } from "#src/ports/store.ts";
import { wordsFor, type Words } from "#src/words/words.ts";
import { researchNudgeCard } from "../conversations/research.ts";
import { askCard } from "./ask-card.ts";
import { attendingDigest } from "../digests/attending-digest.ts";
import { consentCard, declinedCard, roleAsked } from "../conversations/consent.ts";
import { coordinatorDigest } from "../digests/coordinator-digest.ts";
import { myRotation } from "../digests/my-rotation.ts";
import type { Context } from "../context.ts";
import { greetingCard } from "../conversations/greeting.ts";
import { takenOverCard } from "../files/taken-over-card.ts";
import { notice } from "../notice.ts";
import { withGoal } from "../conversations/shift-debrief.ts";
import { revealedCard } from "./shift-reveal.ts";
import { viewOf } from "../view/view.ts";
import { whoseAccountCard } from "../conversations/whose-account.ts";

/** A person's language: the one they chose, else the one of the program's files. */
export const localeOf = (person: Person, standing: Standing): Locale => standing.locale ?? person.locale;

/**
 * The card of a nudge as it is now. It depends only on what is stored, so it serves for sending, for reminding and for every later
 * edit. Undefined if there is nothing to ask: a debrief without a goal, a plan without a resident.
 */
export async function cardOf(
  context: Context,
  nudge: Nudge,
  person: Person,
  standing: Standing,
): Promise<Card | undefined> {
  const locale = localeOf(person, standing);
  const words = wordsFor(locale, context.program);
  // It asks nothing of its reader, who may have agreed to nothing yet.
  if (nudge.kind === "greeting") return greetingCard(context, person, words);
  const card = await cardOnceAgreed(context, nudge, person, words);
  if (card === undefined || standing.consent === "given") return card;
  return standing.consent === "declined" ? declinedCard(words) : consentCard(words, person, nudge.id);
}

/**
 * The card of a nudge whose message stands in a chat. A message whose partner is gone has nothing left to ask, says so, and does
 * not go on showing what they had told.
 */
export const standingCard = async (
  context: Context,
  nudge: Nudge,
  person: Person,
  standing: Standing,
): Promise<Card | undefined> =>
  (await cardOf(context, nudge, person, standing)) ??
  cardOf(context, { ...nudge, state: "withdrawn", reason: RECALLED }, person, standing);

async function cardOnceAgreed(
  context: Context,
  nudge: Nudge,
  person: Person,
  words: Words,
): Promise<Card | undefined> {
  if (isCalledOff(nudge)) return withdrawnCard(words);
  switch (nudge.kind) {
    case "greeting":
      return greetingCard(context, person, words);
    case "consent":
      return notice(words, words.say.consent.agreed[roleAsked(person)]);
    case "research":
      return researchNudgeCard(context, nudge, words);
    case "attending-digest":
      return attendingDigest(context, person, words, nudge.subject);
    case "whose-account":
      return whoseAccountCard(context, nudge.subject, person, words);
    case "coordinator-digest":
      return coordinatorDigest(context, words, nudge.subject);
    case "file-taken-over":
      return takenOverCard(context, nudge, person, words);
    case "rotation-summary":
      return rotationSummary(context, person, words, nudge.subject);
    case "shift-reveal":
      return revealedCard(context, nudge, person, words);
    default: {
      const view = await viewOf(context, { ...nudge, kind: nudge.kind }, person, words.locale);
      const subjects = nudge.kind === "shift-debrief" ? withGoal(view) : view.seen;
      return subjects.length === 0 ? undefined : askCard(view);
    }
  }
}

/** What a rotation was, by its first day; nothing where the program's file no longer has it. */
async function rotationSummary(
  context: Context,
  person: Person,
  words: Words,
  firstDay: string,
): Promise<Card | undefined> {
  const rotation = rotationOn(context.program, person.id, dayNumber(firstDay));
  return rotation && myRotation(context, person, words, rotation);
}

/** The card for a person whose shift was given to another person, or is no longer on the roster. */
const withdrawnCard = ({ locale, say }: Words): Card => ({
  locale,
  notification: say.closed.withdrawn,
  blocks: [{ type: "text", text: say.closed.withdrawn }],
});
