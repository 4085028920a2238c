import type { Card } from "#src/card/card.ts";
import type { Address } from "#src/domain/person.ts";
import type { Instant } from "#src/domain/time.ts";
import { AttuneError } from "#src/errors.ts";
import type { Capabilities, DeliveryKey, Directory, MessageRef, Messenger } from "#src/ports/messenger.ts";
import { memoryAddress } from "./address.ts";
import { memoryCloud } from "./cloud.ts";
import type { MemoryCloud } from "./cloud.ts";
import { slidingLimit } from "./sliding-limit.ts";

/**
 * How a send fails. After `rate-limited`, `unavailable`, `rejected` and `unreachable` nothing has arrived. `lost` and `arrived`
 * both look like a connection reset; after `arrived` the message is there.
 */
export type Trouble = "rate-limited" | "unavailable" | "rejected" | "unreachable" | "lost" | "arrived";

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

    async update(message: MessageRef, card: Card) {
      await options.underWay?.(message);
      if (!cloud.edit(message, card, now())) throw failure("rejected");
    },
  };

  return supports.lookup ? { ...messenger, find: async (to, key) => cloud.find(to, key) } : messenger;
}

const failure = (code: AttuneError["code"], retryAfter?: number): AttuneError =>
  new AttuneError(code, `The platform in memory: ${code}.`, retryAfter === undefined ? {} : { retryAfter });
