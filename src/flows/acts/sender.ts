import type { Sender } from "#src/ports/inbound.ts";
import type { Person } from "#src/domain/person.ts";
import type { Program } from "#src/domain/program.ts";
import type { Context } from "../context.ts";

/**
 * Who of the program this is: by the account that people.csv names, else by the account that agreed, else by e-mail.
 * An account may be named by its sign-in address, which the platform then has to confirm like an e-mail.
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
  // A named account is the only one: an e-mail never stands in for it.
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

/** Whose account people.csv says this is. */
export const namedBy = ({ people }: Program, { platform, account }: Sender): Person | undefined =>
  people.find(({ accounts }) => accounts[platform]?.toLowerCase() === account.toLowerCase());

/** One name for an account, however a platform spells it. */
export const accountName = ({ platform, account }: Pick<Sender, "platform" | "account">): string =>
  `${platform} ${account.toLowerCase()}`;
