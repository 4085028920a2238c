import { existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { loadMasterKey } from "#db/key-file.ts";
import { openSqlite, type House } from "#db/open.ts";
import type { Settings } from "./config.ts";
import { AttuneError } from "./errors.ts";

type Place = Pick<Settings, "database" | "keyFile">;

/** Opens the database that the settings name, and makes it, its folder and its key when there is none. */
export function openHouse({ database, keyFile }: Place): House {
  if (database !== ":memory:") mkdirSync(dirname(database), { recursive: true });
  return openSqlite({ file: database, keys: loadMasterKey(keyFile, { create: true }) });
}

/**
 * The same for a command that works on what is kept: it makes neither a database nor a key.
 * @throws AttuneError `config` when there is no database
 */
export function openKeptHouse({ database, keyFile }: Place): House {
  if (!existsSync(database))
    throw new AttuneError(
      "config",
      `There is no database at ${database}. Set ATTUNE_DB to the one that Attune runs on.`,
    );
  return openSqlite({ file: database, keys: loadMasterKey(keyFile) });
}
