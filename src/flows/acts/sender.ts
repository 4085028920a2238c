import type { Sender } from "#src/ports/inbound.ts";
import type { Person } from "#src/domain/person.ts";
import type { Program } from "#src/domain/program.ts";
import type { Context } from "../context.ts";

/**
 * Finds the person who acted: by the account in people.csv, else by an account that agreed before, else by e-mail. people.csv may
 * name an account by its sign-in address. The platform must then confirm it, as it confirms an e-mail.
 */
export async function senderOf(
  context: Context,
  sender: Sender,
  emailsOf: (sender: Sender) => Promise<readonly string[]>,
): Promise<Person | undefined> {
  const { people } = context.program;
  const { platform, account } = sender;
  const accountIn = (one: Person) => one.accounts[platform]?.toLowerCase();
  const named = namedBy(context.program, sender);
  if (named !== undefined) return named;
  // A person whose account is named is found only by that account, never by e-mail.
  const mayBe = (one: Person | undefined) =>
    one?.accounts[platform]?.includes("@") === false ? undefined : one;
  const known = await context.store.knownBy(platform, account);
  if (known !== undefined) return mayBe(context.person(known));
  for (const email of (await emailsOf(sender)).map((one) => one.toLowerCase())) {
    const found =
      people.find((one) => accountIn(one) === email) ??
      people.find((one) => accountIn(one) === undefined && one.email?.toLowerCase() === email);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The person whose account this is in people.csv. */
export const namedBy = ({ people }: Program, { platform, account }: Sender): Person | undefined =>
  people.find(({ accounts }) => accounts[platform]?.toLowerCase() === account.toLowerCase());

/** An account's name in one spelling. */
export const accountName = ({ platform, account }: Pick<Sender, "platform" | "account">): string =>
  `${platform} ${account.toLowerCase()}`;
