import type { MessageRef } from "#src/ports/messenger.ts";
import type { Address } from "#src/domain/person.ts";

/** The platform's name in people.csv, identities and logs. */
export const PLATFORM = "slack";

/**
 * A person is reached under their user id; the direct message's channel joins it once it is known, since only
 * a channel has a history to look into.
 */
export const slackAddress = (user: string, channel?: string): Address =>
  (channel === undefined ? user : `${user}/${channel}`) as Address;

export function readAddress(address: Address): { readonly user: string; readonly channel?: string } {
  const [user = "", channel] = address.split("/");
  return channel === undefined ? { user } : { user, channel };
}

/** A message is its channel and its time stamp. */
export const messageRef = (channel: string, ts: string): MessageRef => `${channel}/${ts}` as MessageRef;

export function readMessage(
  message: MessageRef,
): { readonly channel: string; readonly ts: string } | undefined {
  const [channel, ts, ...rest] = message.split("/");
  return channel === undefined || ts === undefined || ts === "" || rest.length > 0
    ? undefined
    : { channel, ts };
}
