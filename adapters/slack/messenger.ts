import { AttuneError, codeOf } from "#src/errors.ts";
import type { Log } from "#src/ports/log.ts";
import type { DeliveryKey, Directory, MessageRef, Messenger } from "#src/ports/messenger.ts";
import { PLATFORM, messageRef, readAddress, readMessage, slackAddress } from "./address.ts";
import type { Calls } from "./calls.ts";
import { drawn, type SlackCard } from "./render.ts";

/** The type of the metadata of our messages. Its payload is the delivery key, which tells others nothing. */
export const METADATA = "attune_delivery";

/** Milliseconds that a send or an edit may wait for its turn. Far less than a lease. An edit that gives up is tried again later. */
const PATIENCE = { send: 20_000, update: 1_500, remove: 1_500, find: 20_000 } as const;

/** How far back a look-up searches. Older messages are closed by now. */
const LOOK_BACK = 4 * 24 * 3_600;
const PAGE = 100;
const PAGES = 20;

export interface SlackMessengerDeps {
  readonly calls: Calls;
  readonly directory: Directory;
  readonly log: Log;
  /** The time, in milliseconds of the epoch. */
  readonly now: () => number;
}

/** Sends direct messages in Block Kit, and edits them in place. */
export function slackMessenger({ calls, directory, log, now }: SlackMessengerDeps): Messenger {
  /** Of people whose address does not name it: an account that people.csv names, and nobody has written from. */
  const channels = new Map<string, string>();

  /** The channel of the direct messages with a person, asked once; undefined where Slack cannot tell just now. */
  const knownChannelOf = async (user: string): Promise<string | undefined> => {
    const channel = channels.get(user) ?? (await channelOf(calls, user).catch(() => undefined));
    if (channel !== undefined) channels.set(user, channel);
    return channel;
  };

  return {
    platform: PLATFORM,
    supports: { lookup: true },
    addressOf: (account) => slackAddress(account),
    directory,

    async standsAt(message, address) {
      const { user, channel = await knownChannelOf(user) } = readAddress(address);
      return channel === undefined ? undefined : readMessage(message)?.channel === channel;
    },

    async send(to, card, key) {
      const { user, channel = user } = readAddress(to);
      const posted = await post(calls, { user, channel }, drawn(log, card), key);
      channels.set(user, posted.channel);
      return messageRef(posted.channel, posted.ts);
    },

    async update(message, card) {
      const at = spotOf(message);
      const { text, blocks } = drawn(log, card);
      await calls("chat.update", { rate: "update", patience: PATIENCE.update }, (client) =>
        client.chat.update({ ...at, text, blocks: [...blocks] }),
      );
    },

    remove: async (message) => removeAt(calls, spotOf(message)),

    async sweep(address, before, limit) {
      const { user, channel = await channelOf(calls, user) } = readAddress(address);
      return removeOurs(calls, channel, before, limit);
    },

    async find(to, key) {
      const { user, channel = await channelOf(calls, user) } = readAddress(to);
      const oldest = String(Math.floor(now() / 1_000) - LOOK_BACK);
      for await (const { ts, metadata } of messagesOf(calls, channel, { oldest }))
        if (ts !== undefined && carries(metadata, key)) return messageRef(channel, ts);
      return undefined;
    },
  };
}

/** Where a message of Slack's stands. */
interface Spot {
  readonly channel: string;
  readonly ts: string;
}

/** @throws AttuneError `rejected` for what is no message of Slack's */
function spotOf(message: MessageRef): Spot {
  const at = readMessage(message);
  if (at === undefined) throw new AttuneError("rejected", "This is no message of Slack's.");
  return at;
}

/** The channel of the direct messages with a person. Opening an open one returns the same channel. */
export async function channelOf(calls: Calls, user: string): Promise<string> {
  const opened = await calls("conversations.open", { rate: "history", patience: PATIENCE.find }, (client) =>
    client.conversations.open({ users: user }),
  );
  const id = opened.channel?.id;
  if (id === undefined) throw new AttuneError("unavailable", "Slack named no channel for a direct message.");
  return id;
}

async function post(
  calls: Calls,
  { user, channel }: { readonly user: string; readonly channel: string },
  { text, blocks }: SlackCard,
  key: DeliveryKey,
): Promise<Spot> {
  const posted = await calls(
    "chat.postMessage",
    { rate: "post", patience: PATIENCE.send, channel: user },
    (client) =>
      client.chat.postMessage({
        channel,
        text,
        blocks: [...blocks],
        metadata: { event_type: METADATA, event_payload: { key } },
        unfurl_links: false,
        unfurl_media: false,
      }),
  );
  if (posted.channel === undefined || posted.ts === undefined)
    throw new AttuneError("ambiguous", "Slack did not say where the message stands.");
  return { channel: posted.channel, ts: posted.ts };
}

/** Somebody else may have taken it out before. */
async function removeAt(calls: Calls, at: Spot): Promise<void> {
  try {
    await calls("chat.delete", { rate: "remove", patience: PATIENCE.remove }, (client) =>
      client.chat.delete(at),
    );
  } catch (error) {
    if (codeOf(error) !== "gone") throw error;
  }
}

/** Takes out our messages from before a time, in milliseconds of the epoch. False where more than `limit` stood there. */
async function removeOurs(calls: Calls, channel: string, before: number, limit: number): Promise<boolean> {
  const latest = String(before / 1_000);
  let left = limit;
  for await (const { ts, bot_id: bot } of messagesOf(calls, channel, { latest })) {
    if (bot === undefined || ts === undefined) continue;
    if (left === 0) return false;
    left -= 1;
    await removeAt(calls, { channel, ts });
  }
  return true;
}

/** The messages of a conversation, newest first. @throws AttuneError where it is too long to be read to its end */
async function* messagesOf(
  calls: Calls,
  channel: string,
  span: { readonly oldest?: string; readonly latest?: string },
): AsyncGenerator<Told> {
  let cursor: string | undefined;
  for (let page = 0; page < PAGES; page++) {
    const history = await calls(
      "conversations.history",
      { rate: "history", patience: PATIENCE.find },
      (client) =>
        client.conversations.history({
          channel,
          ...span,
          limit: PAGE,
          include_all_metadata: true,
          ...(cursor === undefined ? {} : { cursor }),
        }),
    );
    yield* history.messages ?? [];
    cursor = history.response_metadata?.next_cursor || undefined;
    if (cursor === undefined) return;
  }
  throw new AttuneError("unavailable", "The conversation is too long to be read to its end.");
}

/** What is read of a message in a history. */
interface Told {
  readonly ts?: string;
  readonly bot_id?: string;
  readonly metadata?: { readonly event_type?: string; readonly event_payload?: unknown };
}

const carries = (
  metadata: { readonly event_type?: string; readonly event_payload?: unknown } | undefined,
  key: string,
): boolean =>
  metadata?.event_type === METADATA && (metadata.event_payload as { key?: unknown } | undefined)?.key === key;
