import { existsSync } from "node:fs";
import { waitUntil } from "#db/statements/wait-until.ts";
import { isPostgresInUse } from "#db/postgres/copy-side.ts";
import { sideFile } from "#db/sqlite/side-file.ts";
import { isOnServer, shownDatabase } from "#src/config/database-place.ts";
import { AttuneError } from "#src/errors.ts";

/**
 * Makes sure that no process has a database open.
 * @throws AttuneError `config` when one has
 */
export async function demandRest(database: string): Promise<void> {
  // SQLite deletes this file when the last process closes the database.
  const isInUse = isOnServer(database)
    ? await isStillInUse(database)
    : existsSync(sideFile(database, "-shm"));
  if (isInUse)
    throw new AttuneError("config", `Attune is running on ${shownDatabase(database)}: stop it first.`);
}

/** Milliseconds until our own closed connections are gone on the server. */
const MOMENT = 2_000;

const isStillInUse = async (database: string): Promise<boolean> =>
  !(await waitUntil(MOMENT, async () => !(await isPostgresInUse(database))));
