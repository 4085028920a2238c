import type { Trouble } from "#adapters/memory/messenger.ts";
import type { Address } from "#src/domain/person.ts";
import { MINUTE, type Instant } from "#src/domain/time.ts";

/**
 * Whether a platform fails, by the minute and the receiver. Two lives that differ in what somebody answers meet the same
 * troubles then, even where one of them has a message more.
 */
export const byTheMinute =
  (troubles: readonly (Trouble | undefined)[], now: () => Instant) =>
  (to: Address): Trouble | undefined =>
    troubles[(Math.floor(now() / MINUTE) + to.charCodeAt(1)) % (troubles.length + 1)];
