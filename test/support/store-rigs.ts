import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { passingKey, type Key } from "#db/keys/keys.ts";
import { openPostgres } from "#db/postgres/open.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import { guardLivesInPostgres, guardLivesInSqlite } from "./life-guard.ts";
import type { OpenStores } from "#test/contract/store/case.ts";
import { connectedTo, type PostgresServer } from "#test/support/postgres.ts";

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

/** One database of a server, with every table and guard, and the statement that makes it as it began. */
interface UsedDatabase {
  readonly url: string;
  readonly keys: Key;
  readonly emptied: string;
}

/** The tables that are not empty at the beginning. */
const FILLED = ["attune_schema", "note"];

/** Of each server, those that nobody uses now. To make one takes twenty times as long as to empty it. */
const unused = new WeakMap<PostgresServer, UsedDatabase[]>();

async function newDatabase(server: PostgresServer): Promise<UsedDatabase> {
  const url = await server.database();
  const keys = passingKey();
  await (await openPostgres({ url, keys })).close();
  await guardLivesInPostgres(url);
  await using client = await connectedTo(url);
  const { rows } = await client.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public'",
  );
  const tables = rows.map(({ name }) => name);
  // What a new database has already: its version, and that it is bound to these keys.
  await client.query("create schema begun");
  for (const name of FILLED) await client.query(`create table begun.${name} as table ${name}`);
  // Rows are deleted one table after the other, whoever names whom: to truncate them makes every file anew, which takes longer.
  const emptied = [
    "set session_replication_role = replica",
    ...tables.map((name) => `delete from ${name}`),
    "select setval(format('%I.%I', schemaname, sequencename), 1, false) from pg_sequences",
    ...FILLED.map((name) => `insert into ${name} table begun.${name}`),
  ].join(";");
  return { url, keys, emptied };
}

async function emptied(database: UsedDatabase): Promise<UsedDatabase> {
  await using client = await connectedTo(database.url);
  await client.query(database.emptied);
  return database;
}

/** A database of a PostgreSQL server as it is at its beginning, that two processes have open. */
export async function postgresDatabase(server: PostgresServer): Promise<OpenStores> {
  const idle = unused.get(server) ?? [];
  unused.set(server, idle);
  const used = idle.pop();
  const database = used === undefined ? await newDatabase(server) : await emptied(used);
  const { url, keys } = database;
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
      idle.push(database);
    },
  };
}
