import type { Locale } from "../domain/locale.ts";
import type { PeopleChange } from "../domain/people-change.ts";
import type { PeopleMistake } from "../domain/people-mistake.ts";
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
  readonly fingerprint: string;
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

/** Somebody's rotations; none: as the program has it. */
interface InRotations {
  readonly name: string;
  readonly rotations: readonly string[];
}

/** Somebody who is in the list under another id than before. */
interface Renumbered {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/** What a people file would change, by what `PeopleChange` tells. Names as the file has them: who joins is nobody's yet. */
export interface PeopleDifference extends Compared, Readonly<Record<keyof PeopleChange, readonly unknown[]>> {
  readonly kind: "people";
  readonly people: number;
  readonly joined: readonly (InRotations & { readonly roles: string })[];
  /** With how many shifts to come. */
  readonly left: readonly { readonly name: string; readonly shifts: number }[];
  readonly renamed: readonly { readonly from: string; readonly to: string }[];
  /** Another name in Latin letters, or none any more. */
  readonly inLatin: readonly { readonly name: string; readonly nameEn: string | undefined }[];
  /** Another e-mail or account. */
  readonly moved: readonly string[];
  readonly recast: readonly { readonly name: string; readonly roles: string }[];
  readonly inLanguage: readonly { readonly name: string; readonly locale: Locale }[];
  readonly rotated: readonly InRotations[];
  /** Whose id may have been somebody else's. `isKeptOut`: somebody has answered under it, so nothing would be sent to it or shown. */
  readonly others: readonly {
    readonly id: PersonId;
    readonly name: string;
    readonly before?: string;
    readonly isKeptOut: boolean;
  }[];
  readonly renumbered: readonly Renumbered[];
  /** Whom neither an e-mail nor an account would reach any more. */
  readonly unreached: readonly { readonly id: PersonId; readonly name: string }[];
  /** Many leave, or somebody with shifts to come. */
  readonly large: boolean;
}

export interface ShiftCounts {
  readonly added: number;
  readonly removed: number;
  readonly moved: number;
}

/** What a version in force has changed, in numbers. */
export type FileCounts =
  | ({ readonly kind: "roster" } & ShiftCounts)
  /** `changed`: who is in both lists, with something else in their row. */
  | { readonly kind: "people"; readonly joined: number; readonly left: number; readonly changed: number }
  /** It has mistakes: who is in the program is as it was. */
  | { readonly kind: "mistakes" };

export type FileDifference =
  | RosterDifference
  | PeopleDifference
  /** Nothing of it can be used; each with its place. */
  | { readonly kind: "unreadable"; readonly problems: readonly UnreadablePart[] }
  /** Nobody whom it names is in this program. */
  | { readonly kind: "strangers"; readonly names: readonly string[] }
  /** Of a list of people: those whom it has in common with the program have other ids in it. */
  | { readonly kind: "other-ids"; readonly people: readonly Renumbered[] }
  /** It can be read, and none of its shifts is in a rotation of the program: another month's, say. */
  | { readonly kind: "no-shifts" }
  /** It can be read in several ways, and one has to be chosen. */
  | {
      readonly kind: "question";
      readonly ask: "sheet" | "people-sheet" | "month";
      readonly choices: readonly string[];
    };

/** What of a file cannot be used, where it is, and why. */
export type UnreadablePart = { readonly place: string } & (
  | { readonly why: LeftOutReason }
  /** Of a list of people. `column`: as the file spells it. */
  | { readonly mistake: PeopleMistake; readonly column?: string }
);

/** Which part a file may be, and its bytes as they are kept: of a list of people in a workbook, its sheet as CSV. */
export type Recognised =
  | { readonly kind: "part"; readonly part: FilePart; readonly bytes: Uint8Array }
  | Extract<FileDifference, { kind: "unreadable" }>
  /** Several rosters could be meant, by their names in program.yaml. */
  | { readonly kind: "several"; readonly parts: readonly FilePart[] }
  /** All rosters are fetched from where they are published. */
  | { readonly kind: "feeds"; readonly names: readonly string[] };

/** One change of the list of people. */
export type PeopleEdit =
  | {
      readonly kind: "add";
      readonly name: string;
      readonly roles: string;
      readonly email: string;
      readonly rotation: string;
    }
  | {
      readonly kind: "set";
      readonly person: PersonId;
      readonly field: "name" | "role" | "email" | "rotation";
      readonly value: string;
    }
  /** This account is theirs. */
  | {
      readonly kind: "account";
      readonly person: PersonId;
      readonly platform: string;
      readonly account: string;
    }
  /** Their time in the program is over. */
  | { readonly kind: "end"; readonly person: PersonId };

/** Reads files that coordinators give, apart from everything else and within limits, and compares them with what is in force. */
export interface FileDesk {
  /** @param sheet of a workbook, the one that lists people, where several may */
  recognise(name: string, bytes: Uint8Array, sheet?: string): Promise<Recognised>;
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
  /** What a version in force has changed, against the one before it; undefined where that cannot be told. */
  counts(file: KeptFile, before: KeptFile): Promise<FileCounts | undefined>;
  /** Makes sure that there is something to go back to. Resolves to the place of the version in force. */
  firstVersion(part: FilePart): Promise<number>;
}
