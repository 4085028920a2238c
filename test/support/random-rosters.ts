import fc from "fast-check";
import { personId, type PersonId } from "#src/domain/person.ts";
import type { Program } from "#src/domain/program.ts";
import type { Absence, Assignment, Roster, AssignmentId } from "#src/domain/roster.ts";
import { DAY, HOUR, MINUTE, instant, later, type Instant } from "#src/domain/time.ts";
import type { Wishes } from "#src/domain/wishes.ts";
import { programOf, roleBy } from "./programs.ts";

/** Zones that change their clocks in every known way, and one that never does. */
const ZONES = [
  "Europe/Berlin",
  "Europe/London",
  "America/New_York",
  "America/St_Johns",
  "America/Santiago",
  "Australia/Lord_Howe",
  "Australia/Sydney",
  "Pacific/Auckland",
  "Pacific/Chatham",
  "Africa/Casablanca",
  "Asia/Beirut",
  "Asia/Tokyo",
] as const;

/** A program's random months around a clock change of 2024–2030. */
export interface RandomProgram {
  readonly program: Program;
  readonly roster: Roster;
  readonly wishes: ReadonlyMap<PersonId, Wishes>;
}

const PEOPLE = ["r1", "r2", "r3", "r4", "a1", "a2", "a3", "c1"];
const quarters = (most: number) => fc.integer({ min: 0, max: most * 4 }).map((n) => n * 15 * MINUTE);
const onDuty = fc.constantFrom(...PEOPLE.slice(0, 7)).map(personId);

/** A shift of 4 to 28 hours at any quarter of an hour in the 26 days from `base`. */
export const assignmentFrom = (base: Instant): fc.Arbitrary<Omit<Assignment, "id">> =>
  fc.record({ person: onDuty, at: quarters(26 * 24), length: quarters(24) }).map(({ person, at, length }) => {
    const start = later(base, at);
    return { person, start, end: later(start, 4 * HOUR + length), label: "", role: roleBy(person) };
  });

/** Gives each of these shifts an id of its own. */
export const named = (shifts: readonly Omit<Assignment, "id">[], from = 0): readonly Assignment[] =>
  shifts.map((one, i) => ({ ...one, id: `${one.person}#${from + i}` as AssignmentId }));

const absenceFrom = (base: Instant): fc.Arbitrary<Absence> =>
  fc
    .record({ person: onDuty, at: quarters(26 * 24), days: fc.integer({ min: 1, max: 5 }) })
    .map(({ person, at, days }) => {
      const start = later(base, at);
      return { person, start, end: later(start, days * DAY) };
    });

const wishFrom = (base: Instant): fc.Arbitrary<readonly [PersonId, Wishes]> =>
  fc
    .record({
      person: fc.constantFrom(...PEOPLE).map(personId),
      out: fc.boolean(),
      at: fc.option(quarters(26 * 24)),
    })
    .map(({ person, out, at }) => [
      person,
      { out: out && at === null, ...(at === null ? {} : { pausedUntil: later(base, at) }) },
    ]);

/** The first of a month in which clocks change somewhere. */
const bases = fc
  .record({ year: fc.integer({ min: 2024, max: 2030 }), month: fc.constantFrom(2, 3, 8, 9, 10) })
  .map(({ year, month }) => instant(Date.UTC(year, month, 1)));

export const randomProgram: fc.Arbitrary<RandomProgram> = bases.chain((base) =>
  fc
    .record({
      timeZone: fc.constantFrom(...ZONES),
      shifts: fc.array(assignmentFrom(base), { maxLength: 40 }),
      absences: fc.array(absenceFrom(base), { maxLength: 4 }),
      wishes: fc.array(wishFrom(base), { maxLength: 2 }),
      asksPerShift: fc.integer({ min: 1, max: 3 }),
      asksPerMonth: fc.constantFrom(1, 3, 10, 60),
    })
    .map(({ timeZone, shifts, absences, wishes, ...policy }) => ({
      program: programOf({
        people: PEOPLE,
        timeZone,
        from: day(later(base, -DAY)),
        to: day(later(base, 30 * DAY)),
        policy,
      }),
      roster: { assignments: named(shifts), absences },
      wishes: new Map(wishes),
    })),
);

const day = (at: Instant): string => new Date(at).toISOString().slice(0, 10);
