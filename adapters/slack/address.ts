import type { MessageRef } from "#src/ports/messenger.ts";
import type { Address } from "#src/domain/person.ts";

/** The platform's name in people.csv, identities and logs. */
export const PLATFORM = "slack";

/**
 * A person's address is their user id. The channel of the direct messages is added once it is known: only a channel has a
 * history that can be searched.
 */
export const slackAddress = (user: string, channel?: string): Address =>
  (channel === undefined ? user : `${user}/${channel}`) as Address;

export function readAddress(address: Address): { readonly user: string; readonly channel?: string } {
  const [user = "", channel] = address.split("/");
  return channel === undefined ? { user } : { user, channel };
}

/** A message is named by its channel and its time stamp. */
export const messageRef = (channel: string, ts: string): MessageRef => `${channel}/${ts}` as MessageRef;

export function readMessage(
  message: MessageRef,
): { readonly channel: string; readonly ts: string } | undefined {
  const [channel, ts, ...rest] = message.split("/");
  return channel === undefined || ts === undefined || ts === "" || rest.length > 0
    ? undefined
    : { channel, ts };
}
