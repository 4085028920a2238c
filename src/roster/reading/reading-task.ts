import type { Program } from "#src/domain/program.ts";
import type { PeopleSheet } from "../sheets/people-sheets.ts";
import type { RosterProblem } from "../text/problem.ts";
import type { RosterReading } from "../text/reader.ts";
import type { RosterSource } from "#src/roster/reading/source.ts";

/** One outside file to be read, as plain data: it goes to a thread of its own. */
export interface ReadingTask {
  readonly source: RosterSource;
  /** The pages that were fetched; without them the source's own file is read. */
  readonly pages?: readonly Uint8Array[];
  /** The ledger is wanted thing by thing. */
  readonly inFull?: true;
  /** Not shifts are wanted, but the sheets of a workbook that list people. */
  readonly wants?: "people";
  readonly program: Pick<Program, "people" | "timeZone" | "rotations">;
}

/** What came of it. */
export interface SourceRead {
  readonly reading: RosterReading;
  /** Changes when the text does. */
  readonly fingerprint: string;
  /** Why there is no reading at all: nothing is known of what the source says now, and what it said last stays. */
  readonly refused?: Refusal;
  /** Where they were wanted. */
  readonly people?: readonly PeopleSheet[];
}

export interface Refusal {
  readonly problem: RosterProblem;
  /** It may go better later with the very same file: the machine was busy. */
  readonly passes?: true;
}

/** How far a thread is for which somebody waits at the flag. */
export const FLAG = { opening: 0, reading: 1, done: 2 } as const;

/** Where outside files are read: apart from everything else, within limits of time, memory and size. */
export interface ReadingRoom {
  /** Never rejects: what exceeds a limit, or makes the reader fail, is refused by name. */
  read(task: ReadingTask): Promise<SourceRead>;
}

/** A source about which nothing is known. */
export const refused = (problem: RosterProblem, passes?: true): SourceRead => ({
  reading: { entries: [], notUnderstood: [problem], unreadable: true },
  fingerprint: `refused: ${problem.message}`,
  refused: { problem, ...(passes && { passes }) },
});

/** The error's text could quote the roster: its kind must do. */
export const failed = (file: string, kind: string): RosterProblem => ({
  file,
  message: `the reader failed on it (${kind})`,
  todo: "export it again; if that does not help, tell whoever maintains Attune",
  why: { code: "not-there" },
});
