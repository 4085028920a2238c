import { rulesOf, type PlannedNudge } from "#src/domain/nudge.ts";
import { nextMoment, type Days } from "#src/domain/quiet.ts";
import type { Policy } from "#src/domain/program.ts";
import { later, type Instant } from "#src/domain/time.ts";
import type { Zone } from "#src/domain/zone.ts";

/** A reminder sooner than this after its ask would only be the ask again. */
const SOONEST = 5 * 60_000;

/**
 * When an ask that went out at `sentAt` is asked for the one time more: what came before a shift, when the
 * shift starts (nothing is sent in its middle); what is bound to no moment, at a civil one. Undefined when
 * that would be too soon, or after it has closed.
 *
 * @param shiftStart of the shift, for an ask that is bound to one
 */
export function reminderOf(
  nudge: PlannedNudge,
  sentAt: Instant,
  shiftStart: Instant | undefined,
  days: Days,
  zone: Zone,
  policy: Policy,
): Instant | undefined {
  const at = rulesOf(nudge.kind).remindedAt;
  switch (at) {
    case "shift-start":
      return shiftStart !== undefined && shiftStart >= later(sentAt, SOONEST) && shiftStart < nudge.expiresAt
        ? shiftStart
        : undefined;
    case "civil-hour":
      return nextMoment(days, later(sentAt, policy.reminderAfter), nudge.expiresAt, zone, policy);
    case "never":
      return undefined;
    default:
      return at satisfies never;
  }
}
