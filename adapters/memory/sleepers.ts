import { instant } from "#src/domain/time.ts";
import type { Instant } from "#src/domain/time.ts";

interface Sleeper {
  at: Instant;
  readonly wake: () => void;
}

/** The sleepers of a test's clock: the earliest first; for the same moment, in the order of the calls. */
export interface Sleepers {
  /** Resolves when woken, or when the signal aborts. */
  until(at: Instant, signal?: AbortSignal): Promise<void>;
  /** When the next one wakes. */
  next(): Instant | undefined;
  /** Wakes all whose moment has come. */
  wake(at: Instant): void;
  /** The clock was set back. All still wait as long as before. */
  shift(milliseconds: number): void;
}

export function sleepers(): Sleepers {
  const waiting: Sleeper[] = [];

  const remove = (sleeper: Sleeper): void => {
    const index = waiting.indexOf(sleeper);
    if (index >= 0) waiting.splice(index, 1);
  };

  return {
    until: (at, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted === true) return resolve();
        const abort = (): void => {
          remove(sleeper);
          resolve();
        };
        const wake = (): void => {
          signal?.removeEventListener("abort", abort);
          resolve();
        };
        const sleeper: Sleeper = { at, wake };
        signal?.addEventListener("abort", abort, { once: true });
        waiting.splice(waiting.findLastIndex((other) => other.at <= at) + 1, 0, sleeper);
      }),

    next: () => waiting[0]?.at,

    wake(at) {
      const still = waiting.findIndex((sleeper) => sleeper.at > at);
      for (const sleeper of waiting.splice(0, still < 0 ? waiting.length : still)) sleeper.wake();
    },

    shift(milliseconds) {
      for (const sleeper of waiting) sleeper.at = instant(sleeper.at + milliseconds);
    },
  };
}

/** Lets code that was just woken run until it waits again. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
