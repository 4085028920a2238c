import type { Person, PersonId } from "#src/domain/person.ts";
import type { Instant } from "#src/domain/time.ts";
import type { Zone } from "#src/domain/zone.ts";
import type { Dialect } from "./dialect.ts";
import type { RosterProblem } from "./problem.ts";

/** One roster as text, whatever it came from. */
export interface RosterText extends Dialect {
  /** What problems call it. */
  readonly file: string;
  readonly text: string;
  /** Everything in it is about this person. */
  readonly person?: PersonId;
}

/** What a reader must know of the site that a roster is for. */
export interface ReadingContext {
  readonly people: readonly Person[];
  /** The zone of times that name none. */
  readonly zone: Zone;
  /** Only what touches [from, to) is read: a rule without an end would have no end otherwise. */
  readonly horizon: { readonly from: Instant; readonly to: Instant };
}

/** Something that a roster says of one person. */
export interface RosterEntry {
  readonly kind: "duty" | "absence";
  readonly person: PersonId;
  readonly start: Instant;
  /** Exclusive. */
  readonly end: Instant;
  readonly label: string;
}

export interface RosterReading {
  readonly entries: readonly RosterEntry[];
  /** What was left out, and why. */
  readonly notUnderstood: readonly RosterProblem[];
  /** Nothing at all could be read: an empty `entries` then says nothing about the roster. */
  readonly unreadable?: true;
  /** The end is missing: what is not in it may have been in the part that was cut off. */
  readonly incomplete?: true;
}

/** Pure: text in, entries out. What cannot be read is reported; nothing is guessed. */
export type RosterReader = (source: RosterText, context: ReadingContext) => RosterReading;

/** More than two days on end is no shift; it is a block that somebody drew across days. */
export const LONGEST_SHIFT_HOURS = 48;
