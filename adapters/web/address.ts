import type { MessageRef } from "#src/ports/messenger.ts";
import type { Address, PersonId } from "#src/domain/person.ts";

/** The platform's name in identities and logs. */
export const PLATFORM = "playground";

/** A person's address in the playground is their id. There are no accounts. */
export const webAddress = (person: PersonId): Address => person as string as Address;

export const personOf = (address: Address): PersonId => address as string as PersonId;

/** A chat message's number, as the core keeps it. */
export const messageRef = (id: number): MessageRef => String(id) as MessageRef;

/** The number in a reference of `messageRef`; undefined for anything else. */
export function messageNumber(message: MessageRef): number | undefined {
  return /^[1-9]\d{0,14}$/.test(message) ? Number(message) : undefined;
}
