import pLimit from "p-limit";
import type { Program } from "#src/domain/program.ts";
import { AttuneError } from "#src/errors.ts";
import type { Context } from "#src/flows/context.ts";
import { isPlain } from "#src/flows/acts/clean-inbound.ts";
import { refused } from "#src/flows/refused.ts";
import { accountName, senderOf } from "#src/flows/acts/sender.ts";
import type { Inbound, BotResponse, Sender } from "#src/ports/inbound.ts";
import type { Log } from "#src/ports/log.ts";
import type { Meters } from "#src/ports/meters.ts";
import { wordsFor } from "#src/words/words.ts";

/** A program as somebody at the door is shown to it. */
export interface RoutedProgram {
  readonly program: Program;
  context(): Context;
  receive(inbound: Inbound): Promise<BotResponse>;
  /** What it would say if its store could not keep this. */
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
 * The one way in for all programs of an installation: shows each act to the one program that knows its sender, before
 * anything of it is kept. Whoever is known nowhere, or at two programs, is told so in the first program's language. While the
 * store cannot say whose an act is, the program of their last one refuses it, in their language.
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

/** Programs asked at the same time whom they know. */
const AT_A_TIME = 8;
/** Accounts whose program is remembered. */
const REMEMBERED = 20_000;

/** Finds a sender's program as a program finds the person (see sender.ts): by named account, by who agreed, by e-mail. */
function programFinder({ hostedPrograms, emailsOf, log }: RouterDeps) {
  const { named, emails, open } = registerOf(hostedPrograms);
  const remembered = new Map<string, RoutedProgram>();

  const knows = async (hosted: RoutedProgram, sender: Sender, confirmed: readonly string[] = []) =>
    (await senderOf(hosted.context(), sender, async () => confirmed)) !== undefined;

  const search = async (sender: Sender): Promise<RoutedProgram | undefined> => {
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
    return undefined;
  };

  const programOf = async (sender: Sender): Promise<RoutedProgram | undefined> => {
    const name = accountName(sender);
    const hosted = named.get(name);
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

/** Who belongs where, by all that people.csv says. No account and no e-mail stands at two programs (between-programs.ts). */
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
  /** Programs with anybody whose account on this platform is not named: only they may know one by heart. */
  const open = (platform: string): readonly RoutedProgram[] =>
    hostedPrograms.filter(({ program }) =>
      program.people.some(({ accounts }) => accounts[platform]?.includes("@") !== false),
    );
  return { named, emails, open };
}
