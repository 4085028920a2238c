import { setTimeout as timeout } from "node:timers/promises";
import { instant } from "#src/domain/time.ts";
import type { Clock } from "#src/ports/clock.ts";

/** The longest timer of Node (31 bits). A longer one would fire at once. */
const LONGEST = 2 ** 31 - 1;

/** The host's time. This folder is the only one that reads the host's clock. */
export function systemClock(): Clock {
  return {
    now: () => instant(Date.now()),

    async sleep(milliseconds, signal) {
      let left = milliseconds;
      while (left > 0 && signal?.aborted !== true) {
        await nap(Math.min(left, LONGEST), signal);
        left -= LONGEST;
      }
    },
  };
}

const nap = async (milliseconds: number, signal: AbortSignal | undefined): Promise<void> => {
  try {
    await timeout(milliseconds, undefined, signal === undefined ? {} : { signal });
  } catch (error) {
    // An abort ends the sleep without an error.
    if (signal?.aborted !== true) throw error;
  }
};
