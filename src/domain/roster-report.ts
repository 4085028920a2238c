import type { FileId, FileReason } from "./files.ts";
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
  /** The weekday beside a date is not that day's. */
  | "another-weekday"
  /** The header goes past a day, or past several. */
  | "missing-day"
  /** The same where the days stand one below the other. */
  | "missing-row"
  | "ambiguous-date"
  | "order"
  | "too-long"
  | "whole-day"
  | "unknown-code"
  /** The heading of a table with people's names: nothing says the hours of that duty. */
  | "unknown-duty"
  | "zone"
  | "two-readings"
  | "no-role"
  | "two-roles"
  | "not-their-role"
  | "meets-nothing"
  /** The calendar itself calls an entry tentative. */
  | "tentative"
  /** The words of a shift say that it is not sure yet. */
  | "not-sure"
  | "rule"
  | "no-start"
  | "broken-line"
  | "cut-short"
  | "column"
  | "hidden"
  | "no-column"
  | "not-a-roster"
  /** `text`: the line on which the other one begins. */
  | "two-tables"
  /** A name stands beside no day. */
  | "no-day"
  /** A note beside a day names somebody, or takes something back: that day is left out. */
  | "noted-day"
  /** A cell that was made one over several days or duties. */
  | "made-one"
  /** Names under no duty. */
  | "no-heading"
  /** Whoever works is still open. */
  | "open"
  | "no-month"
  | "which-sheet"
  /** Of a workbook with several months: a sheet that was not read. */
  | "hidden-sheet"
  | "empty-sheet"
  | "old-sheet"
  /** Days that stand on two sheets, which say different things of them. */
  | "days-twice"
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
  /** A name that nobody knows is told once: so many shifts hang on it, where it is more than one. */
  readonly shifts?: number;
  /** Whom such a name may mean, the likeliest first. */
  readonly nearest?: readonly PersonId[];
}

/** What one roster consists of: lines of a list, cells of a table of people and days, events of a calendar. */
export type AccountUnit = "line" | "cell" | "event";

/** Why something in a roster is neither duty nor leave, and no mistake. */
export type SkipRule =
  /** Above the header: what the table is called, when it was printed. */
  | "title"
  | "header"
  /** A row of weekdays, weeks or periods. */
  | "weekdays"
  /** The name, number or rank that a row begins with. */
  | "name"
  /** Totals at the edge of a table. */
  | "sum"
  /** A word of `skip:`. */
  | "skip"
  /** Taken back or replaced by another event of its calendar. */
  | "cancelled"
  /** Not published yet by whoever plans it. */
  | "draft"
  /** On days that are not near any rotation. */
  | "outside"
  /** Of somebody who is nothing on a shift: people.csv has them as coordinator alone. */
  | "coordinator"
  /** A code that stands for nothing, such as the morning after a night. */
  | "nothing";

/** How much of one roster became what. The numbers add up to what stands in it. */
export interface RosterAccount {
  /** The file, or what a feed is called. */
  readonly name: string;
  readonly unit: AccountUnit;
  readonly read: number;
  readonly skipped: Readonly<Partial<Record<SkipRule, number>>>;
  readonly leftOut: number;
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
  /** What became of everything in each roster; a report that an older version wrote down has none. */
  readonly accounts?: readonly RosterAccount[];
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
  /** What it is that cannot be read, where that is no roster's file. */
  readonly of?: "feed" | "people";
  /** It can be read, but shifts are missing in it. */
  readonly doubt?: RosterDoubt;
}

/** Which version of a file is in force. */
export interface FileStanding {
  readonly id: FileId;
  /** "people", or "roster" and its name in program.yaml. */
  readonly part: string;
  readonly name: string;
  readonly at: Instant;
  /** Who applied it. Nobody: an operator has put it in its place. */
  readonly by?: PersonId;
  readonly why: FileReason;
  /** Another version was in force before it. */
  readonly replaces: boolean;
}

/** How the program's rosters stand. */
export interface RosterState {
  readonly troubles: readonly RosterTrouble[];
  /** When each feed was last fetched, of those that ever were. */
  readonly fetched?: readonly Instant[];
  readonly report?: RosterReport;
  /** Versions that count in place of the files of program.yaml. */
  readonly files?: readonly FileStanding[];
}
