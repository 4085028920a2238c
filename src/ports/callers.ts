import type { Log } from "./log.ts";

/** Why a request to a platform's address was not believed to be the platform's. */
export const DISTRUST = ["unsigned", "signature", "time", "token", "tenant"] as const;
export type Distrust = (typeof DISTRUST)[number];

/** One request to a platform's address, as far as it shows whether our secrets are the platform's. */
export type Call =
  | { readonly isBelieved: true; readonly endsTrouble: boolean }
  | {
      readonly isBelieved: false;
      readonly why: Distrust;
      /** So many since the last one that was believed. */
      readonly inARow: number;
      /** Nothing that the platform says can arrive: `Callers.areRefused`. */
      readonly areRefused: boolean;
    };

/** Who calls at a platform's address. Anybody may: what is refused tells of a wrong secret only where nothing else comes. */
export interface Callers {
  believed(): void;
  refused(why: Distrust): void;
  /** Whether by all that was seen nothing of the platform's is believed, so that nothing people do arrives. */
  areRefused(): boolean;
}

export interface CallersDeps {
  readonly log: Log;
  /** Milliseconds on a clock that never steps. */
  now(): number;
  /** Told of every request. */
  readonly onCall?: ((call: Call) => void) | undefined;
  /** What to do when every request is refused for this reason: one line for the log. */
  mending(why: Distrust): string;
}

/** A platform repeats what it could not hand over, so that a wrong secret shows in its first minutes. */
const IN_A_ROW = 5;

/**
 * Milliseconds after a believed request during which refused ones, however many, are somebody else's: our secret is
 * right, and whoever posts nonsense shall neither end the health of a platform nor fill the log.
 */
const PROVED = 60 * 60_000;

/** Keeps account of who calls. A log has one line for each time that it begins that all are refused, and one for its end. */
export function callersOf({ log, now, onCall, mending }: CallersDeps): Callers {
  let inARow = 0;
  let believedAt: number | undefined;
  let areRefused = false;
  return {
    believed() {
      const endsTrouble = areRefused;
      if (endsTrouble) log.info({ refused: inARow }, "requests are believed again");
      believedAt = now();
      inARow = 0;
      areRefused = false;
      onCall?.({ isBelieved: true, endsTrouble });
    },
    refused(why) {
      inARow += 1;
      const isProved = believedAt !== undefined && now() - believedAt < PROVED;
      if (inARow >= IN_A_ROW && !isProved && !areRefused) {
        areRefused = true;
        log.warn({ refused: inARow, why }, `every request is refused: ${mending(why)}`);
      }
      onCall?.({ isBelieved: false, why, inARow, areRefused });
    },
    areRefused: () => areRefused,
  };
}
