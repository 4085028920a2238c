import { existsSync, mkdirSync } from "node:fs";
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
import { missingKey, withItsKey, withKeyAt } from "./database-key.ts";

type Place = Pick<Settings, "database" | "keyFile">;

/** Opens the database that the settings name; makes a file, its folder and the key when there is none. A database that is there needs its key. */
export async function openDatabase({ database, keyFile }: Place): Promise<Database> {
  const folders = [keyFile, ...(isOnServer(database) || database === ":memory:" ? [] : [database])];
  clearAbandoned();
  for (const file of folders) mkdirSync(dirname(file), { recursive: true });
  return withItsKey({ database, keyFile }, (keys) => open(database, keys));
}

/**
 * The same for a process that works on it: from its first start on the database knows whose it is.
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
 * The same for a command that works on what is kept: it makes neither a database nor a key.
 * @throws AttuneError `config` when there is no database
 */
export async function openExistingDatabase({ database, keyFile }: Place): Promise<Database> {
  if (!isDatabaseThere(database))
    throw new AttuneError(
      "config",
      `There is no database at ${database}. Set ATTUNE_DB to the one that Attune runs on.`,
    );
  if (!existsSync(keyFile)) throw missingKey({ database, keyFile });
  return withKeyAt(keyFile, (keys) => open(database, keys));
}

/**
 * The same for whoever only looks: nothing is made, brought up to date or written, and who holds a file is not waited
 * for long.
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

/** Milliseconds. */
const LOOKING = 1_000;

/** Looks at a database as a whole. @throws AttuneError `store` that says what is wrong with it, or who holds it */
export async function soundnessOf(database: string): Promise<Soundness> {
  if (!isOnServer(database)) return soundnessOfFile(database);
  const { soundnessOfPostgres } = await import("#db/postgres/soundness.ts");
  return soundnessOfPostgres(database);
}

/** Whether there is a file to open. What a server has, opening it tells. */
export const isDatabaseThere = (database: string): boolean => isOnServer(database) || existsSync(database);

/** PostgreSQL's driver is loaded where it is used. */
async function open(database: string, keys: Key): Promise<Database> {
  if (!isOnServer(database)) return openSqlite({ file: database, keys });
  const { openPostgres } = await import("#db/postgres/open.ts");
  return openPostgres({ url: database, keys });
}
