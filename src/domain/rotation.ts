import type { PersonId } from "./person.ts";
import type { Program, Rotation } from "./program.ts";
import { dayNumber, type DayNumber, type Zone } from "./zone.ts";
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
