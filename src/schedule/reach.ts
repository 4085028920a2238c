import type { Card } from "#src/card/card.ts";
import {
  isSignIn,
  mayStandFor,
  type Account,
  type Address,
  type Person,
  type PersonId,
} from "#src/domain/person.ts";
import { HOUR, SECOND } from "#src/domain/time.ts";
import { AttuneError, codeOf } from "#src/errors.ts";
import type { Context } from "#src/flows/context.ts";
import type { Clock } from "#src/ports/clock.ts";
import type { DeliveryKey, Directory, Messenger } from "#src/ports/messenger.ts";
import type { Identity } from "#src/ports/outbox.ts";

/* How people are reached: by which account, a few at a time, and through messengers that leave a platform alone where that is better. */

type Messengers = ReadonlyMap<string, Messenger>;

/** The identity to which a person's message is sent. Platforms are asked by e-mail only if no account is known. */
export const firstIdentity = async (
  messengers: Messengers,
  context: Context,
  person: Person,
): Promise<Identity | undefined> =>
  (await knownIdentities(messengers, context, person))[0] ??
  (await identitiesOf(messengers, context, person))[0];

/** How a person can be reached: as it is known without asking anybody, else by e-mail. */
export async function identitiesOf(
  messengers: Messengers,
  context: Context,
  person: Person,
): Promise<readonly Identity[]> {
  const known = await knownIdentities(messengers, context, person);
  const others: Identity[] = [];
  for (const messenger of messengers.values()) {
    if (known.some(({ platform }) => platform === messenger.platform)) continue;
    const found = await byEmail(messenger, context, person);
    if (found !== undefined) others.push(found);
  }
  return [...known, ...others];
}

/** Where a person is now, after `gone` could not be written to: their other accounts, and what their e-mail says today. */
export async function otherIdentity(
  messengers: Messengers,
  context: Context,
  person: Person,
  gone: Identity,
): Promise<Identity | undefined> {
  const known = await knownIdentities(messengers, context, person);
  const other = known.find(({ platform }) => platform !== gone.platform);
  if (other !== undefined) return other;
  for (const messenger of messengers.values()) {
    const found = await byEmail(messenger, context, person, "anew");
    if (found !== undefined && !isSame(found, gone)) return found;
  }
  return undefined;
}

const isSame = (one: Identity, other: Identity): boolean =>
  one.platform === other.platform && one.account.toLowerCase() === other.account.toLowerCase();

/**
 * The platform that they used last first: by stored identities that people.csv does not contradict, else by the accounts that
 * people.csv names.
 */
export async function knownIdentities(
  messengers: Messengers,
  context: Context,
  person: Person,
): Promise<readonly Identity[]> {
  const remembered = (await context.store.identities(person.id)).filter(
    (one) => messengers.has(one.platform) && mayStandFor(context.program.people, person, one),
  );
  const named: Identity[] = [];
  for (const messenger of messengers.values()) {
    const { platform } = messenger;
    const account = person.accounts[platform];
    if (account === undefined || remembered.some((one) => one.platform === platform)) continue;
    const address = messenger.addressOf(account);
    if (address !== undefined && !(isSignIn(account) && messenger.directory !== undefined))
      named.push({ platform, account, address });
  }
  return [...remembered, ...named];
}

/** The e-mails that an account's platform has confirmed. Empty for a platform that knows no e-mail. */
export const emailsBy =
  (messengers: readonly Messenger[]) =>
  async ({ platform, account }: Account): Promise<readonly string[]> =>
    (await messengers.find((one) => one.platform === platform)?.directory?.emailsOf(account)) ?? [];

/** Who has an account that can be written to; undefined for whom no platform could answer just now. */
export async function foundOn(
  messengers: Messengers,
  context: Context,
  people: readonly Person[],
): Promise<ReadonlyMap<PersonId, boolean | undefined>> {
  const found = new Map<PersonId, boolean | undefined>();
  await each(people, async (person) => {
    try {
      found.set(person.id, (await firstIdentity(messengers, context, person)) !== undefined);
    } catch (error) {
      if (!(error instanceof AttuneError)) throw error;
      found.set(person.id, undefined);
    }
  });
  return found;
}

/** The account that has a person's e-mail, or the sign-in address that people.csv names as their account. */
async function byEmail(
  messenger: Messenger,
  context: Context,
  person: Person,
  how?: "anew",
): Promise<Identity | undefined> {
  const { platform, directory } = messenger;
  const named = person.accounts[platform];
  const email = named ?? person.email;
  if (directory === undefined || email === undefined || !isSignIn(email)) return undefined;
  const account = await directory.accountOf(email, how);
  const address = account === undefined ? undefined : messenger.addressOf(account);
  if (account === undefined || address === undefined) return undefined;
  const found = { platform, account, address };
  return mayStandFor(context.program.people, person, found) ? found : undefined;
}

/** People at a time. */
const CONCURRENCY = 8;

/**
 * Handles all, a few people at a time and each person's one after the other: whether a second ask may go out hangs on the
 * first, and the order of two edits tells nothing of what else there was to do.
 */
export const eachPersons = <One>(
  all: readonly One[],
  personOf: (one: One) => PersonId,
  handle: (one: One) => Promise<void>,
): Promise<void> =>
  each([...Map.groupBy(all, personOf).values()], async (theirs) => {
    for (const one of theirs) await handle(one);
  });

/** Handles all, a few at a time. */
export async function each<One>(all: readonly One[], handle: (one: One) => Promise<void>): Promise<void> {
  const left = all.values();
  const worker = async () => {
    for (const one of left) await handle(one);
  };
  await Promise.all(Array.from({ length: Math.min(CONCURRENCY, all.length) }, worker));
}

/** So many failures in a row are the platform's, and not one message's. */
const IN_A_ROW = 3;
/** Milliseconds that a platform in trouble is left alone. What hangs then costs a time-out for few, and not for everybody. */
const REST = 30 * SECOND;

/** What of a call to a platform counts for a row of failures: that it fails, and that it does not, which ends the row. */
type Counts = "both" | "failures" | "nothing";

/** The platform is left alone just now: nothing was asked of it. */
export class CircuitOpen extends AttuneError {}

/** A messenger that leaves its platform alone where that is better. */
export interface GuardedMessenger extends Messenger {
  /**
   * @param comesAnyway whether this message is sent whatever anybody has answered. Only what became of such a message counts
   * as a row of failures: else the moment of other people's messages would tell of a private goal, or of an answer
   */
  send(to: Address, card: Card, key: DeliveryKey, comesAnyway?: boolean): ReturnType<Messenger["send"]>;
}

/**
 * The same messenger, which asks nothing of its platform while that wants to be left alone or is in trouble: people on
 * other platforms do not wait behind it.
 */
export function withCircuitBreaker(messenger: Messenger, clock: Pick<Clock, "now">): GuardedMessenger {
  const askedToWaitUntil = new Map<string, number>();
  let inARow = 0;
  let openUntil = 0;

  const left = (until: number): number => {
    const wait = until - clock.now();
    // A clock may step back: no rest is that long.
    return wait > HOUR ? 0 : wait;
  };

  const guarded = async <Result>(
    what: string,
    work: () => Promise<Result>,
    counts: Counts = "nothing",
  ): Promise<Result> => {
    const asked = left(askedToWaitUntil.get(what) ?? 0);
    if (asked > 0)
      throw new CircuitOpen("rate-limited", "The platform asked to be left alone.", { retryAfter: asked });
    const rest = left(openUntil);
    if (rest > 0) throw new CircuitOpen("unavailable", "The platform is in trouble.", { retryAfter: rest });
    try {
      const result = await work();
      if (counts === "both") inARow = 0;
      return result;
    } catch (error) {
      heed(what, error, counts);
      throw error;
    }
  };

  const heed = (what: string, error: unknown, counts: Counts): void => {
    const code = codeOf(error);
    if (code === "rate-limited")
      askedToWaitUntil.set(what, clock.now() + Math.min(HOUR, (error as AttuneError).retryAfter ?? SECOND));
    const isTrouble = code === "unavailable" || code === "ambiguous";
    if (isTrouble && counts !== "nothing") inARow += 1;
    if (!isTrouble && counts === "both") inARow = 0;
    if (inARow < IN_A_ROW) return;
    openUntil = clock.now() + REST;
    // Counted anew afterwards: else every single failure of a night on which nothing else ends the row would be another rest.
    inARow = 0;
  };

  const { directory } = messenger;
  return {
    ...messenger,
    send: (to, card, key, comesAnyway = false) =>
      guarded("send", () => messenger.send(to, card, key), comesAnyway ? "both" : "nothing"),
    update: (message, card) => guarded("update", () => messenger.update(message, card)),
    ...Object.fromEntries(
      (["find", "remove", "sweep", "standsAt"] as const).flatMap((name) => {
        const method: ((...given: never[]) => Promise<unknown>) | undefined = messenger[name];
        const asked = (...given: never[]) => guarded(name, () => method!.apply(messenger, given));
        return method === undefined ? [] : [[name, asked]];
      }),
    ),
    ...(directory === undefined ? {} : { directory: guardedDirectory(directory, guarded) }),
  };
}

const guardedDirectory = (
  directory: Directory,
  guarded: <Result>(what: string, work: () => Promise<Result>, counts: Counts) => Promise<Result>,
): Directory => ({
  // People are looked up whatever they answer.
  accountOf: (email, how) => guarded("directory", () => directory.accountOf(email, how), "failures"),
  emailsOf: (account) => directory.emailsOf(account),
});
