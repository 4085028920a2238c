import { AttuneError } from "#src/errors.ts";
import type { Ticker } from "#src/ports/clock.ts";
import type { Log } from "#src/ports/log.ts";
import { hostWakeUps } from "./wake-ups.ts";
import type { WakeUps } from "./wake-ups.ts";

export interface CronTickerOptions {
  readonly log: Log;
  /** Where wake-ups come from: node-cron and the watchdog, unless a test has its own. */
  readonly wakeUps?: WakeUps;
  /** Milliseconds on a clock that never steps. */
  readonly steady?: () => number;
  /** A beat that runs longer than this many milliseconds no longer holds up the next one. */
  readonly deadline?: number;
  /** The watchdog beats when the last beat began longer ago than this many milliseconds. */
  readonly silence?: number;
}

interface RunningBeat {
  readonly since: number;
  readonly done: Promise<void>;
}

/**
 * Beats once a minute by node-cron, one beat at a time. node-cron alone is not enough: its `noOverlap` never
 * runs again after a hung task, and a clock stepped back silences it until it catches up (reliability.md).
 * So single flight, with a deadline, is here, and a watchdog on a clock that never steps fills silences.
 * What a beat throws is logged and never fatal.
 */
export function cronTicker(options: CronTickerOptions): Ticker {
  const { log, steady = () => performance.now(), deadline = 300_000, silence = 75_000 } = options;
  const wakeUps = options.wakeUps ?? hostWakeUps();

  let beat: (() => Promise<void>) | undefined;
  let running: RunningBeat | undefined;
  let lastBegun = -Infinity;
  let lastFinished: number | undefined;
  let again = false;

  const run = (work: () => Promise<void>): void => {
    lastBegun = steady();
    again = false;
    const done = carryOut(work).then(() => {
      // An overdue beat that ends at last must not end the one that took its place.
      if (running !== mine) return;
      running = undefined;
      if (again) wake();
    });
    const mine: RunningBeat = { since: lastBegun, done };
    running = mine;
  };

  const carryOut = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
      lastFinished = steady();
    } catch (error) {
      const code = error instanceof AttuneError ? error.code : "unexpected";
      log.error({ code, error }, "A beat failed; the next one goes on from what is stored.");
    }
  };

  const wake = (): void => {
    if (beat === undefined) return;
    if (running !== undefined) {
      const milliseconds = Math.round(steady() - running.since);
      if (milliseconds <= deadline) return;
      log.warn({ milliseconds }, "A beat is over its deadline; the next one begins beside it.");
    }
    run(beat);
  };

  return {
    start(work) {
      beat = work;
      wakeUps.start({
        minute: wake,
        watch: () => {
          if (steady() - lastBegun > silence) wake();
        },
      });
      wake();
    },

    kick() {
      again = running !== undefined;
      wake();
    },

    async stop() {
      beat = undefined;
      await wakeUps.stop();
      await running?.done;
    },

    lastFinished: () => lastFinished,
  };
}
