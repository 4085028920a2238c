import type { Card } from "#src/card/card.ts";
import { AttuneError, codeOf } from "#src/errors.ts";
import type { Log } from "#src/ports/log.ts";
import type { Messenger } from "#src/ports/messenger.ts";
import { isRemoved, PLATFORM, placeOf, standingOf, teamsMessage } from "./address.ts";
import type { Connector, Outgoing } from "./connector.ts";
import type { Members } from "./members.ts";
import { renderCard } from "./render.ts";

/** Sends to people's chats in Teams. Messages cannot be looked up there, so an interrupted send stays uncertain. */
export function teamsMessenger(deps: {
  readonly connector: Connector;
  readonly members: Members;
  readonly log: Log;
}): Messenger {
  const { connector, members, log } = deps;
  return {
    platform: PLATFORM,
    supports: { lookup: false },
    // The chat exists once the person has installed the app. Teams tells us then.
    addressOf: () => undefined,
    directory: members,

    // The activity's id: the chat's names its person, and the log knows whom it was for.
    nameInLog: (message) => standingOf(message)?.activity ?? "-",

    async standsAt(message, address) {
      if (isRemoved(address)) return false;
      const place = placeOf(address);
      return place && standingOf(message)?.conversation === place.conversation;
    },

    async send(to, card) {
      if (isRemoved(to)) throw new AttuneError("unreachable", "This person has removed Attune from Teams.");
      const place = placeOf(to);
      if (place === undefined) throw new AttuneError("rejected", "This is no address of Teams.");
      const { service, conversation } = place;
      const activity = await connector.send(service, conversation, messageOf(card, log));
      return teamsMessage({ service, conversation, activity });
    },

    async remove(message) {
      const standing = standingOf(message);
      if (standing === undefined) throw new AttuneError("rejected", "This is no message of Teams.");
      const { service, conversation, activity } = standing;
      if (members.isLeft(conversation))
        throw new AttuneError("unreachable", "This person has removed Attune from Teams.");
      await connector
        .remove(members.serviceOf(conversation) ?? service, conversation, activity)
        .catch((error: unknown) => {
          if (codeOf(error) !== "gone") throw error;
        });
    },

    async update(message, card) {
      const standing = standingOf(message);
      if (standing === undefined) throw new AttuneError("rejected", "This is no message of Teams.");
      const { service, conversation, activity } = standing;
      if (members.isLeft(conversation))
        throw new AttuneError("unreachable", "This person has removed Attune from Teams.");
      await connector.edit(
        members.serviceOf(conversation) ?? service,
        conversation,
        activity,
        messageOf(card, log),
      );
    },
  };
}

/** A card as a message. A notification shows only `summary`. */
export function messageOf(card: Card, log: Log): Outgoing {
  const { payload, losses } = renderCard(card);
  for (const { block, what } of losses)
    log.warn({ block, what }, "a card lost something on its way to Teams");
  return {
    type: "message",
    summary: payload.fallbackText,
    attachments: [{ contentType: CARD, content: payload }],
  };
}

/** A line of plain text. */
export const lineOf = (text: string): Outgoing => ({ type: "message", textFormat: "plain", text });

export const CARD = "application/vnd.microsoft.card.adaptive";
