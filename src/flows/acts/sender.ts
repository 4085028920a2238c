import { mayStandFor, namedIn } from "#src/domain/account.ts";
import type { Sender } from "#src/ports/inbound.ts";
import type { Person } from "#src/domain/person.ts";
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
  const named = namedIn(people, sender);
  if (named !== undefined) return named;
  const known = await context.store.knownBy(platform, account);
  const agreed = known === undefined ? undefined : context.person(known);
  if (agreed !== undefined && mayStandFor(people, agreed, sender)) return agreed;
  const accountIn = (one: Person) => one.accounts[platform]?.toLowerCase();
  for (const email of (await emailsOf(sender)).map((one) => one.toLowerCase())) {
    const found =
      people.find((one) => accountIn(one) === email) ??
      people.find((one) => accountIn(one) === undefined && one.email?.toLowerCase() === email);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** An account's name in one spelling. */
export const accountName = ({ platform, account }: Pick<Sender, "platform" | "account">): string =>
  `${platform} ${account.toLowerCase()}`;
