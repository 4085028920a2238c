import type { Policy } from "./program.ts";
import type { Absence, Assignment } from "./roster.ts";
import { later, type Instant } from "./time.ts";
import type { Zone } from "./zone.ts";

/** What decides when a person may be written to about something that is not bound to a shift. */
export interface Days {
  /** By start. */
  readonly assignments: readonly Assignment[];
  readonly absences: readonly Absence[];
  readonly pausedUntil?: Instant;
}

/** A shift with somebody on duty at the night hour (03:00 by default) is a night shift. */
export function isNightShift(shift: Assignment, zone: Zone, policy: Pick<Policy, "nightHour">): boolean {
  for (let day = zone.dayOf(shift.start); ; day++) {
    const night = zone.at(day, policy.nightHour);
    if (night >= shift.end) return false;
    if (night >= shift.start) return true;
  }
}

export const isAway = (days: Days, at: Instant): boolean =>
  (days.pausedUntil !== undefined && at < days.pausedUntil) ||
  days.absences.some((one) => one.start <= at && at < one.end);

/** In the middle of a shift: on duty, and not at its very start. */
export const isMidShift = (days: Days, at: Instant): boolean =>
  days.assignments.some((one) => one.start < at && at < one.end);

/** In the rest that follows a night shift. */
export const isResting = (days: Days, at: Instant, zone: Zone, policy: Policy): boolean =>
  days.assignments.some(
    (one) => one.end <= at && at < later(one.end, policy.restAfterNight) && isNightShift(one, zone, policy),
  );

/** The end of the duty that `at` falls in the middle of, or `at` itself: nothing is sent mid-shift. */
export function afterDuty(days: Days, at: Instant): Instant {
  let end = at;
  for (const one of days.assignments) if (one.start < end && end < one.end) end = one.end;
  return end;
}

/** Whether a message that is bound to no shift may reach a person just now. */
export const isQuiet = (days: Days, at: Instant, zone: Zone, policy: Policy): boolean =>
  isAway(days, at) || isMidShift(days, at) || isResting(days, at, zone, policy);

/**
 * When a message that is bound to no shift reaches a person: at `from` if it is a civil moment for them;
 * else at the next duty start, or at the civil hour of the next day off that is not rest, whichever is first.
 * Undefined when there is none before `until`.
 */
export function weeklyMoment(
  days: Days,
  from: Instant,
  until: Instant,
  zone: Zone,
  policy: Policy,
): Instant | undefined {
  return isQuiet(days, from, zone, policy) ? nextMoment(days, from, until, zone, policy) : from;
}

/** The first duty start or civil hour after `from` that is not quiet; undefined when there is none before `until`. */
export function nextMoment(
  days: Days,
  from: Instant,
  until: Instant,
  zone: Zone,
  policy: Policy,
): Instant | undefined {
  const open = (at: Instant) => at > from && at < until && !isQuiet(days, at, zone, policy);
  const duty = days.assignments.find((one) => open(one.start))?.start;
  for (let day = zone.dayOf(from); ; day++) {
    const civil = zone.at(day, policy.civilHour);
    if (civil >= until || (duty !== undefined && civil >= duty)) return duty;
    if (open(civil)) return civil;
  }
}
