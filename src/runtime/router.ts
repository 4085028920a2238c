import pLimit from "p-limit";
import { mayStandFor, type Person } from "#src/domain/person.ts";
import type { Program } from "#src/domain/program.ts";
import { AttuneError } from "#src/errors.ts";
import { elsewhereOf, type Context } from "#src/flows/context.ts";
import { placeMeant } from "#src/flows/acts/place-meant.ts";
import { refused } from "#src/flows/responses.ts";
import { accountName, formerOf, isPlain, senderOf } from "#src/flows/acts/people.ts";
import type { Inbound, BotResponse, Sender } from "#src/ports/inbound.ts";
import type { Log } from "#src/ports/log.ts";
import type { Meters } from "#src/ports/meters.ts";
import { keptWhile } from "./shared-people.ts";
import { wordsFor } from "#src/words/words.ts";

/** What the router needs of a program. */
export interface RoutedProgram {
  /** With the people whom people.csv has now. */
  readonly program: Program;
  context(): Context;
  /** @param known who acts, where it was found out already */
  receive(inbound: Inbound, known?: Person): Promise<BotResponse>;
  /** The refusal for an act that the database could not store. */
  notSaved(inbound: Inbound): BotResponse;
}

export interface RouterDeps {
  /** At least one. */
  readonly hostedPrograms: readonly RoutedProgram[];
  /** The e-mails that the platform has confirmed for an account. */
  emailsOf(sender: Sender): Promise<readonly string[]>;
  readonly meters: Pick<Meters, "handled">;
  readonly log: Log;
}

/**
 * Hands each act to the program that knows its sender, and of somebody who works in several to the one that it is about; before
 * that, nothing of it is stored. A sender whom no program knows, or who is two people, is told so in the first program's language. If the database is out of reach, the act is refused by the
 * program of the sender's last act, in their language.
 */
export function createRouter(deps: RouterDeps): (inbound: Inbound) => Promise<BotResponse> {
  const { hostedPrograms, meters } = deps;
  const first = hostedPrograms[0]!;
  if (hostedPrograms.length === 1) return (inbound) => first.receive(inbound);
  const { programOf, lastProgramOf } = programFinder(deps);
  const { say } = wordsFor(first.program.locale, first.program);
  const turnedAway = (inbound: Inbound): BotResponse => {
    meters.handled(inbound.type, "unknown-person");
    return refused("unknown-person", say.refused.unknown);
  };
  return async (inbound) => {
    if (!isPlain(inbound)) return turnedAway(inbound);
    let found: Found | undefined;
    try {
      found = await programOf(inbound.sender);
      found = found && (await meant(hostedPrograms, found, inbound));
    } catch (error) {
      if (!(error instanceof AttuneError) || error.code !== "store") throw error;
      return (found?.hosted ?? lastProgramOf(inbound.sender) ?? first).notSaved(inbound);
    }
    return found?.hosted.receive(inbound, found.person) ?? turnedAway(inbound);
  };
}

/** A program that knows the sender. */
interface Found {
  readonly hosted: RoutedProgram;
  /** Who they are in it. Absent where the program finds that out for itself. */
  readonly person?: Person;
}

/** Of the programs that somebody works in, the one that an act of theirs is about. */
async function meant(
  hostedPrograms: readonly RoutedProgram[],
  { hosted, person }: Found,
  inbound: Inbound,
): Promise<Found> {
  const context = hosted.context();
  if (person === undefined) return { hosted };
  const others = elsewhereOf(context, person).filter((one) =>
    mayStandFor(one.context.program.people, one.person, inbound.sender),
  );
  if (others.length === 0) return { hosted };
  const place = await placeMeant(inbound, [{ context, person }, ...others]);
  const found = hostedPrograms.find(({ program }) => program.id === place.context.program.id);
  return found === undefined ? { hosted } : { hosted: found, person: place.person };
}

/** How many programs are searched for a sender at the same time. */
const AT_A_TIME = 8;
/** How many accounts' programs are remembered. */
const REMEMBERED = 20_000;

/** Finds a sender's program in the order in which a program finds a person (see people.ts): by account, by consent, by e-mail; then who has left one. */
function programFinder({ hostedPrograms, emailsOf, log }: RouterDeps) {
  const register = keptWhile(() => hostedPrograms, registerOf);
  const remembered = new Map<string, RoutedProgram>();

  const foundIn = async (
    hosted: RoutedProgram,
    sender: Sender,
    confirmed: readonly string[] = [],
  ): Promise<Found | undefined> => {
    const person = await senderOf(hosted.context(), sender, async () => confirmed);
    return person && { hosted, person };
  };

  const search = async (sender: Sender): Promise<Found | undefined> => {
    const { emails, open } = register();
    const known = await pLimit(AT_A_TIME).map(open(sender.platform), (hosted) => foundIn(hosted, sender));
    const [one, ...others] = known.filter((found) => found !== undefined);
    if (one !== undefined && others.every((other) => areSame(one, other))) return one;
    if (one !== undefined) {
      const programs = [one, ...others].map(({ hosted }) => hosted.program.id);
      log.warn({ programs }, "an account is known to two programs");
      return undefined;
    }
    for (const email of (await emailsOf(sender)).map((each) => each.toLowerCase())) {
      const hosted = emails.get(email);
      const found = hosted && (await foundIn(hosted, sender, [email]));
      if (found !== undefined) return found;
    }
    const left = await pLimit(AT_A_TIME).map(hostedPrograms, (hosted) => formerOf(hosted.context(), sender));
    const hosted = hostedPrograms.find((_, place) => left[place] !== undefined);
    return hosted && { hosted };
  };

  const programOf = async (sender: Sender): Promise<Found | undefined> => {
    const name = accountName(sender);
    const hosted = register().named.get(name) ?? remembered.get(name);
    const known = hosted && (await foundIn(hosted, sender));
    if (known !== undefined) return known;
    // Whom people.csv names and the program stops, since the id may mean somebody else now, is told so there.
    const named = register().named.get(name);
    if (named !== undefined) return { hosted: named };
    remembered.delete(name);
    const found = await search(sender);
    if (remembered.size >= REMEMBERED) remembered.clear();
    if (found !== undefined) remembered.set(name, found.hosted);
    return found;
  };
  const lastProgramOf = (sender: Sender): RoutedProgram | undefined =>
    register().named.get(accountName(sender)) ?? remembered.get(accountName(sender));
  return { programOf, lastProgramOf };
}

/** Whether two programs mean the same person by an account. */
const areSame = (one: Found, other: Found): boolean =>
  one.person !== undefined &&
  elsewhereOf(one.hosted.context(), one.person).some(
    ({ context, person }) => context.program.id === other.hosted.program.id && person.id === other.person?.id,
  );

/** The first program of each account and e-mail in people.csv; its person is in others, too, who works in several. */
function registerOf(hostedPrograms: readonly RoutedProgram[]) {
  const named = new Map<string, RoutedProgram>();
  const emails = new Map<string, RoutedProgram>();
  const put = (places: Map<string, RoutedProgram>, mark: string, hosted: RoutedProgram) =>
    places.set(mark, places.get(mark) ?? hosted);
  for (const hosted of hostedPrograms) {
    for (const { accounts, email } of hosted.program.people) {
      if (email !== undefined) put(emails, email.toLowerCase(), hosted);
      for (const [platform, account] of Object.entries(accounts)) {
        if (account.includes("@")) put(emails, account.toLowerCase(), hosted);
        put(named, accountName({ platform, account }), hosted);
      }
    }
  }
  /** Programs that have people without a named account on this platform. Only these may have learnt an account that nobody named. */
  const open = (platform: string): readonly RoutedProgram[] =>
    hostedPrograms.filter(({ program }) =>
      program.people.some(({ accounts }) => accounts[platform]?.includes("@") !== false),
    );
  return { named, emails, open };
}
