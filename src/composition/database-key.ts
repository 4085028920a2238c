import { existsSync, rmSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { loadMasterKey, nextKeyFile, putNextKeyInPlace } from "#db/keys/key-file.ts";
import type { Key } from "#db/keys/keys.ts";
import { sideFile } from "#db/sqlite/side-file.ts";
import { isWrongKey } from "#db/store/master-key-proof.ts";
import { plainFile } from "#src/roster/reading/plain-file.ts";
import type { Settings } from "../config.ts";
import { isOnServer, shownDatabase } from "../config/database-place.ts";
import { AttuneError } from "../errors.ts";

type Place = Pick<Settings, "database" | "keyFile">;

/** Whether a database has a key. A database that is empty or does not exist has none. */
export async function hasItsKey(database: string): Promise<boolean> {
  if (!isOnServer(database)) return [database, sideFile(database, "-wal")].some((file) => sizeOf(file) > 0);
  const { isPostgresBound } = await import("#db/postgres/bound.ts");
  return isPostgresBound(database);
}

/**
 * Opens a database with the key of a file. Makes a new key only for a database that has none.
 * @throws AttuneError `config` when the key of an existing database is missing; then no file is written
 */
export async function withItsKey<Database>(
  place: Place,
  open: (keys: Key) => Promise<Database>,
): Promise<Database> {
  const isMade = !existsSync(place.keyFile);
  if (isMade && (await hasItsKey(place.database))) throw missingKey(place);
  loadMasterKey(place.keyFile, { create: true });
  try {
    return await withKeyAt(place.keyFile, open);
  } catch (thrown) {
    // Several replicas may start on an empty database and make a key each. Only one of these keys counts.
    if (!isMade || !isWrongKey(thrown)) throw thrown;
    rmSync(place.keyFile, { force: true });
    throw missingKey(place, thrown);
  }
}

/**
 * Opens a database with the existing key. If a change of the key was interrupted after its commit, the right key is in the
 * file beside it. That one is then put in place, except by commands that only read.
 */
export async function withKeyAt<Database>(
  keyFile: string,
  open: (keys: Key) => Promise<Database>,
  { looksOnly = false }: { readonly looksOnly?: boolean } = {},
): Promise<Database> {
  try {
    return await open(loadMasterKey(keyFile));
  } catch (thrown) {
    const next = nextKeyFile(keyFile);
    if (!isWrongKey(thrown) || !existsSync(next)) throw thrown;
    const db = await open(loadMasterKey(next));
    if (!looksOnly) putNextKeyInPlace(keyFile);
    return db;
  }
}

/** One line: where the key was expected, what to do, and what happens without it. What is no database misses none. */
export const missingKey = ({ database, keyFile }: Place, cause?: unknown): AttuneError =>
  new AttuneError(
    "config",
    noDatabaseAt(database) ??
      `The key of ${shownDatabase(database)} is not at ${resolve(keyFile)}: put the copy of its key there (chmod 600), or set ATTUNE_KEY_FILE to where it is. Without it nothing that people wrote can be read, and Attune does not start; no new key was made.`,
    cause === undefined ? {} : { cause },
  );

/** How every SQLite file begins. */
const SQLITE = "SQLite format 3\0";

/** Why there is another thing than a database at a path; undefined where there is one, or nothing. */
function noDatabaseAt(database: string): string | undefined {
  if (isOnServer(database) || !existsSync(database)) return undefined;
  const found = plainFile(database, SQLITE.length);
  const todo = "set ATTUNE_DB to Attune's own file; the first start makes it where none is";
  if (!(found instanceof Uint8Array)) return `${database} is no database: ${found.reason}; ${todo}.`;
  const begins = Buffer.from(found.subarray(0, SQLITE.length)).toString("latin1");
  return begins === SQLITE || begins === "" ? undefined : `${database} is no database; ${todo}.`;
}

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
