import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Client from "better-sqlite3";
import { passingKey } from "#db/keys/keys.ts";
import type { Database } from "#db/store/database.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import { postgresServer, type PostgresServer } from "#test/support/postgres.ts";

/** A folder on the disk that databases of a bench stand in, gone with it. */
export function benchFolder(): Disposable & { path(name: string): string } {
  const folder = mkdtempSync(join(tmpdir(), "attune-bench-"));
  return {
    path: (name) => join(folder, name),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  };
}

export const newDatabase = (file: string): Database => openSqlite({ file, keys: passingKey() });

/** better-sqlite3 itself, as durable as the process. */
export function rawClient(file: string): Client.Database {
  const client = new Client(file);
  client.pragma("journal_mode = WAL");
  client.pragma("synchronous = FULL");
  client.pragma("cache_size = -32000");
  return client;
}

/** Gives a real PostgreSQL of its own, with every promise kept (fsync on), to `work`. */
export async function onServer<Result>(work: (server: PostgresServer) => Promise<Result>): Promise<Result> {
  await using server = await postgresServer(undefined, undefined, []);
  return await work(server);
}
