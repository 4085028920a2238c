import type { Card } from "#src/card/card.ts";
import { commandOf, type Command } from "#src/domain/command.ts";
import { identifierIn, identifierInCommand } from "#src/domain/identifiers.ts";
import { obey } from "#src/flows/commands/commands.ts";
import { wordsSaid, type Said } from "#src/flows/said.ts";
import { whyAsked, whyCard } from "#src/flows/commands/why.ts";
import { listedAs } from "#src/flows/named.ts";
import { mayGiveFiles } from "#src/flows/files/given.ts";
import { isUpload, uploadCard } from "#src/flows/files/upload.ts";
import { peopleAsked, peopleCard } from "#src/flows/files/people-cards.ts";
import type { Inbound } from "#src/ports/inbound.ts";
import { messageOf } from "../ask/answer.ts";
import { consentCard } from "../conversations/consent.ts";
import { notice } from "../notice.ts";
import { refused, shown, type Handled } from "../responses.ts";
import { changed } from "./taken-back.ts";
import { tapped } from "./tapped.ts";
import { typedAtAsk } from "./typed-at-ask.ts";
import { EVERY_LABEL, labelsOf, tapNamed } from "./labels.ts";
import { readTyped } from "#src/domain/typed-text.ts";
import { NO_NUDGE } from "#src/domain/nudge.ts";

type Typing = Extract<Inbound, { type: "said" | "edited" | "deleted" }>;

/**
 * What a person types: a command, a button or a choice by its label, a courtesy, or words for the newest open ask, or for
 * the one that they reply under. Only words are stored, and whoever typed them is told where they went.
 */
export async function typed(said: Said, inbound: Typing): Promise<Handled> {
  if (inbound.type === "said") {
    const { text, under, hasFile } = inbound;
    if (hasFile !== true) return read(said, text, under);
    const only = notice(
      said.words,
      mayGiveFiles(said) ? said.words.say.files.otherKind : said.words.say.typed.onlyText,
    );
    return text.trim() === "" ? shown(only) : withNote(await read(said, text, under), only);
  }
  const text = inbound.type === "edited" ? inbound.text : undefined;
  if (said.standing.consent !== "given") return text === undefined ? NOTHING : read(said, text);
  // An edit may make of the words something that is never stored.
  const isWords =
    text !== undefined && identifierIn(text) === undefined && meaningOf(said, text).is === "words";
  const followed = await changed(said, inbound.said, isWords ? text : undefined);
  if (text === undefined) return followed ?? NOTHING;
  return followed === undefined || !isWords ? read(said, text) : followed;
}

const NOTHING: Handled = { kind: "none" };

async function read(said: Said, text: string, under?: string): Promise<Handled> {
  const { person, standing, words } = said;
  const asked = await ofCoordinators(said, text);
  if (asked !== undefined) return asked;
  if (commandIn(said, text) !== undefined) return command(said, text);
  const identifier = identifierIn(text);
  if (identifier !== undefined) return refused("identifier", words.say.refused.identifier(identifier));
  if (standing.consent === "given") return typedAtAsk(said, text, under);
  const card = consentCard(words, person, NO_NUDGE);
  const meant = meaningOf(said, text, card);
  const tap = meant.is === "button" ? tapNamed(card, meant.label) : undefined;
  if (tap?.verb === "say") return command(said, tap.command);
  return tap?.verb === "agree" || tap?.verb === "decline" ? tapped(said, tap) : shown(card);
}

/** "why NAME", "people" and "upload", from a coordinator. What looks like a patient's name is looked at as any other text. */
async function ofCoordinators(said: Said, text: string): Promise<Handled | undefined> {
  const { context, person, words } = said;
  if (!person.roles.includes("coordinator")) return undefined;
  if (context.files !== undefined && isUpload(text)) return shown(uploadCard(words));
  const listed = context.files === undefined ? undefined : peopleAsked(text);
  if (listed !== undefined) return shown(peopleCard(said, listed));
  const name = context.why === undefined ? undefined : whyAsked(text);
  if (name === undefined) return undefined;
  const { why: say } = words.say;
  const [one, ...others] = listedAs(context, name);
  if (one === undefined)
    return identifierInCommand(text) === undefined ? shown(notice(words, say.whom(name))) : undefined;
  if (others.length > 0)
    return shown(notice(words, say.which(words.format.list([one, ...others].map(({ name: is }) => is)))));
  return shown(await whyCard(context, words, one));
}

/** What a text means where nothing but this card can be tapped. */
const meaningOf = ({ context }: Said, text: string, card?: Card) =>
  readTyped(
    text,
    {
      buttons: card === undefined ? [] : labelsOf(card),
      choices: [],
      labels: EVERY_LABEL,
      hasResearch: context.program.research !== undefined,
    },
    context.zone.dayOf(context.now),
  );

/** A response with one more sentence. */
function withNote(response: Handled, { blocks }: Card): Handled {
  if (response.kind !== "card") return response;
  return { ...response, card: { ...response.card, blocks: [...response.card.blocks, ...blocks] } };
}

/** Commands that are allowed before consent: they store nothing, or only what the person decides about Attune. */
const BEFORE_CONSENT = new Set([
  "help",
  "who-sees",
  "language",
  "stop",
  "resume",
  "my-data",
  "erase",
  "erase-for-good",
]);

/**
 * Answers to commands do not pile up: one that is tapped on an earlier answer takes its place, and none is kept where the
 * platform can do without. A goal's question stays until it stands in a message of its own.
 */
async function passing(
  { context, inbound }: Said,
  name: Command["name"],
  response: Handled,
): Promise<Handled> {
  if (response.kind !== "card" || response.replace || name === "goal" || response.file !== undefined)
    return response;
  const message = messageOf(inbound);
  const replace =
    message !== undefined &&
    (await context.store.nudgeShownIn(inbound.sender.platform, message)) === undefined;
  return { ...response, replace, passing: true };
}

/** What this program takes for a command. */
const commandIn = ({ context }: Said, text: string): Command | undefined =>
  commandOf(text, context.zone.dayOf(context.now), context.program.research !== undefined);

/** Commands of somebody who has left. */
const OF_FORMER = new Set(["my-data", "research", "erase", "erase-for-good"]);

/** What somebody who has left types or taps: what is kept of them is still theirs, and nothing else is answered. */
export async function ofFormer(said: Said): Promise<Handled> {
  const text = wordsSaid(said);
  const asked = commandIn(said, text);
  if (asked !== undefined && OF_FORMER.has(asked.name)) return command(said, text);
  return refused("unknown-person", said.words.say.refused.left);
}

/** Commands by which a person decides about being asked. */
const CHANGES_PLAN = new Set(["pause", "resume", "stop", "erase-for-good"]);

/**
 * Carries out a command, typed or tapped, if the person's consent allows it. A command that seems to contain a patient identifier is
 * refused first: "snooze MRN 4021 Smith" does not mean to ask later.
 */
export async function command(said: Said, text: string): Promise<Handled> {
  const { person, standing, words } = said;
  const asked = await ofCoordinators(said, text);
  if (asked !== undefined) return asked;
  const identifier = identifierInCommand(text);
  if (identifier !== undefined) return refused("identifier", words.say.refused.identifier(identifier));
  const read = commandIn(said, text);
  if (read === undefined) return refused("not-understood", words.say.refused.notUnderstood);
  // A coordinator's work, as "people" and files are: it tells nobody's answers, and keeps nothing of whoever asks.
  const isWork = read.name === "roster" && person.roles.includes("coordinator");
  const isAsking =
    standing.consent !== "given" &&
    !isWork &&
    (!BEFORE_CONSENT.has(read.name) || (read.name === "resume" && standing.consent === "unasked"));
  if (isAsking) return shown(consentCard(words, person, NO_NUDGE));
  const response = await passing(said, read.name, await obey(said, read));
  return CHANGES_PLAN.has(read.name) ? { ...response, makesDue: "plan" } : response;
}
