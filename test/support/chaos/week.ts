import type { Program } from "#src/domain/program.ts";
import type { Roster } from "#src/domain/roster.ts";
import { DAY, HOUR, later, type Instant } from "#src/domain/time.ts";
import { mintAssignmentId } from "#src/roster/change/merge.ts";
import { personId } from "#src/domain/person.ts";
import { local, programOf, roleBy } from "#test/support/programs.ts";

export const WEEK_START = local("2026-11-30T00:00");
/** The last ask of so many days has closed by then; of a whole week the digests are out, too. */
export const endOf = (days: number): Instant => later(WEEK_START, (days + 2) * DAY);

const RESIDENTS = ["r1", "r2", "r3", "r4", "r5", "r6"];
const ATTENDINGS = ["a1", "a2", "a3"];

/** A small department. Who is asked how often is not what the week is about. */
export const weekProgram = (): Program =>
  programOf({
    people: [...RESIDENTS, ...ATTENDINGS, "c1"],
    policy: { asksPerMonth: 1_000, backOff: { after: 1_000_000, pause: 1 } },
  });

/**
 * Mornings, evenings and nights on the first `days` of the week: everybody is on duty six days of seven, with partners that change. Nothing is due at
 * midnight between two weeks: an ask that is tried again after it counts, rightly, to the week in which it went out.
 */
export const weekRoster = (days: number): Roster => ({
  absences: [],
  assignments: Array.from({ length: days }, (_, day) => day).flatMap((day) => [
    ...RESIDENTS.flatMap((id, i) => duties(id, i, day)),
    ...ATTENDINGS.flatMap((id, i) => duties(id, i + day, day)),
  ]),
});

function duties(id: string, turn: number, day: number) {
  if ((turn + day) % 7 === 6) return [];
  const person = personId(id);
  const start: Instant = later(WEEK_START, day * DAY + HOUR + (turn % 3) * 8 * HOUR);
  const end = later(start, 9 * HOUR);
  return [{ id: mintAssignmentId(person, start), person, start, end, label: "ER", role: roleBy(id) }];
}
