import { later } from "#src/domain/time.ts";
import type { Instant } from "#src/domain/time.ts";
import type { Clock } from "#src/ports/clock.ts";
import { settle, sleepers } from "./sleepers.ts";

/** A clock for tests: it stands still until it is moved. */
export interface HandClock extends Clock {
  /**
   * Moves the clock to `at`. Wakes each sleeper at its own moment and lets it act before the next one. A moment in the past sets
   * the clock back; sleepers then still sleep as long as before.
   */
  set(at: Instant): Promise<void>;
  /** As `set`, by milliseconds from now. */
  advance(milliseconds: number): Promise<void>;
}

export function handClock(start: Instant): HandClock {
  const waiting = sleepers();
  let now = start;
  let journey = Promise.resolve();

  const travel = async (to: Instant): Promise<void> => {
    if (to < now) {
      waiting.shift(to - now);
      now = to;
      return;
    }
    await settle();
    for (let next = waiting.next(); next !== undefined && next <= to; next = waiting.next()) {
      now = next > now ? next : now;
      waiting.wake(now);
      await settle();
    }
    now = to;
  };

  /** One move at a time, in the order of the calls. */
  const queue = (to: () => Instant): Promise<void> => {
    journey = journey.then(() => travel(to()));
    return journey;
  };

  return {
    now: () => now,
    sleep: (milliseconds, signal) =>
      milliseconds > 0 ? waiting.until(later(now, milliseconds), signal) : Promise.resolve(),
    set: (at) => queue(() => at),
    advance: (milliseconds) => queue(() => later(now, milliseconds)),
  };
}
