import type { PlannedNudge } from "#src/domain/nudge.ts";
import { rotationOn, type Outlook } from "#src/domain/outlook.ts";
import type { Person } from "#src/domain/person.ts";
import { weeklyMoment } from "#src/domain/quiet.ts";
import type { Rotation, Weekday } from "#src/domain/program.ts";
import { DAY, later } from "#src/domain/time.ts";
import { DAYS_A_WEEK, dayNumber, mondayOf, weekOf, type DayNumber } from "#src/domain/zone.ts";

/** Milliseconds after which a summary is out of date. The command shows it at any time. */
const SUMMARY_WINDOW = 2 * DAY;

/**
 * What a resident's rotations were, one message each: at the digests' moment after the last day, when the last check-in has come, or
 * later where that would disturb. Only rotations on which they have a shift as a resident.
 */
export function rotationSummaries(outlook: Outlook, person: Person): readonly PlannedNudge[] {
  const { program, zone } = outlook.input;
  const days = outlook
    .shiftsOf(person.id)
    .flatMap((shift) => (shift.role === "resident" ? [zone.dayOf(shift.start)] : []));
  const theirs = new Set(days.flatMap((day) => rotationOn(program, person.id, day) ?? []));
  const { day, hour } = program.policy.digest;
  return [...theirs].flatMap((rotation) => {
    const after = firstAfter(rotation, day);
    const from = zone.at(after, hour);
    const until = zone.at(after + DAYS_A_WEEK, hour);
    const dueAt = weeklyMoment(outlook.daysOf(person.id), from, until, zone, program.policy);
    if (dueAt === undefined) return [];
    const expiresAt = later(dueAt, SUMMARY_WINDOW);
    return [
      { kind: "rotation-summary" as const, person: person.id, subject: rotation.from, dueAt, expiresAt },
    ];
  });
}

/** The first such day of the week after a rotation's last day. */
function firstAfter({ to }: Rotation, weekday: Weekday): DayNumber {
  const last = dayNumber(to);
  const same = mondayOf(weekOf(last)) + weekday - 1;
  return same > last ? same : same + DAYS_A_WEEK;
}
