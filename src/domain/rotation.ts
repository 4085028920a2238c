import type { PersonId, Role } from "./person.ts";
import type { Program, Rotation } from "./program.ts";
import { dayNumber, type DayNumber, type Zone } from "./zone.ts";
import type { Assignment } from "./roster.ts";
import type { Instant } from "./time.ts";

/** The rotation of a resident on a local day. */
export function rotationOn(program: Program, resident: PersonId, day: DayNumber): Rotation | undefined {
  return program.rotations.find(
    (one) =>
      dayNumber(one.from) <= day &&
      day <= dayNumber(one.to) &&
      (one.residents === undefined || one.residents.includes(resident)),
  );
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

/**
 * Whether an assignment is part of a rotation: for a resident, a rotation of their own; for everybody else, any rotation of
 * that day. Attune asks nothing about other assignments in the roster.
 */
export function rotationCalendar(
  program: Program,
  zone: Zone,
): (assignment: Assignment, role: Role) => boolean {
  const spans = program.rotations.map((one) => ({
    start: zone.at(dayNumber(one.from), 0),
    end: zone.at(dayNumber(one.to) + 1, 0),
    residents: one.residents === undefined ? undefined : new Set(one.residents),
  }));
  return ({ person, start }, role) =>
    spans.some(
      (span) =>
        span.start <= start &&
        start < span.end &&
        (role !== "resident" || span.residents === undefined || span.residents.has(person)),
    );
}
