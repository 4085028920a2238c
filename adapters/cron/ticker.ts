import type { Ticker } from "#src/ports/clock.ts";
import { hostWakeUps, type WakeUps } from "./wake-ups.ts";

export interface CronTickerOptions {
  /** Where wake-ups come from: node-cron and the watchdog, unless a test has its own. */
  readonly wakeUps?: WakeUps;
  /** Milliseconds on a clock that never steps. */
  readonly steady?: () => number;
  /** The watchdog wakes when the last wake-up is longer ago than this many milliseconds. */
  readonly silence?: number;
}

/**
 * Wakes once a minute by node-cron. node-cron alone is not enough: a clock stepped back silences it until it catches up.
 * So a watchdog on a clock that never steps fills silences.
 */
export function cronTicker(options: CronTickerOptions = {}): Ticker {
  const { wakeUps = hostWakeUps(), steady = () => performance.now(), silence = 75_000 } = options;
  let last = -Infinity;
  return {
    start(wake) {
      const wakes = () => {
        last = steady();
        wake();
      };
      wakeUps.start({
        minute: wakes,
        watch: () => {
          if (steady() - last > silence) wakes();
        },
      });
      wakes();
    },
    stop: () => wakeUps.stop(),
  };
}
