import type { PersonId } from "./person.ts";
import type { Assignment } from "./roster.ts";
import type { Instant } from "./time.ts";

/** Why a line of a roster was left out, whatever the language of whoever reads it. */
export interface LeftOutReason {
  readonly code: LeftOutCode;
  /** What stands in the roster. */
  readonly text?: string;
  /** Whom it is about, or whom it could mean. */
  readonly people?: readonly PersonId[];
  readonly at?: Instant;
}

export type LeftOutCode =
  | "nobody"
  | "ambiguous"
  | "empty"
  | "no-time"
  | "no-date"
  | "ambiguous-date"
  | "order"
  | "too-long"
  | "whole-day"
  | "unknown-code"
  | "zone"
  | "rule"
  | "no-start"
  | "broken-line"
  | "cut-short"
  | "column"
  | "no-column"
  | "not-a-roster"
  | "no-month"
  | "letters"
  | "not-fetched"
  | "not-there"
  | "too-much"
  | "more"
  | "doubled";

/** One line that was left out. */
export interface LeftOut {
  /** The file and the line, "roster.csv:7". Never a feed's address. */
  readonly place: string;
  /** For operators, in English. */
  readonly reason: string;
  readonly why: LeftOutReason;
}

/** What came of reading the rosters once. */
export interface RosterReport {
  readonly at: Instant;
  /** Shifts read, copies not counted. */
  readonly shifts: number;
  readonly copies: number;
  /** Residents and attendings with a shift, and how many there are. */
  readonly matched: number;
  readonly people: number;
  readonly leftOut: readonly LeftOut[];
  /** Residents and attendings without any shift that is still to come. */
  readonly withoutShifts: readonly PersonId[];
  /** Residents' coming shifts that overlap no attending for long enough. */
  readonly withoutAttending: readonly Assignment[];
}

/** Shifts to come that a reading takes away, and that it is not believed of. */
export interface RosterDoubt {
  /** Lines name nobody; too many go at once; or people.csv lacks people who have shifts. */
  readonly why: "names" | "many" | "people";
  /** Whose they are. */
  readonly people: readonly PersonId[];
  readonly shifts: number;
  /** Of so many in all. */
  readonly coming: number;
}

/** A roster that cannot be had just now, or is not believed; what it said last stays in force. */
export interface RosterTrouble {
  readonly name: string;
  readonly since: Instant;
  /** When it was last read. */
  readonly lastGood?: Instant;
  /** For operators, in English. */
  readonly reason: string;
  /** It does not go away by itself: an address was renewed, a file is gone. */
  readonly mend?: true;
  /** It can be read, and what it takes away is in doubt. */
  readonly doubt?: RosterDoubt;
}

/** How the program's rosters stand. */
export interface RosterState {
  readonly troubles: readonly RosterTrouble[];
  readonly report?: RosterReport;
}
