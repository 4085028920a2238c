import type { Card } from "#src/card/card.ts";
import { readCommand } from "#src/domain/command.ts";
import { identifierIn, identifierInCommand } from "#src/domain/identifiers.ts";
import type { BotResponse } from "#src/ports/inbound.ts";
import { answer } from "../ask/answer.ts";
import { nextStep } from "../ask/ask-card.ts";
import { obey, type Said } from "#src/flows/commands/commands.ts";
import { consentCard, NO_NUDGE } from "../conversations/consent.ts";
import { helpCard } from "#src/flows/commands/help.ts";
import { refused, type Handled } from "../refused.ts";
import { snapshotOf } from "../view/snapshot.ts";
import { viewOf } from "../view/view.ts";

/** Handles typed text: a command, or the answer to an open question that takes text. Otherwise it answers with help. */
export async function typed(said: Said, text: string): Promise<Handled> {
  const { context, person, standing, words } = said;
  const today = context.zone.dayOf(context.now);
  if (readCommand(text, today) !== undefined) return command(said, text);
  const identifier = identifierIn(text);
  if (identifier !== undefined) return refused("identifier", words.say.refused.identifier(identifier));
  if (standing.consent !== "given") return shown(consentCard(words, context.program, person, NO_NUDGE));
  const asFound = { ...context, store: snapshotOf(context.store) };
  for (const nudge of await context.store.openNudges(person.id, context.now)) {
    const view = await viewOf(asFound, nudge, person, words.locale);
    const step = nextStep(view);
    if (step?.item.scale.type === "text") {
      return answer(view, said.inbound, { verb: "write", item: step.item.id, about: step.about }, text);
    }
  }
  const help = helpCard(words, person.role);
  return shown({ ...help, blocks: [{ type: "text", text: words.say.commands.unknownText }, ...help.blocks] });
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

/** Commands by which a person decides about being asked. */
const CHANGES_PLAN = new Set(["pause", "resume", "stop", "erase-for-good"]);

/**
 * Carries out a command, typed or tapped, if the person's consent allows it. A command that seems to contain a patient identifier is
 * refused first: "snooze MRN 4021 Smith" does not mean to ask later.
 */
export async function command(said: Said, text: string): Promise<Handled> {
  const { context, person, standing, words } = said;
  const identifier = identifierInCommand(text);
  if (identifier !== undefined) return refused("identifier", words.say.refused.identifier(identifier));
  const read = readCommand(text, context.zone.dayOf(context.now));
  if (read === undefined) return refused("not-understood", words.say.refused.notUnderstood);
  const isAsking =
    standing.consent !== "given" &&
    (!BEFORE_CONSENT.has(read.name) || (read.name === "resume" && standing.consent === "unasked"));
  if (isAsking) return shown(consentCard(words, context.program, person, NO_NUDGE));
  const response = await obey(said, read);
  return CHANGES_PLAN.has(read.name) ? { ...response, makesDue: "plan" } : response;
}

const shown = (card: Card): BotResponse => ({ kind: "card", card, replace: false });
