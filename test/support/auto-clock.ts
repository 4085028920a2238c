import { later } from "#src/domain/time.ts";
import type { Instant } from "#src/domain/time.ts";
import type { Clock } from "#src/ports/clock.ts";
import { settle, sleepers } from "#adapters/memory/sleepers.ts";

/**
 * A clock for simulations: whenever everybody is asleep, it is at once the moment at which the first wakes.
 * Awake is whatever goes on without leaving this process; while a file or socket is waited for, time may pass.
 */
export function autoClock(start: Instant): Clock {
  const waiting = sleepers();
  let now = start;
  let moving = false;

  const move = async (): Promise<void> => {
    moving = true;
    // Sleepers may come while others are still at work: time waits until nobody has anything left to do.
    await settle();
    for (let next = waiting.next(); next !== undefined; next = waiting.next()) {
      now = next;
      waiting.wake(now);
      await settle();
    }
    moving = false;
  };

  return {
    now: () => now,
    sleep(milliseconds, signal) {
      if (milliseconds <= 0) return Promise.resolve();
      const woken = waiting.until(later(now, milliseconds), signal);
      if (!moving) void move();
      return woken;
    },
  };
}
