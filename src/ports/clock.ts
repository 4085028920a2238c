import type { Instant } from "../domain/time.ts";

/** The time. The core takes moments as arguments; only the engine asks a clock. */
export interface Clock {
  now(): Instant;
  /** Resolves once this many milliseconds of this clock have passed, or when the signal aborts. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** Wakes the process about once a minute. What is due follows from the store and the time, never from a wake-up. */
export interface Ticker {
  /** Calls `wake` at once and then about once a minute, also where the wall clock steps. */
  start(wake: () => void): void;
  /** Stops the wake-ups. */
  stop(): Promise<void>;
}
