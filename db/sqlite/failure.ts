import { SqliteError } from "better-sqlite3";
import { AttuneError } from "#src/errors.ts";

const REASONS: readonly (readonly [prefix: string, reason: string])[] = [
  ["SQLITE_FULL", "the disk is full"],
  ["SQLITE_READONLY", "the database cannot be written to (read-only disk, file or folder)"],
  ["SQLITE_IOERR", "the disk reported an error"],
  ["SQLITE_BUSY", "another process held the database for too long"],
  ["SQLITE_LOCKED", "another process held the database for too long"],
  ["SQLITE_CANTOPEN", "the file cannot be opened (does its folder exist, and may this user write there?)"],
  ["SQLITE_NOTADB", "the file is not a SQLite database"],
  ["SQLITE_CORRUPT", "the database file is damaged: restore a backup"],
];

/** Turns an error of SQLite into an AttuneError `store`. Other errors stay as they are. */
export const storeFailure = (thrown: unknown): unknown => {
  if (!(thrown instanceof SqliteError)) return thrown;
  const reason = REASONS.find(([prefix]) => thrown.code.startsWith(prefix))?.[1] ?? "the database refused";
  return new AttuneError("store", `Not saved: ${reason} (${thrown.code}).`, { cause: thrown });
};
