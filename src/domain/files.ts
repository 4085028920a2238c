import { DAY } from "./time.ts";

declare const fileBrand: unique symbol;
/** One version of a roster or people file. */
export type FileId = string & { readonly [fileBrand]: true };

/** What a file says: who is in the program, or one of its rosters, by its name in program.yaml. */
export type FilePart = "people" | `roster ${string}`;

export const PEOPLE: FilePart = "people";

const ROSTER = "roster ";

export const rosterPart = (name: string): FilePart => `${ROSTER}${name}`;

/** The name of a roster in program.yaml; undefined for the people. */
export const rosterNameOf = (part: FilePart): string | undefined =>
  part.startsWith(ROSTER) ? part.slice(ROSTER.length) : undefined;

/**
 * Why there is this version. `file`: the one that program.yaml names. `upload`: a coordinator gave it. `undo`: one that was in force
 * before is in force again.
 */
export type FileReason = "file" | "upload" | "undo";

/** For so long a version in force can be taken back by whoever coordinates the program. Milliseconds. */
export const UNDO = 7 * DAY;

/** For so long coordinators may still be told that a file has taken over; then the weekly digest has it. Milliseconds. */
export const TOLD_OF = 3 * DAY;

/** For so long a file that was given waits for somebody to apply it. Then it is forgotten, and can be given once more. Milliseconds. */
export const WAITS = 7 * DAY;
