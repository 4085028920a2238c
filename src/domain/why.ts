import type { NudgeReason } from "./nudge-life.ts";
import type { NudgeKind } from "./nudge.ts";
import type { Assignment } from "./roster.ts";
import type { Instant } from "./time.ts";

/*
 * Why somebody got a message, or did not, as codes: each language makes its own sentence. Whether somebody answered is nobody
 * else's to know. So what was answered looks like what was sent, asks that are held back since earlier ones went unanswered look like
 * those beyond a limit, and of what comes only where there is a goal nothing is told.
 */

/** What became of one nudge. `shown` is what was sent, whatever came of it. */
export type Fate = "ahead" | "waiting" | "shown" | "unsent" | "theirs" | NudgeReason;

/** Why a shift has brought about no ask. */
export type Absent =
  | "not-started"
  | "on-leave"
  | "off-rotation"
  | "takes-no-part"
  | "no-partner"
  | "paused"
  | "limits"
  | "not-planned";

/** How somebody stands to Attune. */
export type Participation = "agreed" | "unasked" | "declined" | "stopped" | "paused" | "left" | "reused";

/** One message that was due or will be; or a shift that has none. */
export type WhyRow =
  | { readonly at: Instant; readonly kind: NudgeKind; readonly subject: string; readonly fate: Fate }
  | { readonly at: Instant; readonly shift: Assignment; readonly absent: Absent };

/** What was due to somebody on one day, and what comes next. */
export interface Why {
  /** Of the day, by time. */
  readonly rows: readonly WhyRow[];
  /** The first one after the day and now, of those that come anyway. */
  readonly next?: { readonly at: Instant; readonly kind: NudgeKind; readonly subject: string };
}
