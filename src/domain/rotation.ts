import type { PersonId } from "./person.ts";
import type { Program, Rotation } from "./program.ts";
import { dayNumber, type DayNumber, type Zone } from "./zone.ts";
import { DAY, HOUR, later, type Instant } from "./time.ts";

/** Milliseconds before a shift from which its goal can be set without being asked. */
export const GOAL_AHEAD = 18 * HOUR;

/** The rotation of a resident on a local day. */
export function rotationOn(program: Program, resident: PersonId, day: DayNumber): Rotation | undefined {
  return program.rotations.find(
    (one) =>
      dayNumber(one.from) <= day &&
      day <= dayNumber(one.to) &&
      (one.residents === undefined || one.residents.includes(resident)),
  );
}

/** Milliseconds: how far back shifts count as of one rotation between two. */
const BETWEEN = 70 * DAY;

/** From when on the shifts are of the rotation that a resident is on at a moment. */
export function rotationStart(program: Program, zone: Zone, resident: PersonId, at: Instant): Instant {
  const rotation = rotationOn(program, resident, zone.dayOf(at));
  return rotation === undefined ? later(at, -BETWEEN) : zone.at(dayNumber(rotation.from), 0);
}

/** When the rotation ends that a resident is on at a moment: at midnight after its last day. */
export function rotationEnd(
  program: Program,
  zone: Zone,
  resident: PersonId,
  at: Instant,
): Instant | undefined {
  const rotation = rotationOn(program, resident, zone.dayOf(at));
  return rotation === undefined ? undefined : zone.at(dayNumber(rotation.to) + 1, 0);
}
