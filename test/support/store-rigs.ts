import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { passingKey } from "#db/keys/keys.ts";
import { openPostgres } from "#db/postgres/open.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import { guardLivesInPostgres, guardLivesInSqlite } from "./life-guard.ts";
import type { OpenStores } from "#test/contract/store/case.ts";
import type { PostgresServer } from "#test/support/postgres.ts";

/** A SQLite file that two processes have open. */
export async function sqliteInFile(): Promise<OpenStores> {
  const folder = mkdtempSync(join(tmpdir(), "attune-store-"));
  const keys = passingKey();
  const file = join(folder, "attune.db");
  const open = () => openSqlite({ file, keys });
  let db = open();
  guardLivesInSqlite(file);
  const other = open();
  return {
    store: (program) => db.store(program),
    elsewhere: (program) => other.store(program),
    reopen: async () => {
      await db.close();
      db = open();
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all([db.close(), other.close()]);
      rmSync(folder, { recursive: true });
    },
  };
}

/** A new database of a PostgreSQL server, that two processes have open. */
export async function postgresDatabase(server: PostgresServer): Promise<OpenStores> {
  const url = await server.database();
  const keys = passingKey();
  let db = await openPostgres({ url, keys });
  await guardLivesInPostgres(url);
  const other = await openPostgres({ url, keys });
  return {
    store: (program) => db.store(program),
    elsewhere: (program) => other.store(program),
    reopen: async () => {
      await db.close();
      db = await openPostgres({ url, keys });
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all([db.close(), other.close()]);
    },
  };
}
