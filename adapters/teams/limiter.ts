interface Rule {
  readonly count: number;
  /** Milliseconds. */
  readonly over: number;
}

/** Keeps to several rate limits at once, separately for each key. */
export interface Limiter {
  /** Milliseconds to wait before this key's next request; 0 when it may go now. */
  wait(key: string, now: number): number;
  /** Counts a request of this key that is sent now. */
  take(key: string, now: number): void;
}

/** A request may be sent if no rule has reached its number of requests in its time span. */
export function limiter(rules: readonly Rule[]): Limiter {
  const went = new Map<string, number[]>();
  const longest = Math.max(...rules.map(({ over }) => over));
  const most = Math.max(...rules.map(({ count }) => count));

  return {
    wait(key, now) {
      const times = went.get(key) ?? [];
      return rules.reduce((wait, { count, over }) => {
        const oldest = times.at(-count);
        return times.length < count || oldest === undefined ? wait : Math.max(wait, oldest + over - now);
      }, 0);
    },

    take(key, now) {
      const times = (went.get(key) ?? []).filter((time) => time > now - longest);
      went.delete(key);
      // The newest key is last, so the first ones are the oldest.
      went.set(key, [...times, now].slice(-most));
      for (const [other, last] of went) {
        if (last.at(-1)! > now - longest) break;
        went.delete(other);
      }
    },
  };
}
