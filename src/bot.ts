import { readAct, type Meaning } from "./card/act.ts";
import type { Inbound, Reply, Sender } from "./ports/inbound.ts";
import { readCommand } from "./domain/command.ts";
import { identifierIn } from "./domain/identifiers.ts";
import type { Nudge } from "./domain/nudge.ts";
import type { Person } from "./domain/person.ts";
import type { Desk } from "./flows/desk.ts";
import { adopt, answer, messageOf, talkedAbout, type Given } from "./flows/answer.ts";
import { askCard, nextStep, stepNamed } from "./flows/ask-card.ts";
import { cardOf, localeOf } from "./flows/cards.ts";
import { obey, putOff, snoozeMenu, type Said } from "./flows/commands.ts";
import { consentCard, NO_NUDGE } from "./flows/consent.ts";
import { helpCard } from "./flows/help.ts";
import { homeCard } from "./flows/home.ts";
import { notice } from "./flows/notice.ts";
import { senderOf } from "./flows/sender.ts";
import { refused } from "./flows/refused.ts";
import { viewOf, type View } from "./flows/view.ts";
import { wordsFor } from "./words/words.ts";
import { AttuneError } from "./errors.ts";

/** What the bot stands on. */
export interface BotDeps {
  /** The house as it is at this moment. */
  desk(): Desk;
  /** Resolves once the house knows what is stored. */
  open(): Promise<void>;
  /** Somebody's wishes have changed: the plan has to follow. */
  replan(): void;
  /** Something may be due at once. */
  wake(): void;
  /** The e-mails that the platform has confirmed for an account. */
  emailsOf(sender: Sender): Promise<readonly string[]>;
  /** Counts an act by what became of it. No text, no name. */
  handled(inbound: Inbound["type"], outcome: string): void;
}

export interface Bot {
  /**
   * Handles one verified act. When the reply says that something was kept, it is on disk.
   * A store that cannot keep it gives a `not-saved` refusal, never an error.
   */
  receive(inbound: Inbound): Promise<Reply>;
}

/** Routes what people do to the one conversation that it belongs to. */
export function createBot(deps: BotDeps): Bot {
  return {
    async receive(inbound) {
      let person: Person | undefined;
      try {
        await deps.open();
        const desk = deps.desk();
        person = await senderOf(desk, inbound.sender, deps.emailsOf);
        const reply = person === undefined ? stranger(desk) : await handle(deps, desk, person, inbound);
        deps.handled(inbound.type, reply.kind === "refused" ? reply.reason : reply.kind);
        deps.wake();
        return reply;
      } catch (error) {
        if (!(error instanceof AttuneError) || error.code !== "store") throw error;
        deps.handled(inbound.type, "not-saved");
        const { program } = deps.desk();
        const { say } = wordsFor(person?.locale ?? program.locale, program);
        return refused("not-saved", say.refused.notSaved);
      }
    },
  };
}

const stranger = (desk: Desk): Reply =>
  refused("unknown-person", wordsFor(desk.program.locale, desk.program).say.refused.unknown);

async function handle(deps: BotDeps, desk: Desk, person: Person, inbound: Inbound): Promise<Reply> {
  const standing = await desk.store.standing(person.id);
  const said: Said = {
    desk,
    person,
    standing,
    inbound,
    words: wordsFor(localeOf(person, standing), desk.program),
  };
  const { words } = said;
  const { sender } = inbound;
  // Before consent nothing is kept, not even where to write to.
  if (standing.consent === "given") await desk.store.rememberIdentity(person.id, sender, desk.now);
  switch (inbound.type) {
    case "opened":
      if (standing.consent === "unasked") return shown(consentCard(words, desk.program, person, NO_NUDGE));
      return shown(await homeCard(desk, person, words, standing));
    case "said":
      return typed(deps, said, inbound.text);
    case "pressed":
    case "submitted": {
      const meaning = readAct(inbound.act);
      if (meaning === undefined) return refused("not-understood", words.say.refused.notUnderstood);
      return meaning.verb === "say" ? command(deps, said, meaning.command) : tapped(deps, said, meaning);
    }
    default:
      return inbound satisfies never;
  }
}

const shown = (card: ReturnType<typeof helpCard>): Reply => ({ kind: "card", card, replace: false });

/** Typed text is a command, or the answer to the open question that takes text, or gets help. */
async function typed(deps: BotDeps, said: Said, text: string): Promise<Reply> {
  const { desk, person, standing, words } = said;
  const today = desk.zone.dayOf(desk.now);
  if (readCommand(text, today) !== undefined) return command(deps, said, text);
  const identifier = identifierIn(text);
  if (identifier !== undefined) return refused("identifier", words.say.refused.identifier(identifier));
  if (standing.consent !== "given") return shown(consentCard(words, desk.program, person, NO_NUDGE));
  for (const nudge of await desk.store.openNudges(person.id, desk.now)) {
    const view = await viewOf(desk, nudge, person, words.locale);
    const step = nextStep(view);
    if (step?.item.scale.type === "text") {
      return answer(view, said.inbound, { verb: "write", item: step.item.id, about: step.about }, text);
    }
  }
  const help = helpCard(words);
  return shown({ ...help, blocks: [{ type: "text", text: words.say.commands.unknownText }, ...help.blocks] });
}

/** What may be said before consent: it stores nothing, or only what the person decides about Attune itself. */
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

async function command(deps: BotDeps, said: Said, text: string): Promise<Reply> {
  const { desk, person, standing, words } = said;
  const read = readCommand(text, desk.zone.dayOf(desk.now));
  if (read === undefined) return refused("not-understood", words.say.refused.notUnderstood);
  const isAsking =
    standing.consent !== "given" &&
    (!BEFORE_CONSENT.has(read.name) || (read.name === "resume" && standing.consent === "unasked"));
  if (isAsking) return shown(consentCard(words, desk.program, person, NO_NUDGE));
  const reply = await obey(said, read);
  if (["pause", "resume", "stop", "erase-for-good"].includes(read.name)) deps.replan();
  return reply;
}

async function tapped(deps: BotDeps, said: Said, meaning: Exclude<Meaning, { verb: "say" }>): Promise<Reply> {
  const { desk, person, standing, words } = said;
  const nudge = meaning.nudge === NO_NUDGE ? undefined : await desk.store.nudge(meaning.nudge);
  if (nudge !== undefined && nudge.person !== person.id)
    return refused("not-yours", words.say.refused.notYours);
  if (meaning.verb === "agree" || meaning.verb === "decline") {
    const known = nudge !== undefined || meaning.nudge === NO_NUDGE;
    return known
      ? decide(deps, said, meaning.verb, nudge)
      : refused("not-understood", words.say.refused.notUnderstood);
  }
  if (nudge === undefined) return refused("not-understood", words.say.refused.notUnderstood);
  if (standing.consent !== "given")
    return { kind: "card", card: consentCard(words, desk.program, person, nudge.id), replace: true };
  return aboutNudge(said, await viewOf(desk, nudge, person, words.locale), meaning);
}

/** Keeps whether a person takes part. After a yes, the ask that the consent stood in for takes its place. */
async function decide(
  deps: BotDeps,
  said: Said,
  verb: "agree" | "decline",
  nudge: Nudge | undefined,
): Promise<Reply> {
  const { desk, person, standing, words, inbound } = said;
  const consent = verb === "agree" ? "given" : "declined";
  const done = await desk.store.changeStanding(person.id, { consent }, inbound.event, desk.now);
  if (done === "again") return refused("already-received", words.say.refused.again);
  deps.replan();
  if (consent === "declined")
    return { kind: "card", card: notice(words, words.say.consent.declined), replace: true };
  await desk.store.rememberIdentity(person.id, inbound.sender, desk.now);
  const isOpen = nudge !== undefined && nudge.expiresAt > desk.now;
  const first = isOpen ? await cardOf(desk, nudge, person, { ...standing, consent }) : undefined;
  return { kind: "card", card: first ?? notice(words, words.say.consent.agreed), replace: true };
}

async function aboutNudge(
  said: Said,
  view: View,
  meaning: Exclude<Meaning, { verb: "say" | "agree" | "decline" }>,
): Promise<Reply> {
  const { desk, words, inbound } = said;
  const replace = messageOf(inbound) !== undefined;
  if (view.seen.length === 0) {
    const card = await cardOf(desk, view.nudge, said.person, said.standing);
    return card === undefined
      ? refused("not-understood", words.say.refused.notUnderstood)
      : { kind: "card", card, replace };
  }
  switch (meaning.verb) {
    case "answer":
    case "skip":
    case "write":
      return answer(
        view,
        inbound,
        meaning as Given,
        inbound.type === "submitted" ? inbound.values[meaning.item] : undefined,
      );
    case "talked":
      return talkedAbout(view, inbound, meaning.about);
    case "adopt":
      return adopt(view, inbound, meaning.about);
    case "ask": {
      const step = stepNamed(view, meaning.item, meaning.about) ?? nextStep(view);
      return { kind: "card", card: askCard(view, step === undefined ? undefined : { step }), replace };
    }
    case "show":
      return { kind: "card", card: askCard(view), replace };
    case "later":
      return { kind: "card", card: snoozeMenu(desk, words, view.nudge), replace };
    case "snooze":
      return putOff(said, view.nudge, meaning.minutes);
    default:
      return meaning satisfies never;
  }
}
