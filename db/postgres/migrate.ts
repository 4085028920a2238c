import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { readMigrationFiles } from "drizzle-orm/migrator";
import type { Client } from "pg";
import { AttuneError } from "#src/errors.ts";
import { SEALING } from "../store/upgrade.ts";
import { isInTheWay } from "./failure.ts";
import { demandVersion } from "./version.ts";

const migrations = readMigrationFiles({
  migrationsFolder: fileURLToPath(new URL("../migrations/postgres", import.meta.url)),
});

/** The newest schema that this version knows. */
export const SCHEMA = migrations.length;

/** "Attn": the advisory lock that one starting replica holds while it migrates. */
const LOCK = 0x4174746e;

/** How often a table is tried that another process has locked: two minutes in all. */
const ATTEMPTS = 40;
/** Milliseconds between two tries. In between, other processes' waiting statements can run. */
const PAUSE = 2_000;

/**
 * Migrates the database to this version's schema, in one process at a time and all or nothing. Drizzle's own migrator takes no
 * lock: of 32 replicas that started together, 7 crashed.
 * @param client without time limits, not connected yet
 * @param seal encrypts what an older version stored in clear. Other starting replicas wait for it. After an interruption it
 * begins again
 * @returns whether it encrypted anything. Then the database's files still hold the clear text
 */
export const migratePostgres = async (client: Client, seal: () => Promise<void>): Promise<boolean> => {
  // Ignored: a lost connection also rejects the running statement.
  client.on("error", () => undefined);
  try {
    await client.connect();
    await demandVersion(client);
    // No time limit: building an index may take long, here or in another replica that we wait for.
    await client.query("set statement_timeout = 0");
    await client.query("select pg_advisory_lock($1)", [LOCK]);
    await migrated(client, (applied) => (applied > 0 && applied <= SEALING ? SEALING : SCHEMA));
    if ((await schemaOf(client)) !== SEALING) return false;
    await seal();
    await migrated(client, () => SCHEMA);
    return true;
  } finally {
    // Closing the connection releases the lock.
    await client.end().catch(() => undefined);
  }
};

const migrated = async (client: Client, goal: (applied: number) => number): Promise<void> => {
  for (let attempt = 1; !(await isMigrated(client, goal, attempt === ATTEMPTS)); attempt += 1)
    await setTimeout(PAUSE);
};

/** One try, in one transaction. False if another process has locked a table; then nothing was changed. */
const isMigrated = async (
  client: Client,
  goal: (applied: number) => number,
  isLast: boolean,
): Promise<boolean> => {
  try {
    await client.query("begin");
    // Wait only shortly for a lock: while we wait, all others wait behind us, and a long report would block every answer.
    await client.query("set local lock_timeout = '1s'");
    await bringUp(client, goal);
    await client.query("commit");
    return true;
  } catch (thrown) {
    await client.query("rollback").catch(() => undefined);
    if (isLast || !isInTheWay(thrown)) throw thrown;
    return false;
  }
};

const bringUp = async (client: Client, goal: (applied: number) => number): Promise<void> => {
  await client.query("create table if not exists attune_schema (version integer not null)");
  const applied = await schemaOf(client);
  const version = goal(applied);
  if (applied === version) return;
  for (const migration of migrations.slice(applied, version))
    for (const sql of migration.sql) await client.query(sql);
  await client.query("delete from attune_schema");
  await client.query("insert into attune_schema (version) values ($1)", [version]);
};

/**
 * The version of a database's schema; 0 if none was written down yet.
 * @throws AttuneError `store` when it is newer than this version
 */
export const schemaOf = async (client: Client): Promise<number> => {
  const { rows } = await client.query<{ version: number }>("select version from attune_schema");
  const applied = rows[0]?.version ?? 0;
  if (applied > SCHEMA) {
    throw new AttuneError(
      "store",
      `The database is from a newer Attune (schema ${applied}, this one knows ${SCHEMA}). Update Attune.`,
    );
  }
  return applied;
};

/**
 * @param client one that is not connected yet
 * @returns that nothing was changed
 * @throws AttuneError `store` when an older version, or none, has been there
 */
export const demandCurrent = async (client: Client): Promise<false> => {
  client.on("error", () => undefined);
  try {
    await client.connect();
    await demandVersion(client);
    const { rows } = await client.query<{ there: boolean }>(
      "select to_regclass('attune_schema') is not null as there",
    );
    const applied = rows[0]?.there === true ? await schemaOf(client) : 0;
    if (applied < SCHEMA)
      throw new AttuneError(
        "store",
        `The database is from an older Attune (schema ${applied}, this one has ${SCHEMA}): start Attune, which brings it up to date.`,
      );
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
};
