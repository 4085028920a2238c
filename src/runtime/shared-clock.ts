import { later, type Instant } from "#src/domain/time.ts";
import type { Clock } from "#src/ports/clock.ts";

/** The database's time in this process. */
export interface SharedClock extends Clock {
  /** Asks the database what time it is. Between two times it is asked, a clock that never steps tells. */
  align(): Promise<void>;
}

/**
 * All processes on one database live in its time: whose own clock is minutes off, or is stepped by hours, sends
 * nothing early and takes no lease from another.
 * @param steady milliseconds on a clock that never steps
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
      // The answer was true about halfway.
      known = { time, at: (asked + steady()) / 2 };
    },
  };
}
