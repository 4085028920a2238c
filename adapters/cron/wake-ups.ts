import { schedule } from "node-cron";
import type { ScheduledTask } from "node-cron";

/** What calls the ticker: `minute` about once a minute, `watch` every few seconds whatever the wall clock does. */
export interface WakeUps {
  start(calls: { readonly minute: () => void; readonly watch: () => void }): void;
  stop(): Promise<void>;
}

const WATCH_EVERY = 15_000;

/** node-cron, in UTC since a zone with DST goes silent for an hour at fall-back, and a plain interval beside it. */
export function hostWakeUps(): WakeUps {
  let task: ScheduledTask | undefined;
  let watchdog: NodeJS.Timeout | undefined;

  return {
    start({ minute, watch }) {
      // A missed minute needs no warning: what is due follows from state and time alone.
      task = schedule("* * * * *", minute, { timezone: "UTC", suppressMissedWarning: true });
      watchdog = setInterval(watch, WATCH_EVERY);
    },

    async stop() {
      clearInterval(watchdog);
      await task?.destroy();
    },
  };
}
