import { AttuneError } from "#src/errors.ts";
import type { Card } from "#src/card/card.ts";
import type { Log } from "#src/ports/log.ts";
import type { Directory, Messenger } from "#src/ports/messenger.ts";
import { PLATFORM, messageRef, readAddress, readMessage, slackAddress } from "./address.ts";
import type { Calls } from "./calls.ts";
import { renderCard, type SlackCard } from "./render.ts";

/** The type of the metadata of our messages. Its payload is the delivery key, which tells others nothing. */
export const METADATA = "attune_delivery";

/** Milliseconds that a send or an edit may wait for its turn. Far less than a lease. An edit that gives up is tried again later. */
const PATIENCE = { send: 20_000, update: 1_500, find: 20_000 } as const;

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

    async find(to, key) {
      const { user, channel = await channelOf(user) } = readAddress(to);
      const oldest = String(Math.floor(Date.now() / 1_000) - LOOK_BACK);
      let cursor: string | undefined;
      for (let page = 0; page < PAGES; page++) {
        const history = await calls(
          "conversations.history",
          { rate: "history", patience: PATIENCE.find },
          (client) =>
            client.conversations.history({
              channel,
              oldest,
              limit: PAGE,
              include_all_metadata: true,
              ...(cursor === undefined ? {} : { cursor }),
            }),
        );
        const found = history.messages?.find(({ metadata }) => carries(metadata, key));
        if (found?.ts !== undefined) return messageRef(channel, found.ts);
        cursor = history.response_metadata?.next_cursor || undefined;
        if (cursor === undefined) return undefined;
      }
      throw new AttuneError("unavailable", "The conversation is too long to tell whether a message arrived.");
    },
  };
}

const carries = (
  metadata: { readonly event_type?: string; readonly event_payload?: unknown } | undefined,
  key: string,
): boolean =>
  metadata?.event_type === METADATA && (metadata.event_payload as { key?: unknown } | undefined)?.key === key;
