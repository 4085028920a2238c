import type { Card } from "#src/card/card.ts";
import type { Address } from "#src/domain/person.ts";
import type { Instant } from "#src/domain/time.ts";
import { AttuneError } from "#src/errors.ts";
import type { Capabilities, DeliveryKey, Directory, MessageRef, Messenger } from "#src/ports/messenger.ts";
import { memoryAddress } from "./address.ts";
import { slidingLimit } from "./sliding-limit.ts";

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
  /** Whose chat a message stands in; undefined once it is gone. */
  ownerOf(ref: MessageRef): Address | undefined;
  /** A message is deleted by somebody else. */
  remove(ref: MessageRef): void;
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
  let posted = 0;
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
      const ref = `m${(posted += 1)}` as MessageRef;
      // As on a real platform, nothing prevents a message from being posted twice.
      if (byKey.has(place)) duplicates += 1;
      else byKey.set(place, ref);
      keep({ type: "sent", ...message, ref });
      const chat = chats.get(message.to);
      if (chat === undefined) chats.set(message.to, [ref]);
      else chat.push(ref);
      return ref;
    },

    ownerOf: (ref) => messages.get(ref)?.to,

    remove(ref) {
      const gone = messages.get(ref);
      messages.delete(ref);
      if (gone !== undefined) byKey.delete(`${gone.to}\n${gone.key}`);
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

/**
 * How a send fails. Nothing has arrived but after `lost` and `arrived`, which
 * both look like a connection reset; after `arrived` the message is there.
 */
export type Trouble =
  | "rate-limited"
  | "unavailable"
  | "rejected"
  | "unreachable"
  | "gone"
  | "config"
  | "lost"
  | "arrived";

export interface MemoryMessengerOptions {
  readonly platform?: string;
  readonly now: () => Instant;
  readonly supports?: Capabilities;
  /** How many sends a second are accepted. Others are told how long to wait. */
  readonly admit?: number;
  readonly directory?: Directory;
  /** What outlives a restart of the process. */
  readonly cloud?: MemoryCloud;
  /** Called before each send: how shall it fail? */
  readonly trouble?: (to: Address, key: DeliveryKey) => Trouble | undefined;
  /** Called before each look-up: how shall it fail? */
  readonly lookupTrouble?: (to: Address) => AttuneError["code"] | undefined;
  /** Called during each edit. */
  readonly underWay?: (message: MessageRef) => Promise<void>;
}

/** A platform in memory, for simulations and tests. It is the reference for the messenger contract. */
export function memoryMessenger(options: MemoryMessengerOptions): Messenger {
  const { platform = "memory", now, cloud = memoryCloud(), trouble = () => undefined } = options;
  const supports: Capabilities = options.supports ?? { lookup: true };
  const limit = options.admit === undefined ? undefined : slidingLimit(options.admit);

  const messenger: Messenger = {
    platform,
    supports,
    addressOf: memoryAddress,
    ...(options.directory === undefined ? {} : { directory: options.directory }),

    async send(to, card, key) {
      const wait = limit?.(now());
      if (wait !== undefined) throw failure("rate-limited", wait);

      const wrong = trouble(to, key);
      if (wrong === "lost") throw failure("ambiguous");
      if (wrong === "arrived") {
        cloud.post({ to, card, key, at: now() });
        throw failure("ambiguous");
      }
      if (wrong !== undefined) throw failure(wrong, wrong === "rate-limited" ? 1_000 : undefined);
      return cloud.post({ to, card, key, at: now() });
    },

    async standsAt(message, address) {
      const owner = cloud.ownerOf(message);
      return owner && owner === address;
    },

    async remove(message: MessageRef) {
      await options.underWay?.(message);
      cloud.remove(message);
    },

    async update(message: MessageRef, card: Card) {
      await options.underWay?.(message);
      if (!cloud.edit(message, card, now())) throw failure("gone");
    },
  };

  if (!supports.lookup) return messenger;
  return {
    ...messenger,
    async find(to, key) {
      const wrong = options.lookupTrouble?.(to);
      if (wrong !== undefined) throw failure(wrong);
      return cloud.find(to, key);
    },
  };
}

const failure = (code: AttuneError["code"], retryAfter?: number): AttuneError =>
  new AttuneError(code, `The platform in memory: ${code}.`, retryAfter === undefined ? {} : { retryAfter });
