import type { Sender } from "#src/ports/inbound.ts";
import type { Person } from "#src/domain/person.ts";
import type { Desk } from "./desk.ts";

/** Who of the program this is: by the account that people.csv names, else by the account that agreed, else by e-mail. */
export async function senderOf(
  desk: Desk,
  sender: Sender,
  emailOf: (sender: Sender) => Promise<string | undefined>,
): Promise<Person | undefined> {
  const { people } = desk.program;
  const { platform, account } = sender;
  const named = people.find((one) => one.accounts[platform] === account);
  if (named !== undefined) return named;
  // A named account is the only one: an e-mail never stands in for it.
  const mayBe = (one: Person | undefined) => (one?.accounts[platform] === undefined ? one : undefined);
  const known = await desk.store.knownBy(platform, account);
  if (known !== undefined) return mayBe(desk.person(known));
  const email = (await emailOf(sender))?.toLowerCase();
  return email === undefined ? undefined : mayBe(people.find((one) => one.email?.toLowerCase() === email));
}
