import { later } from "#src/domain/time.ts";
import type { Instant } from "#src/domain/time.ts";
import type { Clock } from "#src/ports/clock.ts";
import { settle, sleepers } from "./sleepers.ts";

/** A clock that stands still until it is moved. */
export interface HandClock extends Clock {
  /**
   * Moves on to `at`, waking each sleeper at its own moment and letting it act before the next.
   * A moment in the past sets the clock back; who sleeps then still sleeps as long as before.
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

  /** One journey at a time, in the order they were asked for. */
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
