import pLimit from "p-limit";
import type { Program } from "#src/domain/program.ts";
import { AttuneError } from "#src/errors.ts";
import type { Desk } from "#src/flows/context.ts";
import { isPlain } from "#src/flows/acts/clean-inbound.ts";
import { refused } from "#src/flows/refused.ts";
import { accountName, senderOf } from "#src/flows/acts/sender.ts";
import type { Inbound, Reply, Sender } from "#src/ports/inbound.ts";
import type { Log } from "#src/ports/log.ts";
import type { Meters } from "#src/ports/meters.ts";
import { wordsFor } from "#src/words/words.ts";

/** A site as somebody at the door is shown to it. */
export interface Received {
  readonly program: Program;
  desk(): Desk;
  receive(inbound: Inbound): Promise<Reply>;
  /** What it would say if its store could not keep this. */
  notSaved(inbound: Inbound): Reply;
}

export interface ReceptionDeps {
  /** At least one. */
  readonly sites: readonly Received[];
  /** The e-mails that the platform has confirmed for an account. */
  emailsOf(sender: Sender): Promise<readonly string[]>;
  readonly meters: Pick<Meters, "handled">;
  readonly log: Log;
}

/**
 * The one way in for all sites of an installation: shows each act to the one site that knows its sender, before
 * anything of it is kept. Whoever is known nowhere, or at two sites, is told so in the first site's language. While the
 * store cannot say whose an act is, the site of their last one refuses it, in their language.
 */
export function createReception(deps: ReceptionDeps): (inbound: Inbound) => Promise<Reply> {
  const { sites, meters } = deps;
  const first = sites[0]!;
  if (sites.length === 1) return (inbound) => first.receive(inbound);
  const { siteOf, lastSiteOf } = siteFinder(deps);
  const { say } = wordsFor(first.program.locale, first.program);
  const turnedAway = (inbound: Inbound): Reply => {
    meters.handled(inbound.type, "unknown-person");
    return refused("unknown-person", say.refused.unknown);
  };
  return async (inbound) => {
    if (!isPlain(inbound)) return turnedAway(inbound);
    let site: Received | undefined;
    try {
      site = await siteOf(inbound.sender);
    } catch (error) {
      if (!(error instanceof AttuneError) || error.code !== "store") throw error;
      return (lastSiteOf(inbound.sender) ?? first).notSaved(inbound);
    }
    return site?.receive(inbound) ?? turnedAway(inbound);
  };
}

/** Sites asked at the same time whom they know. */
const AT_A_TIME = 8;
/** Accounts whose site is remembered. */
const REMEMBERED = 20_000;

/** Finds a sender's site as a site finds the person (see sender.ts): by named account, by who agreed, by e-mail. */
function siteFinder({ sites, emailsOf, log }: ReceptionDeps) {
  const { named, emails, open } = registerOf(sites);
  const remembered = new Map<string, Received>();

  const knows = async (site: Received, sender: Sender, confirmed: readonly string[] = []) =>
    (await senderOf(site.desk(), sender, async () => confirmed)) !== undefined;

  const search = async (sender: Sender): Promise<Received | undefined> => {
    const asked = open(sender.platform);
    const known = await pLimit(AT_A_TIME).map(asked, (site) => knows(site, sender));
    const found = asked.filter((_, place) => known[place]);
    if (found.length > 1) {
      log.warn({ programs: found.map(({ program }) => program.id) }, "an account is known to two programs");
      return undefined;
    }
    if (found[0] !== undefined) return found[0];
    const confirmed = (await emailsOf(sender)).map((one) => one.toLowerCase());
    for (const email of confirmed) {
      const site = emails.get(email);
      if (site !== undefined && (await knows(site, sender, [email]))) return site;
    }
    return undefined;
  };

  const siteOf = async (sender: Sender): Promise<Received | undefined> => {
    const name = accountName(sender);
    const site = named.get(name);
    if (site !== undefined) return site;
    const before = remembered.get(name);
    if (before !== undefined && (await knows(before, sender))) return before;
    remembered.delete(name);
    const found = await search(sender);
    if (remembered.size >= REMEMBERED) remembered.clear();
    if (found !== undefined) remembered.set(name, found);
    return found;
  };
  return { siteOf, lastSiteOf: (sender: Sender) => remembered.get(accountName(sender)) };
}

/** Who belongs where, by all that people.csv says. No account and no e-mail stands at two sites (between-programs.ts). */
function registerOf(sites: readonly Received[]) {
  const named = new Map<string, Received>();
  const emails = new Map<string, Received>();
  for (const site of sites) {
    for (const { accounts, email } of site.program.people) {
      if (email !== undefined) emails.set(email.toLowerCase(), site);
      for (const [platform, account] of Object.entries(accounts)) {
        if (account.includes("@")) emails.set(account.toLowerCase(), site);
        named.set(accountName({ platform, account }), site);
      }
    }
  }
  /** Sites with anybody whose account on this platform is not named: only they may know one by heart. */
  const open = (platform: string): readonly Received[] =>
    sites.filter(({ program }) =>
      program.people.some(({ accounts }) => accounts[platform]?.includes("@") !== false),
    );
  return { named, emails, open };
}
