import type { PersonId } from "./person.ts";
import { cleanLine, hiddenIn } from "./text.ts";
import type { Instant } from "./time.ts";

declare const assignmentBrand: unique symbol;
export type AssignmentId = string & { readonly [assignmentBrand]: true };

/** A person on a shift: a span of duty from the roster, which may cross midnight. `end` is exclusive. */
export interface Assignment {
  readonly id: AssignmentId;
  readonly person: PersonId;
  readonly start: Instant;
  readonly end: Instant;
  /** The shift's name as the roster has it ("Day", "準夜"); may be empty. */
  readonly label: string;
}

/** A person is away: nothing is sent, and duty in this time does not count. */
export interface Absence {
  readonly person: PersonId;
  readonly start: Instant;
  readonly end: Instant;
}

/** What a program's rosters say. */
export interface Roster {
  readonly assignments: readonly Assignment[];
  readonly absences: readonly Absence[];
}

export const assignmentId = (id: string): AssignmentId => id as AssignmentId;

/** The id for a newly read assignment. It stays when the same shift moves later. */
export const mintAssignmentId = (person: PersonId, start: Instant): AssignmentId =>
  `${person}@${new Date(start).toISOString().slice(0, 16)}Z` as AssignmentId;

/** A shift or an absence. */
interface Entry {
  readonly person: PersonId;
  readonly start: Instant;
  readonly end: Instant;
  readonly id?: string;
  readonly label?: string;
}

/** The longest label of a shift, in letters. A card can still show it. */
const LONGEST_LABEL = 200;

/** The last moment that a JavaScript date can express, in milliseconds from 1970 (ECMA-262, 21.4.1.1). */
const FARTHEST = 8.64e15;

/**
 * Separates entries of a roster that a database can store from those that it cannot. Labels are cleaned and cut. An entry is
 * refused if its id has characters that cannot be stored, or if its time is no valid moment. The others are not affected.
 */
export function storable<One extends Entry>(
  read: readonly One[],
): { readonly entries: readonly One[]; readonly refused: readonly One[] } {
  const labels = new Map<string, string>();
  const labelOf = (text: string): string => {
    const known = labels.get(text) ?? shortLabel(text);
    labels.set(text, known);
    return known;
  };
  const names = new Map<string, boolean>();
  const isName = (id: string): boolean => {
    const known = names.get(id) ?? canBeName(id);
    names.set(id, known);
    return known;
  };
  const entries: One[] = [];
  const refused: One[] = [];
  for (const one of read) {
    const hasNames = isName(one.person) && (one.id === undefined || canBeName(one.id));
    if (!hasNames || !isMoment(one.start) || !isMoment(one.end)) refused.push(one);
    else if (one.label === undefined || labelOf(one.label) === one.label) entries.push(one);
    else entries.push({ ...one, label: labelOf(one.label) });
  }
  return { entries, refused };
}

const canBeName = (id: string): boolean => id !== "" && hiddenIn(id) === undefined;

const isMoment = (at: number): boolean => Number.isInteger(at) && Math.abs(at) <= FARTHEST;

function shortLabel(text: string): string {
  const label = cleanLine(text);
  if (label.length <= LONGEST_LABEL) return label;
  const letters = [...label];
  return letters.length <= LONGEST_LABEL
    ? label
    : `${letters
        .slice(0, LONGEST_LABEL - 1)
        .join("")
        .trim()}…`;
}
