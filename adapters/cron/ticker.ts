import { AttuneError } from "#src/errors.ts";
import type { Ticker } from "#src/ports/clock.ts";
import type { Log } from "#src/ports/log.ts";
import { hostWakeUps } from "./wake-ups.ts";
import type { WakeUps } from "./wake-ups.ts";

export interface CronTickerOptions {
  readonly log: Log;
  /** The source of wake-ups: node-cron and the watchdog. Tests have their own. */
  readonly wakeUps?: WakeUps;
  /** Milliseconds on a monotonic clock. */
  readonly steady?: () => number;
  /** Milliseconds after which a running beat no longer delays the next one. */
  readonly deadline?: number;
  /** The watchdog starts a beat if the last one began more than so many milliseconds ago. */
  readonly silence?: number;
}

interface RunningBeat {
  readonly since: number;
  readonly done: Promise<void>;
}

/**
 * Runs a beat once a minute by node-cron, one at a time. node-cron alone is not enough. With `noOverlap` it never runs again
 * after a task that hangs, and if the clock is set back it is silent until the old time is reached (reliability.md). So this
 * file runs one beat at a time with a deadline, and a watchdog on a monotonic clock starts beats that are missing. An error of
 * a beat is logged and never ends the process.
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
      // If this beat was overdue, another one has taken its place: leave that one alone.
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
