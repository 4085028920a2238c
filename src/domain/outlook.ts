import { overlapsOf, type Overlap } from "./overlap.ts";
import type { Person, PersonId } from "./person.ts";
import type { Program } from "./program.ts";
import type { Days } from "./quiet.ts";
import type { Absence, Assignment, Roster } from "./roster.ts";
import { rotationCalendar } from "./rotation.ts";
import type { Instant } from "./time.ts";
import type { Zone } from "./zone.ts";

/** What a person has said that planning has to heed. */
export interface Wishes {
  /** Has stopped, or declined to take part. */
  readonly out: boolean;
  readonly pausedUntil?: Instant;
}

/** All that a plan follows from. The same input gives the same plan, whenever and however often it is asked for. */
export interface PlanInput {
  readonly program: Program;
  readonly zone: Zone;
  readonly roster: Roster;
  readonly wishes: ReadonlyMap<PersonId, Wishes>;
}

/** A roster as planning reads it: each person's days, and who is on duty together. */
export interface Outlook {
  readonly daysOf: (person: PersonId) => Days;
  /** A person's shifts that are part of a rotation. */
  readonly shiftsOf: (person: PersonId) => readonly Assignment[];
  readonly overlaps: readonly Overlap[];
  readonly overlapsOf: (assignment: Assignment) => readonly Overlap[];
  /** People who can be asked, in the program's order. */
  readonly people: readonly Person[];
}

const NOBODY: readonly never[] = [];

/** Reads a roster for planning: duty that falls in an absence does not count, nor do people who take no part. */
export function outlookOf({ program, zone, roster, wishes }: PlanInput): Outlook {
  const people = program.people.filter((person) => wishes.get(person.id)?.out !== true);
  const byId = new Map(people.map((person) => [person.id, person]));
  const absences = Map.groupBy(roster.absences, (one) => one.person);
  const counted = roster.assignments
    .filter((one) => byId.has(one.person) && !isDuringAbsence(one, absences.get(one.person) ?? NOBODY))
    .toSorted((a, b) => a.start - b.start);
  const assignments = Map.groupBy(counted, (one) => one.person);
  const isOnRotation = rotationCalendar(program, zone);
  const shifts = counted.filter((one) => isOnRotation(one, byId.get(one.person)!.role));
  const shiftsByPerson = Map.groupBy(shifts, (one) => one.person);
  const overlaps = overlapsOf(shifts, (id) => byId.get(id)?.role, program.policy.overlapMinimum);
  const byAssignment = new Map<Assignment, Overlap[]>();
  for (const overlap of overlaps) {
    for (const side of [overlap.resident, overlap.attending]) {
      const known = byAssignment.get(side);
      if (known === undefined) byAssignment.set(side, [overlap]);
      else known.push(overlap);
    }
  }
  const days = new Map<PersonId, Days>();
  for (const person of people) {
    const pausedUntil = wishes.get(person.id)?.pausedUntil;
    days.set(person.id, {
      assignments: assignments.get(person.id) ?? NOBODY,
      absences: absences.get(person.id) ?? NOBODY,
      ...(pausedUntil === undefined ? {} : { pausedUntil }),
    });
  }
  return {
    daysOf: (person) => days.get(person) ?? { assignments: NOBODY, absences: NOBODY },
    shiftsOf: (person) => shiftsByPerson.get(person) ?? NOBODY,
    overlaps,
    overlapsOf: (assignment) => byAssignment.get(assignment) ?? NOBODY,
    people,
  };
}

const isDuringAbsence = (one: Assignment, absences: readonly Absence[]): boolean =>
  absences.some((away) => away.start <= one.start && one.start < away.end);
