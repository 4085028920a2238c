import { readAct } from "./card/act.ts";
import type { Inbound, BotResponse, Sender } from "./ports/inbound.ts";
import { COUNTED_REFUSALS } from "./ports/meters.ts";
import type { Person } from "./domain/person.ts";
import { cleanText } from "./domain/text.ts";
import type { Context } from "#src/flows/context.ts";
import { localeOf } from "#src/flows/ask/nudge-card.ts";
import type { Said } from "#src/flows/commands/commands.ts";
import { rememberEverywhere } from "#src/flows/commands/everywhere.ts";
import { consentCard, NO_NUDGE } from "#src/flows/conversations/consent.ts";
import { command, ofFormer, typed } from "#src/flows/acts/typed.ts";
import { fileDecided } from "#src/flows/files/decided.ts";
import { fileGiven, onlyItsText, takesFile } from "#src/flows/files/given.ts";
import { peopleChanged } from "#src/flows/files/people-cards.ts";
import { homeCard } from "#src/flows/home/home.ts";
import { refused, shown, type Handled } from "./flows/responses.ts";
import { formerOf, isPlain, senderOf, type Languages } from "#src/flows/acts/people.ts";
import { tapped } from "#src/flows/acts/tapped.ts";
import { wordsFor } from "./words/words.ts";
import { AttuneError } from "./errors.ts";

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

/** Who has left can still read and erase what is kept of them. Anybody else is a stranger. */
async function fromOutside(context: Context, inbound: Inbound, isKnowable: boolean): Promise<Handled> {
  const former = isKnowable ? await formerOf(context, inbound.sender) : undefined;
  if (former === undefined) return stranger(context);
  const standing = await context.store.standing(former.id);
  const words = wordsFor(localeOf(former, standing), context.program);
  return ofFormer({ context, person: former, standing, inbound, words });
}

const stranger = (context: Context): BotResponse =>
  refused("unknown-person", wordsFor(context.program.locale, context.program).say.refused.unknown);

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
  // Before consent nothing is stored, not even the address.
  if (standing.consent === "given") await rememberEverywhere(said);
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
      return meaning.verb === "people" ? peopleChanged(said, meaning) : tapped(said, meaning);
    }
    default:
      return inbound satisfies never;
  }
}
