import type { NudgeKind, PlannedNudge } from "#src/domain/nudge.ts";
import { overlapsOf, type Overlap } from "#src/domain/overlap.ts";
import type { Person, PersonId } from "#src/domain/person.ts";
import type { Program } from "#src/domain/program.ts";
import { afterDuty, isAway, type Days } from "#src/domain/quiet.ts";
import type { Absence, Assignment, Roster } from "#src/domain/roster.ts";
import { rotationCalendar } from "#src/domain/rotation.ts";
import type { Zone } from "#src/domain/zone.ts";
import { later, type Instant } from "#src/domain/time.ts";
import { capped } from "./caps.ts";
import { weeklyNudges } from "./weekly.ts";

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

/**
 * Every nudge that the roster implies, by due time and then person. Times follow domain.md, "When Attune
 * speaks": the goal before the shift, the plan at the start of the overlap at the latest (it is hastened when
 * the goal comes), the debrief when the person's duty ends, and the weekly ones at a civil moment.
 */
export function planNudges(input: PlanInput): readonly PlannedNudge[] {
  const outlook = outlookOf(input);
  const wanted: PlannedNudge[] = [];
  for (const person of outlook.people) {
    for (const assignment of outlook.shiftsOf(person.id)) {
      if (person.role === "resident") wanted.push(...residentAsks(input, outlook, assignment));
      if (person.role === "attending") wanted.push(...attendingAsks(input, outlook, assignment));
    }
  }
  // One by one: a hospital can have more of them than a call takes arguments.
  for (const nudge of weeklyNudges(input, outlook)) wanted.push(nudge);
  wanted.sort((a, b) => a.dueAt - b.dueAt || compare(a.person, b.person) || compare(a.subject, b.subject));
  return capped(wanted, input.program.policy, input.zone);
}

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

function residentAsks(
  { program: { policy } }: PlanInput,
  outlook: Outlook,
  shift: Assignment,
): readonly PlannedNudge[] {
  const days = outlook.daysOf(shift.person);
  // Coming straight from another shift, the goal waits for its end: no message mid-shift.
  const goalAt = afterDuty(days, later(shift.start, -policy.goalLead));
  const goalEnds = earliest(later(shift.start, policy.goalWindow), shift.end);
  const asks = [ask("shift-goal", shift, earliest(goalAt, shift.start), goalEnds)];
  if (outlook.overlapsOf(shift).length > 0) asks.push(debrief(days, shift, policy.debriefWindow));
  return asks.filter((one) => !isAway(days, one.dueAt));
}

function attendingAsks(
  { program: { policy } }: PlanInput,
  outlook: Outlook,
  shift: Assignment,
): readonly PlannedNudge[] {
  const days = outlook.daysOf(shift.person);
  const overlaps = outlook.overlapsOf(shift);
  const [first] = overlaps;
  if (first === undefined) return NOBODY;
  const start = overlaps.reduce((least, one) => earliest(least, one.start), first.start);
  const end = overlaps.reduce((most, one) => (one.end > most ? one.end : most), first.end);
  return [ask("shift-plan", shift, start, end), debrief(days, shift, policy.debriefWindow)].filter(
    (one) => !isAway(days, one.dueAt),
  );
}

/** Each is asked when their own duty ends, since the partner may leave in the middle of it. */
function debrief(days: Days, shift: Assignment, window: number): PlannedNudge {
  const dueAt = afterDuty(days, shift.end);
  return ask("shift-debrief", shift, dueAt, later(dueAt, window));
}

const ask = (kind: NudgeKind, shift: Assignment, dueAt: Instant, expiresAt: Instant): PlannedNudge => ({
  kind,
  person: shift.person,
  subject: shift.id,
  dueAt,
  expiresAt,
});

const earliest = (a: Instant, b: Instant): Instant => (a < b ? a : b);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
