import type { Person, PersonId, ShiftRole } from "#src/domain/person.ts";
import type { RosterAccount, SkipRule } from "#src/domain/roster-report.ts";
import type { Instant, Zone } from "#src/domain/time.ts";
import type { Dialect } from "./dialect.ts";
import type { RosterProblem } from "./problem.ts";

/** Every format that program.yaml may name. Its reader stands in formats.ts, which only the thread loads that reads. */
export const ROSTER_FORMATS = ["icalendar", "csv", "amion-619", "amion-625c", "matrix", "qgenda"] as const;

export type RosterFormat = (typeof ROSTER_FORMATS)[number];

/** One roster as text, whatever it came from. */
export interface RosterText extends Dialect {
  /** What problems call it. */
  readonly file: string;
  readonly text: string;
  /** It was a sheet of a workbook: whole numbers of five digits are days there, where a day is expected. */
  readonly isSheet?: true;
  /** How many columns each cell has that was made one across, by line and column: "3,2" is C3. */
  readonly across?: ReadonlyMap<string, number>;
  /** What that sheet is called: it may name the month. */
  readonly sheetName?: string;
  /** Everything in it is about this person. */
  readonly person?: PersonId;
}

/** What a reader must know about the program that a roster is for. */
export interface ReadingContext {
  readonly people: readonly Person[];
  /** The zone of times that name none. */
  readonly zone: Zone;
  /** Only what touches [from, to) is read: a rule without an end would have no end otherwise. */
  readonly horizon: { readonly from: Instant; readonly to: Instant };
  /** The ledger is wanted thing by thing, beside its counts. */
  readonly inFull?: boolean;
}

/** A shift, in one role, or time away. */
export type Stay =
  | {
      readonly kind: "duty";
      readonly role: ShiftRole;
      /** The roster says the role, or program.yaml does of it; without that, it is the usual one. */
      readonly isStated?: true;
    }
  | { readonly kind: "absence" };

/** Something that a roster says of one person. */
export type RosterEntry = Stay & Said;

interface Said {
  readonly person: PersonId;
  readonly start: Instant;
  /** Exclusive. */
  readonly end: Instant;
  readonly label: string;
}

/** Where something stands in a roster; lines are counted from 1. */
export interface Place {
  readonly line?: number;
  /** A column, a cell ("C7") or a property. */
  readonly field?: string;
}

/** One thing that stands in a roster, with what became of it. */
export type Accounted = Place &
  (
    | { readonly fate: "read"; readonly entries: readonly RosterEntry[] }
    | { readonly fate: "skipped"; readonly rule: SkipRule }
    | { readonly fate: "left out"; readonly reason: string }
  );

/** A roster's books: what stands in it is read, skipped by a rule or left out, each thing once. */
export interface Accounts {
  readonly counts: Omit<RosterAccount, "name">;
  /** Everything in the file's order; empty unless it was asked for. */
  readonly list: readonly Accounted[];
}

interface Period {
  readonly from: Instant;
  readonly to: Instant;
}

export interface RosterReading {
  readonly entries: readonly RosterEntry[];
  /** What was left out, and why. */
  readonly notUnderstood: readonly RosterProblem[];
  /** What became of everything that stands in it; undefined where nothing could be looked at. */
  readonly accounts?: Accounts;
  /** Whole days, the last one exclusive, that it speaks about even where nobody works; a list of shifts cannot say. */
  readonly covers?: Period & { readonly without?: readonly Period[] };
  /** Nothing at all could be read: an empty `entries` then says nothing about the roster. */
  readonly unreadable?: true;
  /** The end is missing: what is not in it may have been in the part that was cut off. */
  readonly incomplete?: true;
}

/** Pure: text in, entries out. What cannot be read is reported; nothing is guessed. */
export type RosterReader = (source: RosterText, context: ReadingContext) => RosterReading;

/** More than two days on end is no shift; it is a block that somebody drew across days. */
export const LONGEST_SHIFT_HOURS = 48;
