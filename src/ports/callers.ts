import type { Log } from "./log.ts";

/** Why a request to a platform's address was rejected as not coming from the platform. */
export const DISTRUST = ["unsigned", "signature", "time", "token", "tenant"] as const;
export type Distrust = (typeof DISTRUST)[number];

/** One request to a platform's address, as far as it shows whether our secret is right. */
export type Call =
  | { readonly isBelieved: true; readonly endsTrouble: boolean }
  | {
      readonly isBelieved: false;
      readonly why: Distrust;
      /** How many were rejected since the last authentic one. */
      readonly inARow: number;
      /** Even the platform's own requests seem to be rejected: see `Callers.areRefused`. */
      readonly areRefused: boolean;
    };

/**
 * Counts requests to a platform's address. Anybody can send requests there. So rejected requests point to a wrong secret of
 * ours only if no authentic ones come.
 */
export interface Callers {
  believed(): void;
  refused(why: Distrust): void;
  /** Whether all requests seem to be rejected, so that nothing arrives of what people do. Our secret is then probably wrong. */
  areRefused(): boolean;
}

export interface CallersDeps {
  readonly log: Log;
  /** Milliseconds on a monotonic clock. */
  now(): number;
  /** Called for every request. */
  readonly onCall?: ((call: Call) => void) | undefined;
  /** What an operator should do when every request is rejected for this reason: one line for the log. */
  mending(why: Distrust): string;
}

/** So many rejected requests in a row mean trouble. A platform repeats its requests, so a wrong secret shows within minutes. */
const IN_A_ROW = 5;

/**
 * Milliseconds. For so long after an authentic request our secret counts as right, and rejected requests as somebody
 * else's. So a stranger who sends nonsense can neither make a platform look unhealthy nor fill the log.
 */
const PROVED = 60 * 60_000;

/** Counts requests. Logs one line when all requests begin to be rejected, and one when that ends. */
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
