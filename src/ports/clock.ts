import type { Instant } from "../domain/time.ts";

/** The time, as an argument of the process. Everything in the core takes instants; only the engine asks a clock. */
export interface Clock {
  now(): Instant;
  /** Resolves once this many milliseconds of this clock have passed, or when the signal aborts. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** Something that calls back about once a minute. A wake-up, never the truth. */
export interface Ticker {
  /** `beat` runs at once and then at every wake-up, one at a time. */
  start(beat: () => Promise<void>): void;
  /** Asks for a beat now; during a beat, for one more right after it, however often it is called. */
  kick(): void;
  /** Stops waking and waits for a running beat. */
  stop(): Promise<void>;
  /** The last beat that finished without an error, in milliseconds on a clock that never steps; undefined before the first. */
  lastFinished(): number | undefined;
}
