import type { Instant } from "#src/domain/time.ts";

const SECOND = 1_000;

/**
 * Admits `each` calls in any span of one second. The result is undefined if the call is admitted; otherwise the milliseconds
 * until it may be tried again. A refused call does not count.
 */
export function slidingLimit(each: number): (at: Instant) => number | undefined {
  /** The times of the last `each` admitted calls, as a ring buffer. */
  const passed: (Instant | undefined)[] = Array.from({ length: each });
  let next = 0;

  return (at) => {
    const oldest = passed[next];
    // A clock that was set back begins anew.
    if (oldest !== undefined && at >= oldest && at - oldest < SECOND) return SECOND - (at - oldest);
    passed[next] = at;
    next = (next + 1) % each;
    return undefined;
  };
}
