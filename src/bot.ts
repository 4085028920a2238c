import { readAct, type Meaning } from "./card/act.ts";
import type { Inbound, BotResponse, Sender } from "./ports/inbound.ts";
import { COUNTED_REFUSALS } from "./ports/meters.ts";
import type { Person } from "./domain/person.ts";
import { cleanText } from "./domain/text.ts";
import { elsewhereOf, isBeforeStart, type Context } from "#src/flows/context.ts";
import { localeOf } from "#src/flows/ask/nudge-card.ts";
import { wordsSaid, type Said } from "#src/flows/said.ts";
import { consentCard } from "#src/flows/conversations/consent.ts";
import { command, ofFormer, typed } from "#src/flows/acts/typed.ts";
import { fileDecided } from "#src/flows/files/decided.ts";
import { fileGiven, onlyItsText, takesFile } from "#src/flows/files/given.ts";
import { peopleChanged, peopleAsked } from "#src/flows/files/people-cards.ts";
import { setUp } from "#src/flows/setting-up/set-up.ts";
import { homeCard } from "#src/flows/home/home.ts";
import { refused, shown, type Handled } from "./flows/responses.ts";
import { formerOf, isPlain, senderOf, type Languages } from "#src/flows/acts/people.ts";
import { askWhose } from "#src/flows/acts/strangers.ts";
import { tapped } from "#src/flows/acts/tapped.ts";
import { wordsFor } from "./words/words.ts";
import { AttuneError } from "./errors.ts";
import { commandOf } from "#src/domain/command.ts";
import { NO_NUDGE } from "#src/domain/nudge.ts";
import { sendNow } from "#src/flows/commands/send-now.ts";
import { whyAsked } from "#src/flows/commands/why.ts";
import { notice } from "./flows/notice.ts";
import { greetingCard } from "./flows/conversations/greeting.ts";

/** What an act has made due. Asks are looked for by a whole beat; what is only to be edited needs none. */
export type Due = "edits" | "asks";

/** What the bot needs. */
export interface BotDeps {
  /** The program, its store and roster at this moment. */
  context(): Context;
  /** Resolves once the process has read what is stored. */
  open(): Promise<void>;
  readonly languages: Pick<Languages, "met" | "of">;
  /** Asks for a new plan, since a person's wishes have changed. */
  readonly replan: () => void;
  /** After each act: messages may show something else, or asks may be due too. */
  wake(due: Due): void;
  /** The e-mails that the platform has confirmed for an account. */
  emailsOf(sender: Sender): Promise<readonly string[]>;
  /** Counts an act by its outcome. No text, no name. */
  handled(inbound: Inbound["type"], outcome: string): void;
}

export interface Bot {
  /**
   * Handles one verified act. What the response says was stored is on disk. If the database fails, the response is a `not-saved`
   * refusal, not an error.
   *
   * @param known who acts, where another program of theirs has found it out
   */
  receive(inbound: Inbound, known?: Person): Promise<BotResponse>;
  /** Has the coordinators asked whose an account is that no program knows. Whether they are asked, now or before. */
  asksWhose(sender: Sender): Promise<boolean>;
  /** The refusal of an act that the database cannot store, in the language that this sender read last. */
  notSaved(inbound: Inbound): BotResponse;
}

const COUNTED: ReadonlySet<string> = new Set(COUNTED_REFUSALS);

/** Hands each act to the conversation that it belongs to. */
export function createBot(deps: BotDeps): Bot {
  const notSaved = ({ type, sender }: Inbound): BotResponse => {
    deps.handled(type, "not-saved");
    const { say } = wordsFor(deps.languages.of(sender), deps.context().program);
    return refused("not-saved", say.refused.notSaved);
  };
  return {
    notSaved,
    async asksWhose(sender) {
      await deps.open();
      const asked = await askWhose(deps.context(), sender);
      if (asked !== "asked") return asked !== undefined;
      deps.replan();
      deps.wake("asks");
      return true;
    },
    async receive(given, known) {
      const inbound = cleaned(given);
      try {
        await deps.open();
        const context = deps.context();
        const isKnowable = isPlain(inbound);
        const person =
          known ?? (isKnowable ? await senderOf(context, inbound.sender, deps.emailsOf) : undefined);
        if (person !== undefined) deps.languages.met(inbound.sender, person);
        const { makesDue, ...response }: Handled =
          person === undefined
            ? await fromOutside(context, inbound, isKnowable)
            : await handle(context, person, inbound);
        const outcome = response.kind === "refused" ? response.reason : response.kind;
        if (inbound.type === "opened" || COUNTED.has(outcome)) deps.handled(inbound.type, outcome);
        if (makesDue === "plan") deps.replan();
        deps.wake(makesDue === undefined ? "edits" : "asks");
        return response;
      } catch (error) {
        if (!(error instanceof AttuneError) || error.code !== "store") throw error;
        return notSaved(inbound);
      }
    },
  };
}

/**
 * An act with its text cleaned (by the rule of src/domain/text.ts). This happens before anything else reads, checks, counts, stores
 * or shows the text.
 */
function cleaned(inbound: Inbound): Inbound {
  if (inbound.type === "said" || inbound.type === "edited" || inbound.type === "file")
    return { ...inbound, text: cleanText(inbound.text) };
  if (inbound.type !== "submitted") return inbound;
  const values = Object.entries(inbound.values).map(([name, value]) => [name, cleanText(value)] as const);
  return { ...inbound, values: Object.fromEntries(values) };
}

/** Who has left can still read and erase what is kept of them. Anybody else is a stranger, about whom coordinators are asked. */
async function fromOutside(context: Context, inbound: Inbound, isKnowable: boolean): Promise<Handled> {
  const former = isKnowable ? await formerOf(context, inbound.sender) : undefined;
  if (former === undefined)
    return stranger(context, isKnowable ? await askWhose(context, inbound.sender) : undefined);
  const standing = await context.store.standing(former.id);
  const words = wordsFor(localeOf(former, standing), context.program);
  return ofFormer({ context, person: former, standing, inbound, words });
}

function stranger({ program }: Context, asked: Awaited<ReturnType<typeof askWhose>>): Handled {
  const { refused: say } = wordsFor(program.locale, program).say;
  const response = refused("unknown-person", asked === undefined ? say.unknown : say.asksWhose);
  return asked === "asked" ? { ...response, makesDue: "plan" } : response;
}

async function handle(context: Context, person: Person, inbound: Inbound): Promise<Handled> {
  const standing = await context.store.standing(person.id);
  const said: Said = {
    context,
    person,
    standing,
    inbound,
    words: wordsFor(localeOf(person, standing), context.program),
  };
  const { words } = said;
  // Before consent nothing is stored, not even the address. It counts in all of their programs: in Teams only an act tells it.
  if (standing.consent === "given")
    for (const one of [{ context, person }, ...elsewhereOf(context, person)])
      await one.context.store.rememberIdentity(one.person.id, inbound.sender, context.now);
  const early = await beforeStart(said);
  if (early !== undefined) return early;
  switch (inbound.type) {
    case "opened":
      if (standing.consent === "unasked") return shown(consentCard(words, person, NO_NUDGE));
      return shown(await homeCard(context, person, words, standing));
    case "said":
    case "edited":
    case "deleted":
      return typed(said, inbound);
    case "file":
      return takesFile(said, inbound) ? fileGiven(said, inbound) : typed(said, onlyItsText(inbound));
    case "pressed":
    case "submitted": {
      const meaning = readAct(inbound.act);
      if (meaning === undefined) return refused("not-understood", words.say.refused.notUnderstood);
      if (meaning.verb === "say") return command(said, meaning.command);
      if (meaning.verb === "file") return fileDecided(said, meaning);
      if (meaning.verb === "set-up") return setUp(said, meaning);
      return meaning.verb === "people" ? aboutSomebody(said, meaning) : tapped(said, meaning);
    }
    default:
      return inbound satisfies never;
  }
}

/** A coordinator has a message sent to somebody, or changes the list of people. */
const aboutSomebody = (said: Said, meaning: Extract<Meaning, { verb: "people" }>): Promise<Handled> => {
  const { step, person, value } = meaning;
  return step === "send" ? sendNow(said, person, value) : peopleChanged(said, { ...meaning, step });
};

/** What is theirs, and what asks them nothing, at any time. */
const OWN = new Set(["who-sees", "language", "stop", "my-data", "erase", "erase-for-good"]);

/**
 * What is answered before a program has started: its coordinators set it up, and nobody else is asked anything, not even whether they
 * take part. Undefined for what is answered as ever.
 */
async function beforeStart(said: Said): Promise<Handled | undefined> {
  const { context, person, words, inbound } = said;
  if (!isBeforeStart(context) || inbound.type === "deleted") return undefined;
  // Who works in another program that has started has a home there.
  if (elsewhereOf(context, person).some((there) => !isBeforeStart(there.context))) return undefined;
  const isCoordinator = person.roles.includes("coordinator");
  // What is written beside a file of another kind would be met with whether they take part.
  if (inbound.type === "file" && isCoordinator && !takesFile(said, inbound))
    return typed(said, { ...onlyItsText(inbound), text: "" });
  if (inbound.type !== "opened" && isAnswered(said, isCoordinator)) return undefined;
  return shown(
    isCoordinator
      ? await greetingCard(context, person, words)
      : notice(words, words.say.settingUp.notYet(words.program)),
  );
}

function isAnswered(said: Said, isCoordinator: boolean): boolean {
  const { context, inbound } = said;
  if (inbound.type === "file") return isCoordinator;
  const meaning = "act" in inbound ? readAct(inbound.act) : undefined;
  if (meaning !== undefined && meaning.verb !== "say")
    // Each of them looks who taps by itself.
    return meaning.verb === "file" || meaning.verb === "people" || meaning.verb === "set-up";
  const text = wordsSaid(said);
  const command = commandOf(text, context.zone.dayOf(context.now), false);
  if (command !== undefined && OWN.has(command.name)) return true;
  const isTheirs =
    command?.name === "roster" ||
    (context.files !== undefined && peopleAsked(text) !== undefined) ||
    (context.why !== undefined && whyAsked(text) !== undefined);
  return isCoordinator && isTheirs;
}
