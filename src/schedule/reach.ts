import type { Messenger } from "#src/ports/messenger.ts";
import type { Identity } from "#src/ports/outbox.ts";

import type { Person } from "#src/domain/person.ts";
import type { Context } from "#src/flows/context.ts";

type Messengers = ReadonlyMap<string, Messenger>;

/** Where a person is written to now. Platforms are asked who has an e-mail only while nothing is remembered. */
export async function firstIdentity(
  messengers: Messengers,
  context: Context,
  person: Person,
): Promise<Identity | undefined> {
  const [latest] = await remembered(messengers, context, person);
  return latest ?? (await identitiesOf(messengers, context, person))[0];
}

/**
 * How to write to a person, the platform they used last first: as remembered, else as people.csv names them,
 * else by their e-mail.
 */
export async function identitiesOf(
  messengers: Messengers,
  context: Context,
  person: Person,
): Promise<readonly Identity[]> {
  const known = await remembered(messengers, context, person);
  const named: Identity[] = [];
  for (const messenger of messengers.values()) {
    const { platform } = messenger;
    if (known.some((one) => one.platform === platform)) continue;
    const account = person.accounts[platform] ?? (await accountByEmail(messenger, person));
    const address = account === undefined ? undefined : messenger.addressOf(account);
    if (account !== undefined && address !== undefined) named.push({ platform, account, address });
  }
  return [...known, ...named];
}

const remembered = async (
  messengers: Messengers,
  context: Context,
  person: Person,
): Promise<readonly Identity[]> =>
  (await context.store.identities(person.id)).filter(({ platform }) => messengers.has(platform));

const accountByEmail = async ({ directory }: Messenger, { email }: Person): Promise<string | undefined> =>
  email === undefined ? undefined : directory?.accountOf(email);
