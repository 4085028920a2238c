import type { Days } from "./outlook.ts";
import type { Policy } from "./program.ts";
import type { Assignment } from "./roster.ts";
import { HOUR, later, type Instant, type Zone } from "./time.ts";

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

/** Whether it is the middle of a shift: on duty, and not exactly its start. */
export const isMidShift = ({ assignments }: Pick<Days, "assignments">, at: Instant): boolean =>
  assignments.some((one) => one.start < at && at < one.end);

/** The end of the duty in whose middle `at` lies; otherwise `at` itself. Nothing is sent in the middle of a shift. */
export function afterDuty(days: Days, at: Instant): Instant {
  let end = at;
  for (const one of days.assignments) if (one.start < end && end < one.end) end = one.end;
  return end;
}

/**
 * When the debrief of a shift is asked, and when it closes, and with it what its two partners may settle.
 *
 * @param window milliseconds for which a debrief takes answers
 */
export function debriefSpan(days: Days, shift: Assignment, window: number) {
  const start = afterDuty(days, shift.end);
  return { start, end: later(start, window) };
}

/** Whether it is the time of rest after a night shift. */
export const isResting = (days: Days, at: Instant, zone: Zone, policy: Policy): boolean =>
  days.assignments.some(
    (one) => one.end <= at && at < later(one.end, policy.restAfterNight) && isNightShift(one, zone, policy),
  );

/** Whether a message that belongs to no shift has to wait: its person is away, in the middle of a shift, or rests after a night. */
export const isQuiet = (days: Days, at: Instant, zone: Zone, policy: Policy): boolean =>
  isAway(days, at) || isMidShift(days, at) || isResting(days, at, zone, policy);

/** The civil hours of a day, from the civil hour on (09:00 by default). */
const CIVIL = 12 * HOUR;

/** Whether it is a civil hour at which a message that belongs to no shift disturbs nobody. */
export function isCivil(days: Days, at: Instant, zone: Zone, policy: Policy): boolean {
  const morning = zone.at(zone.dayOf(at), policy.civilHour);
  return at >= morning && at < later(morning, CIVIL) && !isQuiet(days, at, zone, policy);
}

/**
 * When a message that belongs to no shift is sent to a person: at `from` if it does not disturb them then. Otherwise at the
 * next start of duty or at the civil hour (09:00 by default) of the next day that is neither duty nor rest, whichever is
 * first. Undefined if there is no such moment before `until`.
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

/** The first start of duty or civil hour after `from` at which the person may be written to; undefined if none is before `until`. */
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
