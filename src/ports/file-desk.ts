import type { PersonId } from "../domain/person.ts";
import type { LeftOutReason } from "../domain/roster-report.ts";
import type { Absence, Assignment } from "../domain/roster.ts";
import type { FilePart } from "../domain/files.ts";
import type { FileAbout, KeptFile } from "./files.ts";

/** What a shift file changes for one person: shifts to come, and what was moved. */
export interface PersonsShifts {
  readonly person: PersonId;
  readonly added: readonly Assignment[];
  readonly removed: readonly Assignment[];
  readonly moved: readonly { readonly from: Assignment; readonly to: Assignment }[];
  /** Leave that comes, and leave that is taken back. */
  readonly away: readonly Absence[];
  readonly back: readonly Absence[];
}

/** A name of a roster that nobody in the program has. */
export interface UnknownName {
  readonly name: string;
  readonly shifts: number;
  /** Whom it may mean, the likeliest first. */
  readonly nearest: readonly PersonId[];
}

interface Compared {
  /** The place of the version in force that it was compared with; 0: what program.yaml names. */
  readonly over: number;
  /** Of all that it would change: another one where anything has changed since. */
  readonly digest: string;
}

/** What a roster file would change. */
export interface RosterDifference extends Compared {
  readonly kind: "roster";
  readonly shifts: number;
  readonly people: number;
  /** "2026-12", in order. */
  readonly months: readonly string[];
  readonly changes: readonly PersonsShifts[];
  readonly unknown: readonly UnknownName[];
  /** What else was left out, and why. */
  readonly leftOut: readonly { readonly place: string; readonly why: LeftOutReason }[];
  /** More than a quarter of the coming shifts would go, or all of somebody's. */
  readonly large?: { readonly lost: number; readonly coming: number; readonly people: readonly PersonId[] };
}

/** What a people file would change. Names as the file has them: who joins is nobody's yet. */
export interface PeopleDifference extends Compared {
  readonly kind: "people";
  readonly people: number;
  readonly joined: readonly string[];
  /** With how many shifts to come. */
  readonly left: readonly { readonly name: string; readonly shifts: number }[];
  readonly renamed: readonly { readonly from: string; readonly to: string }[];
  /** Another e-mail or account. */
  readonly moved: readonly string[];
  readonly recast: readonly { readonly name: string; readonly roles: string }[];
  readonly large: boolean;
}

export type FileDifference =
  | RosterDifference
  | PeopleDifference
  /** Nothing of it can be used; each with its place. */
  | { readonly kind: "unreadable"; readonly problems: readonly UnreadablePart[] }
  /** Nobody whom it names is in this program. */
  | { readonly kind: "strangers"; readonly names: readonly string[] }
  /** It can be read in several ways, and one has to be chosen. */
  | { readonly kind: "question"; readonly ask: "sheet" | "month"; readonly choices: readonly string[] };

export interface UnreadablePart {
  readonly place: string;
  /** For rosters, whose reasons each language has. */
  readonly why?: LeftOutReason;
  /** For people.csv: what was found and expected. */
  readonly text?: string;
}

/** Which part a file may be. */
export type Recognised =
  | { readonly kind: "part"; readonly part: FilePart }
  /** Several rosters could be meant, by their names in program.yaml. */
  | { readonly kind: "several"; readonly parts: readonly FilePart[] }
  /** All rosters are fetched from where they are published. */
  | { readonly kind: "feeds"; readonly names: readonly string[] };

/** One change of the list of people. */
export type PeopleEdit =
  | { readonly kind: "add"; readonly name: string; readonly roles: string; readonly email: string }
  | {
      readonly kind: "set";
      readonly person: PersonId;
      readonly field: "name" | "role" | "email";
      readonly value: string;
    }
  /** Their time in the program is over. */
  | { readonly kind: "end"; readonly person: PersonId };

/** Reads files that coordinators give, apart from everything else and within limits, and compares them with what is in force. */
export interface FileDesk {
  recognise(name: string, bytes: Uint8Array): Recognised;
  /** The same for the same bytes. */
  fingerprint(bytes: Uint8Array): string;
  /** How a part's files are read beyond program.yaml: what was settled with the version in force stays so. */
  readingOf(part: FilePart): FileAbout["reading"];
  /** Whether these bytes are in force already. */
  isInForce(part: FilePart, fingerprint: string): Promise<boolean>;
  /** Reads a version that is kept, and compares. */
  compare(file: KeptFile): Promise<FileDifference>;
  /** The list of people with this change, as a file; undefined where the person is not in it. */
  editPeople(edit: PeopleEdit): Promise<{ readonly name: string; readonly bytes: Uint8Array } | undefined>;
  /** Makes sure that there is something to go back to. Resolves to the place of the version in force. */
  firstVersion(part: FilePart): Promise<number>;
}
