import type { Instant } from "../domain/time.ts";

/** The time. The core takes moments as arguments; only the engine asks a clock. */
export interface Clock {
  now(): Instant;
  /** Resolves once this many milliseconds of this clock have passed, or when the signal aborts. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** Wakes the process about once a minute. What is due follows from the store and the time, never from a wake-up. */
export interface Ticker {
  /** Runs `beat` at once and then at every wake-up. Never two at a time. */
  start(beat: () => Promise<void>): void;
  /** Runs a beat now. During a beat, runs one more right after it, however often this is called. */
  kick(): void;
  /** Stops the wake-ups and waits for the beat that is running. */
  stop(): Promise<void>;
  /** When the last beat without an error ended, in milliseconds on a monotonic clock. Undefined before the first. */
  lastFinished(): number | undefined;
}
