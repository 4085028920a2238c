import type { Address } from "#src/domain/person.ts";
import type { MessageRef } from "#src/ports/messenger.ts";

/** The platform's name in identities and logs. */
export const PLATFORM = "teams";

/** A person's chat with Attune: all that is needed to write into it later. */
export interface Place {
  /** The Entra tenant of the hospital. */
  readonly tenant: string;
  /** The person's Entra object id. */
  readonly user: string;
  readonly conversation: string;
  /** The address of the connector for this chat. It may change: a newer one replaces it. */
  readonly service: string;
  /** Attune's own id in this chat. */
  readonly bot: string;
}

/** One message in a chat. */
export interface Standing {
  readonly service: string;
  readonly conversation: string;
  readonly activity: string;
}

export const teamsAddress = ({ tenant, user, conversation, service, bot }: Place): Address =>
  JSON.stringify(["chat", tenant, user, conversation, service, bot]) as Address;

/** Instead of an address, once a person has removed Attune: nothing is sent there, also where the service would still take it. */
export const removedAddress = ({ tenant, user }: Pick<Place, "tenant" | "user">): Address =>
  JSON.stringify(["removed", tenant, user]) as Address;

export const isRemoved = (address: Address): boolean => words(address)[0] === "removed";

/** Reads what `teamsAddress` wrote; undefined for anything else. */
export function placeOf(address: Address): Place | undefined {
  const [kind, tenant, user, conversation, service, bot, more] = words(address);
  if (kind !== "chat" || bot === undefined || more !== undefined) return undefined;
  return { tenant: tenant!, user: user!, conversation: conversation!, service: service!, bot };
}

export const teamsMessage = ({ service, conversation, activity }: Standing): MessageRef =>
  JSON.stringify(["message", service, conversation, activity]) as MessageRef;

/** Reads what `teamsMessage` wrote; undefined for anything else. */
export function standingOf(message: MessageRef): Standing | undefined {
  const [kind, service, conversation, activity, more] = words(message);
  if (kind !== "message" || activity === undefined || more !== undefined) return undefined;
  return { service: service!, conversation: conversation!, activity };
}

function words(text: string): readonly (string | undefined)[] {
  try {
    const read: unknown = JSON.parse(text);
    const isWords = Array.isArray(read) && read.every((one) => typeof one === "string" && one !== "");
    return isWords ? (read as string[]) : [];
  } catch {
    return [];
  }
}
