import type { Instant } from "#src/domain/time.ts";

const SECOND = 1_000;

/**
 * Lets `each` calls pass in any span of one second. A call answers undefined when it passes, else the
 * milliseconds after which it may be tried again; a call that did not pass does not count.
 */
export function slidingLimit(each: number): (at: Instant) => number | undefined {
  /** When the last `each` calls passed, as a ring. */
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
