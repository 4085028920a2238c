import type { PersonId } from "./person.ts";
import type { Assignment } from "./roster.ts";
import type { Instant } from "./time.ts";

/** Why a line of a roster was left out, as codes and values: each language makes its own sentence. */
export interface LeftOutReason {
  readonly code: LeftOutCode;
  /** What stands in the roster. */
  readonly text?: string;
  /** The people it is about, or could be about. */
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

/** The result of reading the rosters once. */
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

/** Future shifts that are missing in a newly read roster. Probably a mistake, so they stay until an operator confirms. */
export interface RosterDoubt {
  /** `names`: lines with unknown names. `many`: too many shifts are missing. `people`: people with shifts are not in people.csv. */
  readonly why: "names" | "many" | "people";
  /** Whose shifts they are. */
  readonly people: readonly PersonId[];
  readonly shifts: number;
  /** How many future shifts there are in all. */
  readonly coming: number;
}

/** A roster that cannot be read at the moment, or whose changes are in doubt. What it said before stays in force. */
export interface RosterTrouble {
  readonly name: string;
  readonly since: Instant;
  /** When it was last read. */
  readonly lastGood?: Instant;
  /** For operators, in English. */
  readonly reason: string;
  /** An operator has to act: the address has changed, or the file is gone. */
  readonly mend?: true;
  /** It can be read, but shifts are missing in it. */
  readonly doubt?: RosterDoubt;
}

/** How the program's rosters stand. */
export interface RosterState {
  readonly troubles: readonly RosterTrouble[];
  readonly report?: RosterReport;
}
