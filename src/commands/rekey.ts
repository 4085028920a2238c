import { loadMasterKey, makeNextKey, putNextKeyInPlace } from "#db/keys/key-file.ts";
import { rekeyPostgres, rekeySqlite, type Rekeying } from "#db/rekey.ts";
import { isOnServer, shownDatabase } from "#src/config/database-place.ts";
import type { Settings } from "#src/config.ts";
import { openExistingDatabase } from "#src/composition/open-database.ts";
import { demandRest } from "./at-rest.ts";
import type { Output } from "./output.ts";

/** Gives the database of the settings a new master key, and says what the old one is still good for. */
export async function rekey({ database, keyFile }: Settings, output: Output): Promise<void> {
  // Brings it to this version's schema, and ends a change of the key that was interrupted.
  await (await openExistingDatabase({ database, keyFile })).close();
  await demandRest(database);
  const work: Rekeying = {
    from: loadMasterKey(keyFile),
    makeKey: () => makeNextKey(keyFile),
    progress: (share) => output.progress(`wrapping anew … ${Math.floor(share * 100)} %`),
  };
  const isClear = isOnServer(database)
    ? await rekeyPostgres(database, work)
    : await rekeySqlite(database, work).then(() => true);
  const old = putNextKeyInPlace(keyFile, work.from.id);
  output.line(`${shownDatabase(database)} opens with the new key in ${keyFile} only.`);
  if (!isClear)
    output.line(
      "Somebody has been reading the database since before: its files hold what the old key opens until VACUUM FULL.",
    );
  output.line(
    `Copy the new key to every replica, and keep a copy apart from the backups. The old one is ${old}: backups from before open with it only. Keep it, away from here, as long as you keep one of them; then destroy it.`,
  );
}
