import { fileURLToPath } from "node:url";
import type { Database as Client } from "better-sqlite3";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { AttuneError } from "#src/errors.ts";
import { SEALING } from "./upgrade.ts";

/** "Attn": marks a SQLite file as ours (pragma application_id). */
export const ATTUNE = 0x4174746e;

const migrations = readMigrationFiles({
  migrationsFolder: fileURLToPath(new URL("migrations/sqlite", import.meta.url)),
});

/**
 * Brings the database to this version's schema, alone and all or nothing: of several processes that start
 * at once, one migrates. `user_version` counts the migrations applied (Drizzle's own migrator keeps a
 * table that is not STRICT and takes no lock first). An older database stops where its values are to be sealed.
 */
export const migrate = (client: Client): void => {
  client
    .transaction(() => {
      const applied = appliedTo(client);
      if (applied > migrations.length) {
        throw new AttuneError(
          "store",
          `The database is from a newer Attune (schema ${applied}, this one knows ${migrations.length}). Update Attune.`,
        );
      }
      if (client.pragma("application_id", { simple: true }) !== ATTUNE && !isEmpty(client)) {
        throw new AttuneError("store", "The database belongs to another program. Choose another file.");
      }
      apply(client, applied, applied > 0 && applied <= SEALING ? SEALING : migrations.length);
      client.pragma(`application_id = ${ATTUNE}`);
    })
    .immediate();
};

/** Does some of the sealing, in turn with other processes, unless it is done. Whether it is. */
export const sealSome = (client: Client, some: () => boolean): boolean =>
  client
    .transaction(() => {
      const applied = appliedTo(client);
      if (applied !== SEALING) return true;
      if (!some()) return false;
      apply(client, applied, migrations.length);
      return true;
    })
    .immediate();

const appliedTo = (client: Client): number => client.pragma("user_version", { simple: true }) as number;

const apply = (client: Client, applied: number, version: number): void => {
  if (applied >= version) return;
  for (const { sql } of migrations.slice(applied, version)) for (const one of sql) client.exec(one);
  client.pragma(`user_version = ${version}`);
};

const isEmpty = (client: Client): boolean =>
  client.prepare("select count(*) from sqlite_schema").pluck().get() === 0;
