/** Slack's documented limits, as buckets: a call that finds its bucket empty is told how many seconds to wait. */
const LIMITS: Readonly<Record<string, { perMinute: number; burst: number }>> = {
  "chat.postMessage": { perMinute: 300, burst: 10 },
  "chat.update": { perMinute: 50, burst: 50 },
  "conversations.open": { perMinute: 50, burst: 50 },
  "conversations.history": { perMinute: 50, burst: 50 },
  "users.lookupByEmail": { perMinute: 50, burst: 50 },
  "users.info": { perMinute: 100, burst: 100 },
  "views.open": { perMinute: 100, burst: 100 },
  "views.update": { perMinute: 100, burst: 100 },
  "views.publish": { perMinute: 100, burst: 100 },
};
const CHANNEL = { perMinute: 60, burst: 2 };

export interface Rates {
  /** Seconds to wait; undefined when the call is let through. */
  refuses(method: string, channel: string | undefined): number | undefined;
}

/** @param now in milliseconds */
export function slackRates(now: () => number): Rates {
  const buckets = new Map<string, { tokens: number; at: number }>();
  const take = (
    key: string,
    { perMinute, burst }: { perMinute: number; burst: number },
  ): number | undefined => {
    const each = 60_000 / perMinute;
    const bucket = buckets.get(key) ?? { tokens: burst, at: now() };
    const tokens = Math.min(burst, bucket.tokens + (now() - bucket.at) / each);
    if (tokens < 1) {
      buckets.set(key, { tokens, at: now() });
      return ((1 - tokens) * each) / 1_000;
    }
    buckets.set(key, { tokens: tokens - 1, at: now() });
    return undefined;
  };
  return {
    refuses(method, channel) {
      const limit = LIMITS[method];
      const whole = limit === undefined ? undefined : take(method, limit);
      if (whole !== undefined) return whole;
      return method === "chat.postMessage" && channel !== undefined
        ? take(`channel ${channel}`, CHANNEL)
        : undefined;
    },
  };
}
