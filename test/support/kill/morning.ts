import type { Assignment, Roster } from "#src/domain/roster.ts";
import { mintAssignmentId } from "#src/roster/change/merge.ts";
import { personId } from "#src/domain/person.ts";
import type { Program } from "#src/domain/program.ts";
import { DAY, HOUR, MINUTE, later, type Instant } from "#src/domain/time.ts";
import { local, programOf, roleBy } from "#test/support/programs.ts";

/** Shifts begin on every full hour from 04:00 on, in at most thirteen teams of ten residents and two attendings. */
export const TEAMS = 13;
const RESIDENTS = 10;
const ATTENDINGS = 2;
const SHIFT = 6 * HOUR;
/** A team's own overlap counts, the five hours with the next team's do not. */
const OWN_TEAM = 5.5 * HOUR;

/** The asks of a morning: a goal for each resident, a plan for each attending, a debrief for everybody. */
export const asksAMorning = (teams: number): number => teams * (2 * RESIDENTS + 2 * ATTENDINGS);

/** Every life opens the same file. */
export const KEY: Buffer = Buffer.alloc(32, 7);

/** Whom the platform cannot reach, in the runs that want somebody like this. */
export const UNREACHABLE = "r3";

const FIRST_DAY = local("2026-12-01T00:00");

/** Messages come in bursts, all that could limit them is switched off, and weekly check-ins stay out of it. */
export const busyProgram = (teams = TEAMS): Program =>
  programOf({
    people: [...numbered("r", teams * RESIDENTS), ...numbered("a", teams * ATTENDINGS)],
    policy: {
      overlapMinimum: OWN_TEAM,
      checkInOverlap: 1_000 * HOUR,
      asksPerMonth: 1_000,
      backOff: { after: 1_000_000, pause: 1 },
    },
  });

/** `mornings` days in a row on which the same teams are on duty. */
export const busyRoster = (mornings: number, teams = TEAMS): Roster => ({
  absences: [],
  assignments: range(mornings).flatMap((day) =>
    range(teams).flatMap((team) => {
      const start = later(FIRST_DAY, day * DAY + (4 + team) * HOUR);
      return [
        ...numbered("r", RESIDENTS, team * RESIDENTS),
        ...numbered("a", ATTENDINGS, team * ATTENDINGS),
      ].map((id) => onDuty(id, start));
    }),
  ),
});

/** The moments at which the process is woken: often while somebody is on duty, and until the last ask has closed. */
export function beats(mornings: number, teams = TEAMS): readonly Instant[] {
  const end = later(FIRST_DAY, mornings * DAY + 28 * HOUR);
  const found: Instant[] = [];
  for (let at = later(FIRST_DAY, 3.5 * HOUR); at < end;) {
    found.push(at);
    const hour = ((at - FIRST_DAY) % DAY) / HOUR;
    const isBusy = hour >= 3.5 && hour < 9.5 + teams && at < later(FIRST_DAY, mornings * DAY);
    at = later(at, isBusy ? 10 * MINUTE : HOUR / 2);
  }
  return [...found, end];
}

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i);

const numbered = (letter: string, count: number, after = 0): readonly string[] =>
  range(count).map((i) => `${letter}${after + i + 1}`);

function onDuty(id: string, start: Instant): Assignment {
  const person = personId(id);
  const end = later(start, SHIFT);
  return { id: mintAssignmentId(person, start), person, start, end, label: "ER", role: roleBy(id) };
}
