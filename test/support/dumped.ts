import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Client from "better-sqlite3";
import pg from "pg";

/** All bytes of a SQLite file and of what stands beside it. */
export const sqliteBytes = (file: string): Buffer =>
  Buffer.concat(
    readdirSync(join(file, ".."))
      .filter((name) => name.startsWith("attune.db"))
      .map((name) => readFileSync(join(file, "..", name))),
  );

/** All bytes of a PostgreSQL database's tables and indexes, once the server has written them out. */
export async function postgresBytes(url: string): Promise<Buffer> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query("checkpoint");
    const { rows } = await client.query<{ folder: string }>(
      "select current_setting('data_directory') || '/base/' || oid as folder from pg_database where datname = current_database()",
    );
    const { folder } = rows[0]!;
    return Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))));
  } finally {
    await client.end();
  }
}

/** Somebody at the database itself, with SQL and without a key. */
export interface Hands {
  run(sql: string): Promise<void>;
}

export const handsOn = (database: string): Hands => ({
  async run(sql) {
    if (!database.startsWith("postgres:")) {
      const client = new Client(database);
      try {
        client.exec(sql);
      } finally {
        client.close();
      }
      return;
    }
    const client = new pg.Client(database);
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  },
});
