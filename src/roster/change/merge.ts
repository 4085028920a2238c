import { outlookOf, type Outlook } from "#src/domain/outlook.ts";
import type { RosterUpdate } from "#src/ports/roster.ts";
import type { PersonId } from "#src/domain/person.ts";
import { type Absence, type Assignment, type AssignmentId, type Roster } from "#src/domain/roster.ts";
import type { Instant } from "#src/domain/time.ts";
import type { RosterChange } from "#src/ports/store.ts";
import { storable } from "#src/domain/text.ts";
import type { RosterEntry } from "../text/reader.ts";
import { NO_SOURCES, takesBack, type Sources, type ReadingWindow, type TakesBack } from "./coverage.ts";

/**
 * What must change so that the stored roster says what was read. A shift that moved keeps its id: its
 * nudges and replies hang on it. One that is worked in another role is another shift: its asks are others, and what was
 * said about it before stays with the old one. What is over at `now` is history and stays. `absences` is the whole list as
 * it is to be. Reading the same roster again changes nothing (see `changesNothing`).
 *
 * @param sources which roster said what, before and now; without them `windows` alone say what is off
 */
export function rosterChange(
  stored: Roster,
  found: readonly RosterEntry[],
  windows: readonly ReadingWindow[],
  now: Instant,
  sources: Sources = NO_SOURCES,
): RosterChange {
  // One entry that no database can keep would stop all others for ever: the readers have named it.
  const read = storable(found).entries;
  const duties = read.filter(isDuty);
  const readOf = Map.groupBy(duties, (duty) => duty.person);
  const storedOf = Map.groupBy(stored.assignments, (assignment) => assignment.person);
  const taken = new Set(stored.assignments.map((assignment) => assignment.id));
  const added: Assignment[] = [];
  const moved: { from: Assignment; to: Assignment }[] = [];
  const removed: Assignment[] = [];
  const off = takesBack(windows, sources, now);

  for (const person of new Set([...storedOf.keys(), ...readOf.keys()])) {
    const pairs = matched(inOrder(storedOf.get(person)), distinct(inOrder(readOf.get(person))));
    const fresh = [...pairs.unknown];
    for (const { from, duty } of pairs.matches) {
      const { start, end, label, role } = duty;
      if (from.end <= now || isSame(from, duty)) continue;
      if (from.role === role) moved.push({ from, to: { ...from, start, end, label } });
      else {
        removed.push(from);
        fresh.push(duty);
      }
    }
    for (const { start, end, label, role } of fresh) {
      added.push({ id: freeId(person, start, taken), person, start, end, label, role });
    }
    const continues = pairs.matches.some(({ from }) => from.start > now);
    removed.push(...pairs.unread.filter((one) => off.shift(one, continues)));
  }
  return { added, moved, removed, absences: absencesAfter(stored, read, off) };
}

/** The change leaves the stored roster as it is. */
export function changesNothing(change: RosterChange, stored: Roster): boolean {
  const key = (one: Absence): string => `${one.person} ${one.start} ${one.end}`;
  const before = new Set(stored.absences.map(key));
  const after = new Set(change.absences.map(key));
  return (
    change.added.length + change.moved.length + change.removed.length === 0 &&
    before.size === after.size &&
    [...after].every((one) => before.has(one))
  );
}

/** A change of the roster, with the roster as planning reads it once the change is made. */
export const updateOf = (before: Outlook, change: RosterChange): RosterUpdate => ({
  change,
  after: outlookOf({ ...before.input, roster: changed(before.input.roster, change) }),
});

/** The roster once a change is made, as the store makes it: in the same order, too. */
function changed(roster: Roster, { added, moved, removed, absences }: RosterChange): Roster {
  const gone = new Set([...removed, ...moved.map(({ from }) => from)].map((one) => one.id));
  const kept = roster.assignments.filter((one) => !gone.has(one.id));
  const assignments = [...kept, ...moved.map(({ to }) => to), ...added].toSorted(
    (a, b) => a.start - b.start || order(a.id, b.id),
  );
  return {
    assignments,
    absences: absences.toSorted((a, b) => a.start - b.start || order(a.person, b.person)),
  };
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

type Duty = Extract<RosterEntry, { readonly kind: "duty" }>;

const isDuty = (entry: RosterEntry): entry is Duty => entry.kind === "duty";

interface Matches {
  readonly matches: readonly { readonly from: Assignment; readonly duty: Duty }[];
  readonly unread: readonly Assignment[];
  readonly unknown: readonly Duty[];
}

/**
 * Which stored shift a read one is, of one person: the very same, else the same start, else one that shares time.
 * Both are in order, so each pass walks through both once.
 */
function matched(stored: readonly Assignment[], read: readonly Duty[]): Matches {
  const matches: { from: Assignment; duty: Duty }[] = [];
  let [unread, unknown] = [stored, read];
  for (const order of [byTime, byStart]) {
    const found = inStep(unread, unknown, order);
    matches.push(...found.matches);
    [unread, unknown] = [found.unread, found.unknown];
  }
  const taken = new Set<Assignment>();
  let first = 0;
  unknown = unknown.filter((duty) => {
    // What has ended before this duty shares no time with a later one either.
    for (; first < unread.length && unread[first]!.end <= duty.start; first += 1);
    for (let index = first; index < unread.length && unread[index]!.start < duty.end; index += 1) {
      const from = unread[index]!;
      if (taken.has(from) || from.end <= duty.start) continue;
      matches.push({ from, duty });
      taken.add(from);
      return false;
    }
    return true;
  });
  return { matches, unread: unread.filter((one) => !taken.has(one)), unknown };
}

interface Times {
  readonly start: Instant;
  readonly end: Instant;
}

const byStart = (one: Times, other: Times): number => one.start - other.start;
const byTime = (one: Times, other: Times): number => one.start - other.start || one.end - other.end;

const inOrder = <One extends Times>(some: readonly One[] = []): readonly One[] => some.toSorted(byTime);

/** What is alike in two lists that are both in this order. */
function inStep(
  stored: readonly Assignment[],
  read: readonly Duty[],
  order: (one: Times, other: Times) => number,
): Matches {
  const matches: { from: Assignment; duty: Duty }[] = [];
  const unread: Assignment[] = [];
  const unknown: Duty[] = [];
  let [here, there] = [0, 0];
  while (here < stored.length && there < read.length) {
    const [from, duty] = [stored[here]!, read[there]!];
    const step = order(from, duty);
    if (step === 0) matches.push({ from, duty });
    if (step < 0) unread.push(from);
    if (step > 0) unknown.push(duty);
    if (step <= 0) here += 1;
    if (step >= 0) there += 1;
  }
  return { matches, unread: [...unread, ...stored.slice(here)], unknown: [...unknown, ...read.slice(there)] };
}

const isSame = (one: Assignment, other: Duty): boolean =>
  one.start === other.start && one.end === other.end && one.label === other.label && one.role === other.role;

/** One shift is often in two files; the first label that says something stays. `duties` are in order. */
function distinct(duties: readonly Duty[]): readonly Duty[] {
  const found: Duty[] = [];
  for (const duty of duties) {
    const before = found.at(-1);
    if (before === undefined || byTime(before, duty) !== 0) found.push(duty);
    else if (before.label === "" && duty.label !== "") found[found.length - 1] = duty;
  }
  return found;
}

/** A moved shift keeps the id of its old start; a new shift at that start needs another. */
function freeId(person: PersonId, start: Instant, taken: Set<AssignmentId>): AssignmentId {
  const plain = mintAssignmentId(person, start);
  let id = plain;
  for (let copy = 2; taken.has(id); copy += 1) id = `${plain}~${copy}` as AssignmentId;
  taken.add(id);
  return id;
}

/** Absences have no id: what was read, and of the stored ones what this reading does not speak about. */
function absencesAfter(stored: Roster, read: readonly RosterEntry[], off: TakesBack): readonly Absence[] {
  const kept = stored.absences.filter((one) => !off.absence(one));
  const found = read.filter((entry) => entry.kind === "absence");
  const all = [...kept, ...found].map(({ person, start, end }) => ({ person, start, end }));
  const distinctOnes = new Map(all.map((one) => [`${one.person} ${one.start} ${one.end}`, one]));
  return [...distinctOnes.values()].toSorted((a, b) => a.start - b.start || (a.person < b.person ? -1 : 1));
}

/** The id for a newly read assignment. It stays when the same shift moves later. */
export const mintAssignmentId = (person: PersonId, start: Instant): AssignmentId =>
  `${person}@${new Date(start).toISOString().slice(0, 16)}Z` as AssignmentId;
