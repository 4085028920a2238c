import type { CheckInWeek } from "./check-in-week.ts";
import type { Person, PersonId } from "./person.ts";
import type { Program, Rotation } from "./program.ts";
import type { Absence, Assignment, Roster } from "./roster.ts";
import { DAY, later, dayNumber, type Instant, type DayNumber, type WeekNumber, type Zone } from "./time.ts";
import type { AccountQuestion } from "./unknown-accounts.ts";
import type { Wishes } from "./wishes.ts";

/** Everything that a plan depends on. The same input always gives the same plan. */
export interface PlanInput {
  readonly program: Program;
  readonly zone: Zone;
  readonly roster: Roster;
  readonly wishes: ReadonlyMap<PersonId, Wishes>;
  /** Whom the check-ins of a week are about, where that is picked already. */
  readonly checkIns?: ReadonlyMap<WeekNumber, CheckInWeek>;
  /** Accounts that are nobody's of the program, which its coordinators are asked about. */
  readonly questions?: readonly AccountQuestion[];
  /** Since when the program is set up, and whether it has started. Absent where it begins at once. */
  readonly beginning?: Beginning;
}

/** A person's duty and absences: they decide when a message that belongs to no shift may be sent. */
export interface Days {
  /** By start. */
  readonly assignments: readonly Assignment[];
  readonly absences: readonly Absence[];
  readonly pausedUntil?: Instant;
}

/** A roster as planning reads it: each person's days, and who is on duty together. Of those who take part, but for `everybody`. */
export interface Outlook {
  /** What it was worked out from. */
  readonly input: PlanInput;
  readonly daysOf: (person: PersonId) => Days;
  /** A person's shifts that are part of a rotation. */
  readonly shiftsOf: (person: PersonId) => readonly Assignment[];
  readonly overlaps: readonly Overlap[];
  readonly overlapsOf: (assignment: Assignment) => readonly Overlap[];
  /** People who can be asked, in the program's order. */
  readonly people: readonly Person[];
  readonly everybody: Everybody;
}

/** What the roster says about each person, also about those who take no part. For reports to the roster's owner. */
export interface Everybody {
  /** A person's duty, on a rotation or not. */
  readonly dutyOf: (person: PersonId) => readonly Assignment[];
  readonly shiftsOf: (person: PersonId) => readonly Assignment[];
  readonly overlapsOf: (shift: Assignment) => readonly Overlap[];
}

const NOBODY: readonly never[] = [];

/** Reads a roster for planning. Duty during an absence does not count, nor do people who take no part. */
export function outlookOf(input: PlanInput): Outlook {
  const { program, zone, roster, wishes } = input;
  const known = new Set(program.people.map(({ id }) => id));
  const isIn = (person: PersonId): boolean => wishes.get(person)?.out !== true;
  const absences = Map.groupBy(roster.absences, (one) => one.person);
  const counted = roster.assignments
    .filter((one) => known.has(one.person) && !isDuringAbsence(one, absences.get(one.person) ?? NOBODY))
    .toSorted((a, b) => a.start - b.start);
  const duty = Map.groupBy(counted, (one) => one.person);
  const isOnRotation = rotationCalendar(program, zone);
  const shifts = counted.filter(isOnRotation);
  const shiftsByPerson = Map.groupBy(shifts, (one) => one.person);
  const met = overlapsOf(shifts, program.policy.overlapMinimum);
  const areIn = ({ resident, attending }: Overlap): boolean =>
    isIn(resident.person) && isIn(attending.person);
  const isEverybodyIn = program.people.every(({ id }) => isIn(id));
  const overlaps = isEverybodyIn ? met : met.filter(areIn);
  const people = program.people.filter(({ id }) => isIn(id));
  const metBy = bySide(met);
  const overlapsBy = isEverybodyIn ? metBy : bySide(overlaps);
  const days = new Map<PersonId, Days>();
  for (const person of people) {
    const pausedUntil = wishes.get(person.id)?.pausedUntil;
    days.set(person.id, {
      assignments: duty.get(person.id) ?? NOBODY,
      absences: absences.get(person.id) ?? NOBODY,
      ...(pausedUntil === undefined ? {} : { pausedUntil }),
    });
  }
  const shiftsOf = (person: PersonId) => shiftsByPerson.get(person) ?? NOBODY;
  return {
    input,
    daysOf: (person) => days.get(person) ?? { assignments: NOBODY, absences: NOBODY },
    shiftsOf: (person) => (isIn(person) ? shiftsOf(person) : NOBODY),
    overlaps,
    overlapsOf: (assignment) => overlapsBy.get(assignment) ?? NOBODY,
    people,
    everybody: {
      dutyOf: (person) => duty.get(person) ?? NOBODY,
      shiftsOf,
      overlapsOf: (shift) => metBy.get(shift) ?? NOBODY,
    },
  };
}

function bySide(overlaps: readonly Overlap[]): ReadonlyMap<Assignment, readonly Overlap[]> {
  const found = new Map<Assignment, Overlap[]>();
  for (const overlap of overlaps) {
    for (const side of [overlap.resident, overlap.attending]) {
      const known = found.get(side);
      if (known === undefined) found.set(side, [overlap]);
      else known.push(overlap);
    }
  }
  return found;
}

const isDuringAbsence = (one: Assignment, absences: readonly Absence[]): boolean =>
  absences.some((away) => away.start <= one.start && one.start < away.end);

/** The time that one resident and one attending are on duty together. */
export interface Overlap {
  readonly resident: Assignment;
  readonly attending: Assignment;
  readonly start: Instant;
  readonly end: Instant;
}

/** The time that two assignments have in common; undefined if there is none. */
export function together(a: Assignment, b: Assignment): { start: Instant; end: Instant } | undefined {
  const start = a.start > b.start ? a.start : b.start;
  const end = a.end < b.end ? a.end : b.end;
  return start < end ? { start, end } : undefined;
}

/**
 * Every overlap of a resident with an attending of at least `minimum` milliseconds, ordered by the resident's start and then
 * the attending's. This is the only source of pairs: nobody enters them by hand. Nobody is a pair with themselves, in
 * whatever roles two of their shifts are.
 */
export function overlapsOf(assignments: readonly Assignment[], minimum: number): readonly Overlap[] {
  const byStart = assignments.toSorted((a, b) => a.start - b.start);
  const residents = byStart.filter((one) => one.role === "resident");
  const attendings = byStart.filter((one) => one.role === "attending");
  const longest = attendings.reduce((most, one) => Math.max(most, one.end - one.start), 0);
  const found: Overlap[] = [];
  let first = 0;
  for (const resident of residents) {
    // An attending who started longer ago than the longest shift lasts is not on duty any more.
    while (first < attendings.length && attendings[first]!.start + longest <= resident.start) first++;
    for (let i = first; i < attendings.length && attendings[i]!.start < resident.end; i++) {
      const attending = attendings[i]!;
      if (attending.person === resident.person) continue;
      const span = together(resident, attending);
      if (span !== undefined && span.end - span.start >= minimum)
        found.push({ resident, attending, ...span });
    }
  }
  return found;
}

/** Of whom the list of people says which rotations are theirs. */
const ownRotations = new WeakMap<Program["people"], ReadonlyMap<PersonId, readonly string[]>>();

/** Whether a resident is on a rotation: as the list of people says, and where it says nothing, as the program has it. */
function isOn({ people }: Program, { name, residents }: Rotation): (resident: PersonId) => boolean {
  const own =
    ownRotations.get(people) ??
    new Map(people.flatMap((one) => (one.rotations === undefined ? [] : [[one.id, one.rotations] as const])));
  ownRotations.set(people, own);
  return (resident) => own.get(resident)?.includes(name) ?? residents?.includes(resident) ?? true;
}

/**
 * Whether an assignment is part of a rotation: as a resident, a rotation of their own; as an attending, any rotation of
 * that day. Attune asks nothing about other assignments in the roster.
 */
export function rotationCalendar(
  program: Program,
  zone: Zone,
): (assignment: Pick<Assignment, "person" | "start" | "role">) => boolean {
  const spans = program.rotations.map((one) => ({
    start: zone.at(dayNumber(one.from), 0),
    end: zone.at(dayNumber(one.to) + 1, 0),
    has: isOn(program, one),
  }));
  return ({ person, start, role }) =>
    spans.some(
      (span) => span.start <= start && start < span.end && (role !== "resident" || span.has(person)),
    );
}

/** The rotation of a resident on a local day. */
export function rotationOn(program: Program, resident: PersonId, day: DayNumber): Rotation | undefined {
  return program.rotations.find(
    (one) => dayNumber(one.from) <= day && day <= dayNumber(one.to) && isOn(program, one)(resident),
  );
}

/** The rotation that a resident is on on a local day; else the last one of theirs that has ended. */
export function latestRotation(program: Program, resident: PersonId, day: DayNumber): Rotation | undefined {
  const ended = program.rotations
    .filter((one) => dayNumber(one.to) < day && isOn(program, one)(resident))
    .toSorted((a, b) => dayNumber(a.to) - dayNumber(b.to));
  return rotationOn(program, resident, day) ?? ended.at(-1);
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

/** How a program that waits for a coordinator's Start stands. */
export interface Beginning {
  /** When Attune saw it first. */
  readonly since: Instant;
  readonly started?: Started;
}

/** That it has started: when, and who said so. Without both it had begun before Attune asked for it. */
export interface Started {
  readonly at?: Instant;
  /** A coordinator; without it, an operator. */
  readonly by?: PersonId;
}

/** Whether nobody but coordinators is to hear of it yet. */
export const isWaitingForStart = (beginning: Beginning | undefined): boolean =>
  beginning !== undefined && beginning.started === undefined;
