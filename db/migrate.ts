import { fileURLToPath } from "node:url";
import type { Database as Client } from "better-sqlite3";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { AttuneError } from "#src/errors.ts";

/** "Attn": marks a SQLite file as ours (pragma application_id). */
export const ATTUNE = 0x4174746e;

const migrations = readMigrationFiles({
  migrationsFolder: fileURLToPath(new URL("migrations/sqlite", import.meta.url)),
});

/**
 * Brings the database to this version's schema, alone and all or nothing: of several processes that start
 * at once, one migrates. `user_version` counts the migrations applied (Drizzle's own migrator keeps a
 * table that is not STRICT and takes no lock first).
 */
export const migrate = (client: Client): void => {
  client
    .transaction(() => {
      const applied = client.pragma("user_version", { simple: true }) as number;
      if (applied > migrations.length) {
        throw new AttuneError(
          "store",
          `The database is from a newer Attune (schema ${applied}, this one knows ${migrations.length}). Update Attune.`,
        );
      }
      if (client.pragma("application_id", { simple: true }) !== ATTUNE && !isEmpty(client)) {
        throw new AttuneError("store", "The database belongs to another program. Choose another file.");
      }
      if (applied === migrations.length) return;
      for (const migration of migrations.slice(applied)) for (const sql of migration.sql) client.exec(sql);
      client.pragma(`application_id = ${ATTUNE}`);
      client.pragma(`user_version = ${migrations.length}`);
    })
    .immediate();
};

const isEmpty = (client: Client): boolean =>
  client.prepare("select count(*) from sqlite_schema").pluck().get() === 0;
