import { AttuneError } from "#src/errors.ts";
import type { ChatLog, ChatMessage } from "#src/ports/chat.ts";
import type { Messenger } from "#src/ports/messenger.ts";
import { personId } from "#src/domain/person.ts";
import type { Instant } from "#src/domain/time.ts";
import { PLATFORM, messageNumber, messageRef, personOf, webAddress } from "./address.ts";
import type { Hub } from "./hub.ts";

/**
 * The playground's messenger. A message is stored on disk before `send` resolves, and every open page gets it.
 */
export function webMessenger(deps: { readonly chat: ChatLog; now(): Instant; readonly hub: Hub }): Messenger {
  const { chat, now, hub } = deps;
  const tell = (message: ChatMessage, edited: boolean): void => {
    hub.push({ type: "message", message, edited });
  };

  return {
    platform: PLATFORM,
    addressOf: (account) => webAddress(personId(account)),
    supports: { lookup: true },

    async send(to, card, key) {
      const message = await chat.append({ person: personOf(to), from: "attune", at: now(), card }, key);
      tell(message, false);
      return messageRef(message.id);
    },

    async update(message, card) {
      const id = messageNumber(message);
      const edited = id === undefined ? undefined : await chat.edit(id, card, now());
      if (edited === undefined) throw new AttuneError("gone", "There is no such message in the playground.");
      tell(edited, true);
    },

    async remove(message) {
      const id = messageNumber(message);
      const person = id === undefined ? undefined : await chat.remove(id);
      if (person !== undefined) hub.push({ type: "removed", person, id: id! });
    },

    // An erasing has taken all of it out of the database, in one step: open pages have yet to see it.
    async sweep(address) {
      hub.push({ type: "chat", person: personOf(address) });
      return true;
    },

    async find(to, key) {
      const found = await chat.find(personOf(to), key);
      return found === undefined ? undefined : messageRef(found.id);
    },
  };
}
