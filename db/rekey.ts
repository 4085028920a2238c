import Client from "better-sqlite3";
import { sql } from "drizzle-orm";
import pg from "pg";
import { AttuneError } from "#src/errors.ts";
import { storeFailure } from "./sqlite/failure.ts";
import type { Key } from "./keys/keys.ts";
import type { StoreContext, Tables } from "./store/store-context.ts";
import { getTypeParser } from "./postgres/open.ts";
import { postgresRunner } from "./postgres/runner.ts";
import { scrubPostgres, SEALED } from "./postgres/scrub.ts";
import { rekeying } from "./rekeying.ts";
import * as twins from "./schema/postgres.ts";
import * as tables from "./schema/sqlite.ts";
import { sqliteRunner } from "./sqlite/runner.ts";
import { writeAnew } from "./sqlite/write-anew.ts";
import { command, query } from "./statements/statement.ts";
import { first, run } from "./statements/steps.ts";
import { is } from "./store/placeholders.ts";
import { DATABASE } from "./store/shared-work.ts";

export interface Rekeying {
  /** The database's key. */
  readonly from: Key;
  /** Makes its new key. Called once no other process has the database open. */
  makeKey(): Key;
  progress(share: number): void;
}

/** Another process has opened the database since we checked. */
const inUse = (cause?: unknown): AttuneError =>
  new AttuneError("config", "Somebody has the database open: stop Attune first. Nothing was changed.", {
    cause,
  });

/**
 * Changes the master key of a SQLite database, all or nothing. It must have this version's schema.
 * @throws AttuneError `config` when another process has it open
 */
export async function rekeySqlite(file: string, { from, makeKey, progress }: Rekeying): Promise<void> {
  const client = new Client(file, { fileMustExist: true, timeout: 0 });
  try {
    // An exclusive lock: refused while another connection is open, and it keeps others out until this one closes.
    client.pragma("locking_mode = EXCLUSIVE");
    client.pragma("synchronous = FULL");
    client.pragma("secure_delete = ON");
    const runner = sqliteRunner(client, 0);
    const context = (program: string): StoreContext => ({
      ...runner,
      program,
      beside: context,
      tables,
      masterKey: from,
      openedKeys: new Map(),
      skipLocked: sql.empty(),
      scrub: async () => true,
    });
    runner.transactionSync(rekeying(context, makeKey, progress));
    writeAnew(client);
  } catch (thrown) {
    if (thrown instanceof Client.SqliteError && thrown.code.startsWith("SQLITE_BUSY")) throw inUse(thrown);
    throw storeFailure(thrown);
  } finally {
    client.close();
  }
}

/**
 * The same for PostgreSQL. A process that connects meanwhile waits, and then needs the new key.
 * @returns false when an open transaction keeps values of the old key in the files
 */
export async function rekeyPostgres(url: string, { from, makeKey, progress }: Rekeying): Promise<boolean> {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: "attune rekey",
    connectionTimeoutMillis: 10_000,
    max: 1,
    pipeline: true,
    types: { getTypeParser },
  });
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  const pattern = twins as unknown as Tables;
  const runner = postgresRunner(pool, DATABASE);
  const context = (program: string): StoreContext => ({
    ...runner,
    program,
    beside: context,
    tables: pattern,
    masterKey: from,
    openedKeys: new Map(),
    skipLocked: sql.empty(),
    scrub: async () => true,
  });
  const { note } = pattern;
  const lock = command(() => ({
    toSQL: () => ({
      sql: "lock table note, person, identity, message, inbox, audit, file_version in access exclusive mode",
      params: [],
    }),
  }));
  const others = query(
    {
      count: sql<number>`(select count(*)::int from pg_stat_activity where datname = current_database() and application_name = 'attune')`,
    },
    (select) => select.from(note).where(is(note.key, "master-key")),
  );
  try {
    await runner.transaction(function* () {
      // A process that connected before the lock is found here. One that connects later waits until this is done.
      yield* run(lock);
      if (((yield* first(others))?.count ?? 0) > 0) throw inUse();
      yield* rekeying(context, makeKey, progress)();
    });
  } finally {
    await pool.end();
  }
  return scrubPostgres(url, SEALED);
}
