import { isSignIn, mayStandFor } from "#src/domain/account.ts";
import type { Person } from "#src/domain/person.ts";
import type { Context } from "#src/flows/context.ts";
import type { Messenger } from "#src/ports/messenger.ts";
import type { Identity } from "#src/ports/outbox.ts";

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
