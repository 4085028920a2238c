import { AttuneError, codeOf } from "#src/errors.ts";
import type { Card } from "#src/card/card.ts";
import type { Log } from "#src/ports/log.ts";
import type { Directory, Messenger } from "#src/ports/messenger.ts";
import { PLATFORM, messageRef, readAddress, readMessage, slackAddress } from "./address.ts";
import type { Calls } from "./calls.ts";
import { renderCard, type SlackCard } from "./render.ts";

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
}

/** Sends direct messages in Block Kit, and edits them in place. */
export function slackMessenger({ calls, directory, log }: SlackMessengerDeps): Messenger {
  const rendered = (card: Card): SlackCard => {
    const { payload, losses } = renderCard(card);
    if (losses.length > 0)
      log.warn(
        { losses: losses.length, blocks: losses.map(({ block }) => block) },
        "Slack does not show all of a card",
      );
    return payload;
  };

  /** Of people whose address does not name it: an account that people.csv names, and nobody has written from. */
  const channels = new Map<string, string>();

  /** The channel of the direct messages with a person. Opening an open one returns the same channel. */
  const channelOf = async (user: string): Promise<string> => {
    const opened = await calls("conversations.open", { rate: "history", patience: PATIENCE.find }, (client) =>
      client.conversations.open({ users: user }),
    );
    const id = opened.channel?.id;
    if (id === undefined)
      throw new AttuneError("unavailable", "Slack named no channel for a direct message.");
    return id;
  };

  /** The same, asked once; undefined where Slack cannot tell just now. */
  const knownChannelOf = async (user: string): Promise<string | undefined> => {
    const channel = channels.get(user) ?? (await channelOf(user).catch(() => undefined));
    if (channel !== undefined) channels.set(user, channel);
    return channel;
  };

  /** The messages of a conversation, newest first. @throws AttuneError where it is too long to be read to its end */
  async function* messagesOf(
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

  /** Somebody else may have taken it out before. */
  const removeAt = async (at: { readonly channel: string; readonly ts: string }): Promise<void> => {
    try {
      await calls("chat.delete", { rate: "remove", patience: PATIENCE.remove }, (client) =>
        client.chat.delete(at),
      );
    } catch (error) {
      if (codeOf(error) !== "gone") throw error;
    }
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
      const { text, blocks } = rendered(card);
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
      channels.set(user, posted.channel);
      return messageRef(posted.channel, posted.ts);
    },

    async update(message, card) {
      const at = readMessage(message);
      if (at === undefined) throw new AttuneError("rejected", "This is no message of Slack's.");
      const { text, blocks } = rendered(card);
      await calls("chat.update", { rate: "update", patience: PATIENCE.update }, (client) =>
        client.chat.update({ ...at, text, blocks: [...blocks] }),
      );
    },

    async remove(message) {
      const at = readMessage(message);
      if (at === undefined) throw new AttuneError("rejected", "This is no message of Slack's.");
      await removeAt(at);
    },

    async sweep(address, before, limit) {
      const { user, channel = await channelOf(user) } = readAddress(address);
      let left = limit;
      for await (const { ts, bot_id: bot } of messagesOf(channel, { latest: String(before / 1_000) })) {
        if (bot === undefined || ts === undefined) continue;
        if (left === 0) return false;
        left -= 1;
        await removeAt({ channel, ts });
      }
      return true;
    },

    async find(to, key) {
      const { user, channel = await channelOf(user) } = readAddress(to);
      const oldest = String(Math.floor(Date.now() / 1_000) - LOOK_BACK);
      for await (const { ts, metadata } of messagesOf(channel, { oldest }))
        if (ts !== undefined && carries(metadata, key)) return messageRef(channel, ts);
      return undefined;
    },
  };
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
