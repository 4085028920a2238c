import { existsSync } from "node:fs";
import { dirname } from "node:path";
import type { Database } from "#db/store/database.ts";
import type { DatabaseKind } from "#db/store/kind.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import type { Key } from "#db/keys/keys.ts";
import type { Soundness } from "#db/statements/soundness.ts";
import { clearAbandoned } from "#db/files/abandoned.ts";
import { soundnessOfFile } from "#db/sqlite/soundness.ts";
import type { Settings } from "#src/config.ts";
import { isOnServer, shownDatabase } from "#src/config/database-place.ts";
import { AttuneError } from "#src/errors.ts";
import { claimDatabase } from "./database-kind.ts";
import { makeFolders } from "./make-folders.ts";
import { missingKey, withItsKey, withKeyAt } from "./database-key.ts";

type Place = Pick<Settings, "database" | "keyFile">;

/** Opens the database of the settings. If there is none, makes its file, folder and key. An existing database needs its key. */
export async function openDatabase({ database, keyFile }: Place): Promise<Database> {
  const folders = [keyFile, ...(isOnServer(database) || database === ":memory:" ? [] : [database])];
  clearAbandoned();
  for (const file of folders) makeFolder(dirname(file));
  return withItsKey({ database, keyFile }, (keys) => open(database, keys));
}

/** @throws AttuneError `config` when it cannot be made */
function makeFolder(folder: string): void {
  try {
    makeFolders(folder);
  } catch (thrown) {
    const { code = "unknown" } = thrown as NodeJS.ErrnoException;
    throw noFolder(folder, code, thrown);
  }
}

const noFolder = (folder: string, code: string, cause: unknown): AttuneError =>
  new AttuneError(
    "config",
    `The folder ${folder} cannot be made (${code}). Make it, let Attune write in it, or set ATTUNE_DB and ATTUNE_KEY_FILE to another place.`,
    { cause },
  );

/**
 * The same for a process that serves people. At the first start it marks the database as the playground's or as real.
 * @throws AttuneError `config` when the playground would open a real database, or a platform the playground's
 */
export async function openOwnDatabase(place: Place, kind: DatabaseKind): Promise<Database> {
  const db = await openDatabase(place);
  try {
    await claimDatabase(db, kind, shownDatabase(place.database));
    return db;
  } catch (thrown) {
    await db.close();
    throw thrown;
  }
}

/**
 * The same for a command on stored data. It makes neither a database nor a key.
 * @throws AttuneError `config` when there is no database
 */
export async function openExistingDatabase({ database, keyFile }: Place): Promise<Database> {
  if (!isDatabaseThere(database)) throw noDatabase(database);
  if (!existsSync(keyFile)) throw missingKey({ database, keyFile });
  return withKeyAt(keyFile, (keys) => open(database, keys));
}

/**
 * The same for a command that only reads. It makes, migrates and writes nothing, and does not wait long for a locked file.
 * @throws AttuneError `store` also for an older version's database
 */
export async function openToLook({ database, keyFile }: Place): Promise<Database> {
  if (!existsSync(keyFile)) throw missingKey({ database, keyFile });
  return withKeyAt(
    keyFile,
    async (keys) => {
      if (!isOnServer(database))
        return openSqlite({ file: database, keys, busyTimeout: LOOKING, looksOnly: true });
      const { openPostgres } = await import("#db/postgres/open.ts");
      return openPostgres({ url: database, keys, looksOnly: true });
    },
    { looksOnly: true },
  );
}

export const noDatabase = (database: string): AttuneError =>
  new AttuneError(
    "config",
    `There is no database at ${database}. Set ATTUNE_DB to the one that Attune runs on; the first start of Attune makes it.`,
  );

/** Milliseconds to wait for a locked file. */
const LOOKING = 1_000;

/** Checks a whole database for damage. @throws AttuneError `store` that says what is wrong, or who has locked it */
export async function soundnessOf(database: string): Promise<Soundness> {
  if (!isOnServer(database)) return soundnessOfFile(database);
  const { soundnessOfPostgres } = await import("#db/postgres/soundness.ts");
  return soundnessOfPostgres(database);
}

/** Whether the database's file exists. True for a server: only opening it can tell. */
export const isDatabaseThere = (database: string): boolean => isOnServer(database) || existsSync(database);

/** PostgreSQL's driver is loaded only when it is used. */
async function open(database: string, keys: Key): Promise<Database> {
  if (!isOnServer(database)) return openSqlite({ file: database, keys });
  const { openPostgres } = await import("#db/postgres/open.ts");
  return openPostgres({ url: database, keys });
}
