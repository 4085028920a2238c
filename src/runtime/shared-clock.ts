import { later, type Instant } from "#src/domain/time.ts";
import type { Clock } from "#src/ports/clock.ts";

/** The database's time in this process. */
export interface SharedClock extends Clock {
  /** Asks the database for the time. In between, a monotonic clock continues it. */
  align(): Promise<void>;
}

/**
 * The time that all processes on one database share: the database's. So a process whose own clock is wrong sends nothing too
 * early and takes no other process's lease.
 * @param steady milliseconds on a monotonic clock
 */
export function sharedClock(
  database: { now(): Promise<Instant> },
  host: Clock,
  steady: () => number = () => performance.now(),
): SharedClock {
  let known: { readonly time: Instant; readonly at: number } | undefined;
  return {
    now: () => (known === undefined ? host.now() : later(known.time, Math.round(steady() - known.at))),
    sleep: (milliseconds, signal) => host.sleep(milliseconds, signal),
    async align() {
      const asked = steady();
      const time = await database.now();
      // The answer was right about halfway between question and answer.
      known = { time, at: (asked + steady()) / 2 };
    },
  };
}
