import { existsSync, rmSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { loadMasterKey, nextKeyFile, putNextKeyInPlace } from "#db/keys/key-file.ts";
import type { Key } from "#db/keys/keys.ts";
import { isWrongKey } from "#db/store/master-key-proof.ts";
import type { Settings } from "../config.ts";
import { isOnServer, shownDatabase } from "../config/database-place.ts";
import { AttuneError } from "../errors.ts";

type Place = Pick<Settings, "database" | "keyFile">;

/** Whether a database has a key. A database that is empty or does not exist has none. */
export async function hasItsKey(database: string): Promise<boolean> {
  if (!isOnServer(database)) return [database, `${database}-wal`].some((file) => sizeOf(file) > 0);
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

/** One line: where the key was expected, what to do, and what happens without it. */
export const missingKey = ({ database, keyFile }: Place, cause?: unknown): AttuneError =>
  new AttuneError(
    "config",
    `The key of ${shownDatabase(database)} is not at ${resolve(keyFile)}: put the copy of its key there (chmod 600), or set ATTUNE_KEY_FILE to where it is. Without it nothing that people wrote can be read, and Attune does not start; no new key was made.`,
    cause === undefined ? {} : { cause },
  );

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
