import { setTimeout as sleepFor } from "node:timers/promises";
import { AttuneError } from "#src/errors.ts";
import { RATES, type RateName } from "./limits.ts";

/** A monotonic clock in milliseconds, and waiting on it. */
export interface PaceClock {
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

export const REAL_PACE: PaceClock = { now: () => performance.now(), sleep: (wait) => sleepFor(wait) };

/** Delays calls so that they stay within Slack's rate limits, in the order of the calls. */
export interface Pace {
  /**
   * Resolves when the call may be made. A call that would have to wait longer than `patience` milliseconds is not queued.
   * @throws AttuneError `rate-limited`, which says when to try again
   */
  take(name: RateName, patience: number, channel?: string): Promise<void>;
  /** Slack asked us to wait so many milliseconds. */
  rest(name: RateName, milliseconds: number): void;
}

interface Rate {
  readonly perMinute: number;
  readonly burst: number;
}

/** Channels whose last message is older are forgotten. */
const KEPT = 5_000;

export function createPace(clock: PaceClock = REAL_PACE): Pace {
  /** For each rate limit (and channel): when its token bucket is full again. */
  const full = new Map<string, number>();

  /** How long a call has to wait, and the state of the bucket then. */
  const ahead = (key: string, { perMinute, burst }: Rate) => {
    const now = clock.now();
    const each = 60_000 / perMinute;
    const next = Math.max(full.get(key) ?? 0, now) + each;
    return { next, wait: Math.max(0, next - burst * each - now) };
  };

  const forget = (): void => {
    if (full.size < KEPT) return;
    const now = clock.now();
    for (const [key, at] of full) if (at <= now) full.delete(key);
  };

  return {
    async take(name, patience, channel) {
      forget();
      const whole = ahead(name, RATES[name]);
      const own = channel === undefined ? undefined : ahead(`channel ${channel}`, RATES.channel);
      const wait = Math.max(whole.wait, own?.wait ?? 0);
      if (wait > patience)
        throw new AttuneError("rate-limited", `Slack's rate for ${name} is used up.`, {
          retryAfter: Math.ceil(wait),
        });
      full.set(name, whole.next);
      if (own !== undefined) full.set(`channel ${channel}`, own.next + Math.max(0, wait - own.wait));
      if (wait > 0) await clock.sleep(wait);
    },

    rest(name, milliseconds) {
      const { perMinute, burst } = RATES[name];
      full.set(name, clock.now() + milliseconds + (burst * 60_000) / perMinute);
    },
  };
}
