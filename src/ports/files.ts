import type { FileId, FilePart, FileReason } from "../domain/files.ts";
import type { PersonId } from "../domain/person.ts";
import type { Instant } from "../domain/time.ts";

/** A version of a file, without its bytes. */
export interface KeptFile {
  readonly id: FileId;
  readonly part: FilePart;
  /** Counts the versions of a part that were ever in force, from 1. Without it, it waits for somebody to apply it. */
  readonly place?: number;
  /** When it was given; from then on when it was applied. */
  readonly at: Instant;
  /** Who gave it, then who applied it. Nobody for what an operator has put in its place. */
  readonly by?: PersonId;
  readonly why: FileReason;
  readonly about: FileAbout;
}

/** What is kept of a file beside its bytes. It may name people, and is sealed as they are. */
export interface FileAbout {
  /** As whoever gave it calls it. */
  readonly name: string;
  /** Of its bytes: the same for the same file, however often it is given. */
  readonly fingerprint: string;
  /** How it is read, where that differs from what program.yaml says of its part. */
  readonly reading?: Readonly<Record<string, unknown>>;
}

/** A version as it is given to the store. */
export interface NewFile extends Omit<KeptFile, "id" | "place"> {
  readonly bytes: Uint8Array;
}

/**
 * `overtaken`: another version is in force by now than the one that it was compared with. `again`: it was in force before.
 * `gone`: there is no such version any more.
 */
export type FileTaken = "in-force" | "overtaken" | "again" | "gone";

/** Versions of a program's files. Of each part the one with the highest place is in force; none is ever changed or lost. */
export interface FileStore {
  /**
   * Keeps a file that waits for somebody to apply it. With `over`, it is in force at once, if the version in force has this place
   * (0: there is none); undefined, and nothing is kept, if it has another.
   */
  keepFile(file: NewFile, over?: number): Promise<FileId | undefined>;
  /** Puts a file in force that waits, if the version in force has the place `over`. */
  takeFile(id: FileId, over: number, by: PersonId, now: Instant): Promise<FileTaken>;
  /** Changes how a file that waits is read. False if it does not wait. */
  readFileAs(id: FileId, about: FileAbout): Promise<boolean>;
  /** Forgets a file that waits. What was ever in force stays. False if it does not wait. */
  dropFile(id: FileId): Promise<boolean>;
  /** Forgets every file that waits and was given before this moment. Resolves to how many there were. */
  forgetWaiting(before: Instant): Promise<number>;
  /** The version in force of each part that has one. */
  filesInForce(): Promise<readonly KeptFile[]>;
  /** Every version of a part that was ever in force, the newest first. */
  filesOf(part: FilePart): Promise<readonly KeptFile[]>;
  /**
   * Writes down that the event by which a file was given has its answer. False where it had one before: another process was told of the
   * same event.
   */
  fileAnswered(event: string, by: PersonId, now: Instant): Promise<boolean>;
  keptFile(id: FileId): Promise<KeptFile | undefined>;
  /** A version's bytes. @throws AttuneError `store` when there is no such version */
  fileBytes(id: FileId): Promise<Uint8Array>;
}
