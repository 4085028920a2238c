import { fileURLToPath } from "node:url";
import { readMigrationFiles } from "drizzle-orm/migrator";
import type { Pool } from "pg";
import { AttuneError } from "#src/errors.ts";

const migrations = readMigrationFiles({
  migrationsFolder: fileURLToPath(new URL("../migrations/postgres", import.meta.url)),
});

/** "Attn": the advisory lock that one starting replica holds while it migrates. */
const LOCK = 0x4174746e;

/**
 * Brings the database to this version's schema, alone and all or nothing. Drizzle's own migrator takes no
 * lock: of 32 replicas that started together, 7 crashed.
 */
export const migratePostgres = async (pool: Pool): Promise<void> => {
  const client = await pool.connect();
  try {
    await client.query("begin");
    await client.query("select pg_advisory_xact_lock($1)", [LOCK]);
    await client.query("create table if not exists attune_schema (version integer not null)");
    const { rows } = await client.query<{ version: number }>("select version from attune_schema");
    const applied = rows[0]?.version ?? 0;
    if (applied > migrations.length) {
      throw new AttuneError(
        "store",
        `The database is from a newer Attune (schema ${applied}, this one knows ${migrations.length}). Update Attune.`,
      );
    }
    if (applied < migrations.length) {
      for (const migration of migrations.slice(applied))
        for (const sql of migration.sql) await client.query(sql);
      await client.query("delete from attune_schema");
      await client.query("insert into attune_schema (version) values ($1)", [migrations.length]);
    }
    await client.query("commit");
  } catch (thrown) {
    await client.query("rollback").catch(() => undefined);
    throw thrown;
  } finally {
    client.release();
  }
};
