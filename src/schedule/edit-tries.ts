import type { NudgeId } from "#src/domain/nudge.ts";
import { HOUR, type Instant } from "#src/domain/time.ts";
import { retryAfter } from "./undelivered.ts";

/**
 * How often in a row the messages of a nudge could not be edited. It is kept in memory alone: a process that starts again begins
 * anew, which costs one call each.
 */
export class EditTries {
  readonly #failed = new Map<NudgeId, { readonly times: number; readonly last: Instant }>();

  /** An edit failed: milliseconds until it is tried again, as after a send that failed so often. */
  failed(nudge: NudgeId, now: Instant): number {
    const times = this.#failed.get(nudge)?.times ?? 0;
    this.#failed.set(nudge, { times: times + 1, last: now });
    // Nobody tells of edits that are wanted no more: none waits for longer than an hour.
    for (const [id, { last }] of this.#failed) if (now - last > 2 * HOUR) this.#failed.delete(id);
    return retryAfter(times);
  }

  ended(nudge: NudgeId): void {
    this.#failed.delete(nudge);
  }
}
