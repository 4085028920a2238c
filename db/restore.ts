import { chmodSync, constants, copyFileSync, existsSync, statSync } from "node:fs";
import { join } from "node:path";
import Client from "better-sqlite3";
import { AttuneError } from "#src/errors.ts";
import { passingFolder } from "./files/abandoned.ts";
import { wholeOrNot } from "./sqlite/draft.ts";
import { storeFailure } from "./sqlite/failure.ts";
import type { Key } from "./keys/keys.ts";
import { ATTUNE } from "./sqlite/migrate.ts";
import { openSqlite } from "./sqlite/open.ts";
import { sideFile } from "./sqlite/side-file.ts";
import { openPostgres } from "./postgres/open.ts";
import { demandSound } from "./sqlite/soundness.ts";
import { copyDatabase } from "./transfer/copy.ts";
import { postgresTarget } from "./postgres/copy-side.ts";
import { sqliteSource } from "./sqlite/copy-side.ts";

/** Makes a database file from a backup, completely or not at all, and never over an existing file. */
export async function restoreFile(backup: string, file: string, keys: Key): Promise<void> {
  // SQLite would play another database's log or journal into the new file.
  for (const there of [file, sideFile(file, "-wal"), sideFile(file, "-journal")])
    if (existsSync(there))
      throw new AttuneError(
        "config",
        `${there} is there already, and nothing is written over it. Stop Attune, move ${file} away with its -wal and -shm, then run it again.`,
      );
  await wholeOrNot(file, (draft) => takeOut(backup, draft, keys));
}

/** Fills an empty PostgreSQL database from a backup, all or nothing. */
export async function restoreToPostgres(
  backup: string,
  url: string,
  keys: Key,
  progress: (share: number) => void,
): Promise<void> {
  using folder = passingFolder();
  const copy = join(folder.path, "backup.db");
  await takeOut(backup, copy, keys);
  // Makes the tables and binds them to the key. Only now: the key has opened the backup, so it is the right one.
  await (await openPostgres({ url, keys })).close();
  await using source = sqliteSource(copy);
  await using target = postgresTarget(url);
  await copyDatabase(source, target, { progress });
}

/** Copies a backup, checks the copy and migrates it to this version's schema. The backup itself stays as it is. */
async function takeOut(backup: string, copy: string, keys: Key): Promise<void> {
  // A pipe would be waited for, and a device copied without end.
  if (statSync(backup, { throwIfNoEntry: false })?.isFile() !== true)
    throw new AttuneError("config", `There is no backup at ${backup}.`);
  if (sizeOf(sideFile(backup, "-wal")) > 0)
    throw new AttuneError(
      "config",
      `${backup} is a database in use and no backup. Name a file that attune backup has written.`,
    );
  copyFileSync(backup, copy, constants.COPYFILE_FICLONE);
  chmodSync(copy, 0o600);
  lookOver(backup, copy);
  await openSqlite({ file: copy, keys }).close();
}

function lookOver(backup: string, copy: string): void {
  let client: Client.Database | undefined;
  try {
    client = new Client(copy);
    if (client.pragma("application_id", { simple: true }) !== ATTUNE)
      throw new AttuneError("config", `${backup} is no backup of Attune.`);
    demandSound(client, backup);
  } catch (thrown) {
    const failure = storeFailure(thrown);
    if (failure === thrown) throw thrown;
    throw new AttuneError("store", `${backup} is no backup of Attune, or a damaged one.`, { cause: thrown });
  } finally {
    client?.close();
  }
}

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
