import type { Card } from "#src/card/card.ts";
import type { Address } from "#src/domain/person.ts";
import type { Instant } from "#src/domain/time.ts";
import type { DeliveryKey, MessageRef } from "#src/ports/messenger.ts";

/** One message or edit that reached a person's chat. */
export interface Delivery {
  readonly type: "sent" | "edited";
  readonly to: Address;
  readonly card: Card;
  readonly key: DeliveryKey;
  readonly at: Instant;
  readonly ref: MessageRef;
}

/** The chats of the platform in memory. They survive a restart of the process, as on a real platform. */
export interface MemoryCloud {
  post(message: Pick<Delivery, "to" | "card" | "key" | "at">): MessageRef;
  /** False when there is no such message. */
  edit(ref: MessageRef, card: Card, at: Instant): boolean;
  find(to: Address, key: DeliveryKey): MessageRef | undefined;
  /** Everything that was sent or edited. */
  readonly deliveries: readonly Delivery[];
  /** What a chat shows now, oldest first. */
  chat(to: Address): readonly { readonly ref: MessageRef; readonly card: Card }[];
  /** Messages that were sent twice with the same key. This must never happen. */
  duplicates(): number;
}

export function memoryCloud(): MemoryCloud {
  const deliveries: Delivery[] = [];
  const messages = new Map<MessageRef, Delivery>();
  const byKey = new Map<string, MessageRef>();
  const chats = new Map<Address, MessageRef[]>();
  let duplicates = 0;

  const keep = (delivery: Delivery): void => {
    deliveries.push(delivery);
    messages.set(delivery.ref, delivery);
  };

  return {
    deliveries,
    duplicates: () => duplicates,

    post(message) {
      const place = `${message.to}\n${message.key}`;
      const ref = `m${messages.size + 1}` as MessageRef;
      // As on a real platform, nothing prevents a message from being posted twice.
      if (byKey.has(place)) duplicates += 1;
      else byKey.set(place, ref);
      keep({ type: "sent", ...message, ref });
      const chat = chats.get(message.to);
      if (chat === undefined) chats.set(message.to, [ref]);
      else chat.push(ref);
      return ref;
    },

    edit(ref, card, at) {
      const message = messages.get(ref);
      if (message === undefined) return false;
      keep({ ...message, type: "edited", card, at });
      return true;
    },

    find: (to, key) => byKey.get(`${to}\n${key}`),

    chat: (to) =>
      (chats.get(to) ?? []).flatMap((ref) => {
        const message = messages.get(ref);
        return message === undefined ? [] : [{ ref, card: message.card }];
      }),
  };
}
