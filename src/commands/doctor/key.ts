import { existsSync } from "node:fs";
import { loadMasterKey } from "#db/keys/key-file.ts";
import { AttuneError } from "#src/errors.ts";
import { shownDatabase } from "#src/config/database-place.ts";
import { hasItsKey } from "#src/composition/database-key.ts";
import type { Check } from "./check.ts";

const APART = "keep a copy of it, apart from the database's backups: together they tell everything";

/** Without its key file what people wrote cannot be read; with it, everybody who has a backup can. */
export const keyCheck: Check = async ({ keyFile, database }) => {
  if (!existsSync(keyFile)) {
    return (await needsItsKey(database))
      ? [
          {
            level: "fix",
            about: "key",
            what: `${keyFile} is not there, but ${shownDatabase(database)} is`,
            todo: "put back the copy of the key that this database was made with (chmod 600), or set ATTUNE_KEY_FILE to it; without it nothing that people wrote can be read",
          },
        ]
      : [{ level: "ok", about: "key", what: `none yet: the first start makes ${keyFile}`, todo: APART }];
  }
  try {
    loadMasterKey(keyFile);
    return [{ level: "ok", about: "key", what: `${keyFile}, which only its owner may read`, todo: APART }];
  } catch (error) {
    if (!(error instanceof AttuneError)) throw error;
    return [{ level: "fix", about: "key", what: error.message }];
  }
};

/** What a server that is out of reach holds, the database's own line tells. */
const needsItsKey = (database: string): Promise<boolean> =>
  hasItsKey(database).catch((error: unknown) => {
    if (error instanceof AttuneError) return true;
    throw error;
  });
