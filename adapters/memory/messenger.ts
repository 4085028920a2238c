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
 * What goes wrong with a send: `rate-limited`, `unavailable`, `rejected` and `unreachable` leave nothing behind;
 * `lost` and `arrived` both end in a connection reset, without and with the message standing.
 */
export type Trouble = "rate-limited" | "unavailable" | "rejected" | "unreachable" | "lost" | "arrived";

export interface MemoryMessengerOptions {
  readonly platform?: string;
  readonly now: () => Instant;
  readonly supports?: Capabilities;
  /** Sends a second that are let through; one too many is told how long to wait. */
  readonly admit?: number;
  readonly directory?: Directory;
  /** What outlives a restart of the process. */
  readonly cloud?: MemoryCloud;
  /** Asked before each send. */
  readonly trouble?: (to: Address, key: DeliveryKey) => Trouble | undefined;
  /** What happens while an edit is on its way. */
  readonly underWay?: (message: MessageRef) => Promise<void>;
}

/** A platform in memory: the reference for the messenger contract, and what simulations and tests talk through. */
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
