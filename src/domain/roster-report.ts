import type { PersonId } from "./person.ts";
import type { Assignment } from "./roster.ts";
import type { Instant } from "./time.ts";

/** What came of reading the rosters once. */
export interface RosterReport {
  readonly at: Instant;
  /** Shifts read, copies not counted. */
  readonly shifts: number;
  readonly copies: number;
  /** Residents and attendings with a shift, and how many there are. */
  readonly matched: number;
  readonly people: number;
  /** Each line that was left out: where it is and why. Never a feed's address. */
  readonly leftOut: readonly { readonly place: string; readonly reason: string }[];
  /** Residents and attendings without any shift that is still to come. */
  readonly withoutShifts: readonly PersonId[];
  /** Residents' coming shifts that overlap no attending for long enough. */
  readonly withoutAttending: readonly Assignment[];
}

/** A roster that cannot be had just now; what it said last stays in force. */
export interface RosterTrouble {
  readonly name: string;
  readonly since: Instant;
  /** When it was last read. */
  readonly lastGood?: Instant;
  readonly reason: string;
}

/** How the program's rosters stand. */
export interface RosterState {
  readonly troubles: readonly RosterTrouble[];
  readonly report?: RosterReport;
}
