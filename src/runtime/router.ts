import pLimit from "p-limit";
import { isSignIn, mayStandFor, type Person } from "#src/domain/person.ts";
import type { Program } from "#src/domain/program.ts";
import { AttuneError } from "#src/errors.ts";
import { elsewhereOf, type Context } from "#src/flows/context.ts";
import { isAbout, newestPlace, nudgeMeant } from "#src/flows/acts/place-meant.ts";
import { refused } from "#src/flows/responses.ts";
import { accountName, formerOf, isPlain, senderOf } from "#src/flows/acts/people.ts";
import type { Inbound, BotResponse, Sender } from "#src/ports/inbound.ts";
import type { Log } from "#src/ports/log.ts";
import type { Meters } from "#src/ports/meters.ts";
import { keptWhile, type SharedPeople } from "./shared-people.ts";
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
  /** Has its coordinators asked whose an account is that no program knows; whether they are asked, now or before. */
  asksWhose(sender: Sender): Promise<boolean>;
}

export interface RouterDeps {
  /** At least one. */
  readonly hostedPrograms: readonly RoutedProgram[];
  /** Who works in several of them. Absent where nobody does. */
  readonly shared?: Pick<SharedPeople, "meet">;
  /** The e-mails that the platform has confirmed for an account. */
  emailsOf(sender: Sender): Promise<readonly string[]>;
  readonly meters: Pick<Meters, "handled">;
  readonly log: Log;
}

/**
 * Hands each act to the program that knows its sender, and of somebody who works in several to the one that it is about; before
 * that, nothing of it is stored. Of a sender whom no program knows, each one's coordinators are asked; they, or who is two people, are told so in the first program's language. If the database is out of reach, the act is refused by the
 * program of the sender's last act, in their language.
 */
export function createRouter(deps: RouterDeps): (inbound: Inbound) => Promise<BotResponse> {
  const { hostedPrograms, meters } = deps;
  const first = hostedPrograms[0]!;
  if (hostedPrograms.length === 1) return (inbound) => first.receive(inbound);
  const { programOf, lastProgramOf } = programFinder(deps);
  const { say } = wordsFor(first.program.locale, first.program);
  const turnedAway = (inbound: Inbound, isAsked = false): BotResponse => {
    meters.handled(inbound.type, "unknown-person");
    return refused("unknown-person", isAsked ? say.refused.asksWhose : say.refused.unknown);
  };
  /** No program knows them: each one's coordinators may. */
  const stranger = async (inbound: Inbound): Promise<BotResponse> => {
    const asked = await pLimit(AT_A_TIME).map(hostedPrograms, (hosted) => hosted.asksWhose(inbound.sender));
    return turnedAway(inbound, asked.includes(true));
  };
  return async (inbound) => {
    if (!isPlain(inbound)) return turnedAway(inbound);
    let found: Found | undefined;
    try {
      await met(deps, inbound);
      const whose = await programOf(inbound.sender);
      if (whose === "two-people") return turnedAway(inbound);
      found = whose && (await meant(deps, whose, inbound));
      return await (found === undefined ? stranger(inbound) : found.hosted.receive(inbound, found.person));
    } catch (error) {
      if (!(error instanceof AttuneError) || error.code !== "store") throw error;
      return (found?.hosted ?? lastProgramOf(inbound.sender) ?? first).notSaved(inbound);
    }
  };
}

/** A program that knows the sender. */
interface Found {
  readonly hosted: RoutedProgram;
  /** Who they are in it. Absent where the program finds that out for itself. */
  readonly person?: Person;
}

/** A program that knows the sender, and who they are in it. */
interface Place {
  readonly hosted: RoutedProgram;
  readonly person: Person;
}

/**
 * The program that an act is about, of those that somebody works in. What is about a message belongs to the program that sent it, also
 * where that knows them by e-mail alone, and their account stands in another's people.csv.
 */
async function meant(
  { hostedPrograms, emailsOf }: RouterDeps,
  { hosted, person }: Found,
  inbound: Inbound,
): Promise<Found> {
  if (person === undefined) return { hosted };
  const context = hosted.context();
  const others = elsewhereOf(context, person).flatMap((one): readonly Place[] => {
    const there = hostedPrograms.find(({ program }) => program.id === one.context.program.id);
    const may = mayStandFor(one.context.program.people, one.person, inbound.sender);
    return may && there !== undefined ? [{ hosted: there, person: one.person }] : [];
  });
  const places: readonly Place[] = [{ hosted, person }, ...others];
  for (const one of places)
    if (await isAbout(inbound, { context: one.hosted.context(), person: one.person })) return one;
  for (const one of hostedPrograms.filter((any) => places.every((place) => place.hosted !== any))) {
    const there = one.context();
    if ((await nudgeMeant(inbound, there.store)) === undefined) continue;
    const theirs = await senderOf(there, inbound.sender, emailsOf);
    if (theirs !== undefined) return { hosted: one, person: theirs };
  }
  if (others.length === 0) return { hosted };
  const newest = await newestPlace(
    inbound,
    places.map((one) => ({ context: one.hosted.context(), person: one.person })),
  );
  return places.find((one) => one.hosted.program.id === newest.context.program.id) ?? { hosted };
}

/** Looks who the sender is in the other programs. Where their platform cannot say it just now, what they do counts where it is known. */
async function met({ shared, log }: RouterDeps, { sender }: Inbound): Promise<void> {
  try {
    await shared?.meet(sender, "by e-mail");
  } catch (error) {
    if (!(error instanceof AttuneError) || error.code === "store") throw error;
    log.warn({ code: error.code }, "who an account is in other programs could not be found out");
  }
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

  const search = async (sender: Sender): Promise<Found | "two-people" | undefined> => {
    const { emails, open } = register();
    const known = await pLimit(AT_A_TIME).map(open(sender.platform), (hosted) => foundIn(hosted, sender));
    const [one, ...others] = known.filter((found) => found !== undefined);
    if (one !== undefined && others.every((other) => areSame(one, other))) return one;
    if (one !== undefined) {
      const programs = [one, ...others].map(({ hosted }) => hosted.program.id);
      log.warn({ programs }, "an account is known to two programs");
      return "two-people";
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

  const programOf = async (sender: Sender): Promise<Found | "two-people" | undefined> => {
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
    if (found !== undefined && found !== "two-people") remembered.set(name, found.hosted);
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
        if (isSignIn(account)) put(emails, account.toLowerCase(), hosted);
        put(named, accountName({ platform, account }), hosted);
      }
    }
  }
  /** Programs that have people without a named account on this platform. Only these may have learnt an account that nobody named. */
  const open = (platform: string): readonly RoutedProgram[] =>
    hostedPrograms.filter(({ program }) =>
      program.people.some(
        ({ accounts: { [platform]: account } }) => account === undefined || isSignIn(account),
      ),
    );
  return { named, emails, open };
}
