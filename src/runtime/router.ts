import pLimit from "p-limit";
import type { Program } from "#src/domain/program.ts";
import { AttuneError } from "#src/errors.ts";
import type { Context } from "#src/flows/context.ts";
import { refused } from "#src/flows/responses.ts";
import { accountName, formerOf, isPlain, senderOf } from "#src/flows/acts/people.ts";
import type { Inbound, BotResponse, Sender } from "#src/ports/inbound.ts";
import type { Log } from "#src/ports/log.ts";
import type { Meters } from "#src/ports/meters.ts";
import { wordsFor } from "#src/words/words.ts";

/** What the router needs of a program. */
export interface RoutedProgram {
  /** With the people whom people.csv has now. */
  readonly program: Program;
  context(): Context;
  receive(inbound: Inbound): Promise<BotResponse>;
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
 * Hands each act to the one program that knows its sender; before that, nothing of it is stored. A sender whom no program
 * knows, or two, is told so in the first program's language. If the database is out of reach, the act is refused by the
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
    let hosted: RoutedProgram | undefined;
    try {
      hosted = await programOf(inbound.sender);
    } catch (error) {
      if (!(error instanceof AttuneError) || error.code !== "store") throw error;
      return (lastProgramOf(inbound.sender) ?? first).notSaved(inbound);
    }
    return hosted?.receive(inbound) ?? turnedAway(inbound);
  };
}

/** How many programs are searched for a sender at the same time. */
const AT_A_TIME = 8;
/** How many accounts' programs are remembered. */
const REMEMBERED = 20_000;

/** Finds a sender's program in the order in which a program finds a person (see people.ts): by account, by consent, by e-mail; then who has left one. */
function programFinder({ hostedPrograms, emailsOf, log }: RouterDeps) {
  const register = currentRegister(hostedPrograms);
  const remembered = new Map<string, RoutedProgram>();

  const knows = async (hosted: RoutedProgram, sender: Sender, confirmed: readonly string[] = []) =>
    (await senderOf(hosted.context(), sender, async () => confirmed)) !== undefined;

  const search = async (sender: Sender): Promise<RoutedProgram | undefined> => {
    const { emails, open } = register();
    const asked = open(sender.platform);
    const known = await pLimit(AT_A_TIME).map(asked, (hosted) => knows(hosted, sender));
    const found = asked.filter((_, place) => known[place]);
    if (found.length > 1) {
      log.warn({ programs: found.map(({ program }) => program.id) }, "an account is known to two programs");
      return undefined;
    }
    if (found[0] !== undefined) return found[0];
    const confirmed = (await emailsOf(sender)).map((one) => one.toLowerCase());
    for (const email of confirmed) {
      const hosted = emails.get(email);
      if (hosted !== undefined && (await knows(hosted, sender, [email]))) return hosted;
    }
    const left = await pLimit(AT_A_TIME).map(hostedPrograms, (hosted) => formerOf(hosted.context(), sender));
    return hostedPrograms.find((_, place) => left[place] !== undefined);
  };

  const programOf = async (sender: Sender): Promise<RoutedProgram | undefined> => {
    const name = accountName(sender);
    const hosted = register().named.get(name);
    if (hosted !== undefined) return hosted;
    const before = remembered.get(name);
    if (before !== undefined && (await knows(before, sender))) return before;
    remembered.delete(name);
    const found = await search(sender);
    if (remembered.size >= REMEMBERED) remembered.clear();
    if (found !== undefined) remembered.set(name, found);
    return found;
  };
  return { programOf, lastProgramOf: (sender: Sender) => remembered.get(accountName(sender)) };
}

/** The register of the people whom people.csv has now. */
function currentRegister(hostedPrograms: readonly RoutedProgram[]) {
  let people = hostedPrograms.map(({ program }) => program.people);
  let register = registerOf(hostedPrograms);
  return () => {
    if (hostedPrograms.some(({ program }, place) => program.people !== people[place])) {
      people = hostedPrograms.map(({ program }) => program.people);
      register = registerOf(hostedPrograms);
    }
    return register;
  };
}

/** The program of each account and e-mail in people.csv. None is in two programs (see between-programs.ts). */
function registerOf(hostedPrograms: readonly RoutedProgram[]) {
  const named = new Map<string, RoutedProgram>();
  const emails = new Map<string, RoutedProgram>();
  for (const hosted of hostedPrograms) {
    for (const { accounts, email } of hosted.program.people) {
      if (email !== undefined) emails.set(email.toLowerCase(), hosted);
      for (const [platform, account] of Object.entries(accounts)) {
        if (account.includes("@")) emails.set(account.toLowerCase(), hosted);
        named.set(accountName({ platform, account }), hosted);
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
