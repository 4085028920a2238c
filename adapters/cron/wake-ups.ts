import { schedule } from "node-cron";
import type { ScheduledTask } from "node-cron";

/** Calls the ticker: `minute` about once a minute; `watch` every few seconds, independent of the wall clock. */
export interface WakeUps {
  start(calls: { readonly minute: () => void; readonly watch: () => void }): void;
  stop(): Promise<void>;
}

const WATCH_EVERY = 15_000;

/** node-cron and a plain interval. node-cron runs in UTC: in a zone with summer time it is silent for an hour each autumn. */
export function hostWakeUps(): WakeUps {
  let task: ScheduledTask | undefined;
  let watchdog: NodeJS.Timeout | undefined;

  return {
    start({ minute, watch }) {
      // A missed minute needs no warning: what is due follows from the store and the time.
      task = schedule("* * * * *", minute, { timezone: "UTC", suppressMissedWarning: true });
      watchdog = setInterval(watch, WATCH_EVERY);
    },

    async stop() {
      clearInterval(watchdog);
      await task?.destroy();
    },
  };
}
