import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { passingKey, type Key } from "#db/keys/keys.ts";
import { openPostgres } from "#db/postgres/open.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import { guardLivesInPostgres, guardLivesInSqlite } from "./life-guard.ts";
import type { OpenStores } from "#test/contract/store/case.ts";
import type { PostgresServer } from "#test/support/postgres.ts";

/** A new database with every table and guard, once for all tests of a process: they begin with a copy. */
interface Template {
  readonly place: string;
  readonly keys: Key;
}

let sqliteTemplate: Promise<Template> | undefined;

async function newSqliteTemplate(): Promise<Template> {
  const folder = mkdtempSync(join(tmpdir(), "attune-template-"));
  process.once("exit", () => rmSync(folder, { recursive: true }));
  const place = join(folder, "attune.db");
  const keys = passingKey();
  await openSqlite({ file: place, keys }).close();
  guardLivesInSqlite(place);
  return { place, keys };
}

/** A SQLite file that two processes have open. */
export async function sqliteInFile(): Promise<OpenStores> {
  const { place, keys } = await (sqliteTemplate ??= newSqliteTemplate());
  const folder = mkdtempSync(join(tmpdir(), "attune-store-"));
  const file = join(folder, "attune.db");
  copyFileSync(place, file);
  const open = () => openSqlite({ file, keys });
  let db = open();
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

const postgresTemplates = new WeakMap<PostgresServer, Promise<Template>>();

async function newPostgresTemplate(server: PostgresServer): Promise<Template> {
  const place = await server.database();
  const keys = passingKey();
  await (await openPostgres({ url: place, keys })).close();
  await guardLivesInPostgres(place);
  return { place, keys };
}

/** A new database of a PostgreSQL server, that two processes have open. */
export async function postgresDatabase(server: PostgresServer): Promise<OpenStores> {
  const template = postgresTemplates.get(server) ?? newPostgresTemplate(server);
  postgresTemplates.set(server, template);
  const { place, keys } = await template;
  const url = await server.database(place);
  let db = await openPostgres({ url, keys });
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
