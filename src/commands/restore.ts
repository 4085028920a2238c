import { loadMasterKey } from "#db/keys/key-file.ts";
import { restoreFile, restoreToPostgres } from "#db/restore.ts";
import { isOnServer, shownDatabase } from "#src/config/database-place.ts";
import type { Settings } from "#src/config.ts";
import { openExistingDatabase } from "#src/composition/open-database.ts";
import { demandRest } from "./at-rest.ts";
import { sayKind } from "./kind-line.ts";
import type { Output } from "./output.ts";

/** Makes the database of the settings out of a backup. */
export async function restore(settings: Settings, backup: string, output: Output): Promise<void> {
  const { database, keyFile } = settings;
  const keys = loadMasterKey(keyFile);
  if (isOnServer(database)) {
    await demandRest(database);
    await restoreToPostgres(backup, database, keys, (share) =>
      output.progress(`restoring … ${Math.floor(share * 100)} %`),
    );
  } else await restoreFile(backup, database, keys);
  await using db = await openExistingDatabase(settings);
  await sayKind(db, database, output);
  output.line(`${shownDatabase(database)} holds what ${backup} holds.`);
  output.line("Erase again whoever was erased since that backup, run attune doctor, then start Attune.");
}
