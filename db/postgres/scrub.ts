import pg from "pg";
import { waitUntil } from "../statements/wait-until.ts";
import { PATIENCE } from "../store/store-context.ts";
import { isInTheWay, postgresFailure } from "./failure.ts";

/** The tables from which erasing a person deletes, the one with their key first. */
const ERASED = ["person", "reply", "chat", "identity", "message", "inbox", "nudge"];
/** Tables that held clear text or values of an old key. They are rewritten whatever their size, since nobody works meanwhile. */
export const SEALED = ["person", "reply", "identity", "message", "inbox", "note", "file_version"];
/** A table up to this size in bytes is rewritten, since that takes only an instant. The table of keys always is. */
const SMALL = 8 * 1024 * 1024;
/**
 * Milliseconds to wait for a table's lock. Other processes wait behind us. It is longer than the second after which the server ends
 * an autovacuum that blocks us, and shorter than people wait for an answer.
 */
const LOCK = 1_500;

/** Milliseconds without an answer after which the server counts as out of reach. The largest table takes less. */
const SILENCE = 10 * 60_000;

/**
 * Removes deleted data from the tables' files. False if another reader or writer prevents it; then it can be tried later.
 *
 * Only rewriting a table (`vacuum full`) removes deleted bytes. A plain vacuum only marks their place as free. But rewriting blocks
 * everybody else, so a large table is only vacuumed. That is enough: a person's texts cannot be read without their key, and keys are
 * in a small table. This uses its own connection without time limits.
 */
export async function scrubPostgres(url: string, tables: readonly string[] = ERASED): Promise<boolean> {
  const client = new pg.Client({
    connectionString: url,
    application_name: "attune scrub",
    connectionTimeoutMillis: 2_500,
    query_timeout: SILENCE,
    keepAlive: true,
  });
  // Ignored: a lost connection also rejects the running statement.
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query(`set statement_timeout = 0; set lock_timeout = ${LOCK}`);
    if (!(await isFree(client))) return false;
    for (const table of tables) await scrubbed(client, table, tables === SEALED);
    // The planner's statistics contain values of the table. `analyze` replaces them, and the old ones are removed like rows.
    if (!(await isFree(client))) return false;
    await client.query("vacuum full pg_statistic");
    return true;
  } catch (thrown) {
    if (isInTheWay(thrown)) return false;
    throw postgresFailure(thrown);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Waits until no other process scrubs, and no transaction is older than now: the server keeps rows that one may still see. */
async function isFree(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ now: string }>(
    "select pg_snapshot_xmax(pg_current_snapshot())::text as now",
  );
  let isOurs = false;
  return waitUntil(PATIENCE, async () => {
    isOurs ||= (await client.query<{ taken: boolean }>(TURN)).rows[0]!.taken;
    return isOurs && (await client.query<{ past: boolean }>(PAST, [rows[0]!.now])).rows[0]!.past;
  });
}

/** Takes the lock for scrubbing: one scrub at a time. Closing the connection releases it. */
const TURN = "select pg_try_advisory_lock(hashtextextended('attune scrub', 0)) as taken";

/**
 * Whether no transaction is older than a moment. Writing transactions count in any database of the server; reading ones count in
 * this database; standby servers count by what they report.
 */
const PAST = `select pg_snapshot_xmin(pg_current_snapshot()) >= $1::xid8
  and not exists (
    select from pg_stat_activity
    where pid <> pg_backend_pid() and (datname = current_database() or datname is null)
      and age(backend_xmin) > age($1::xid8::xid))
  and not exists (select from pg_replication_slots where age(xmin) > age($1::xid8::xid)) as past`;

async function scrubbed(client: pg.Client, table: string, isAll: boolean): Promise<void> {
  const { rows } = await client.query<{ size: number }>("select pg_table_size($1)::float8 as size", [table]);
  const isAnew = isAll || table === ERASED[0] || rows[0]!.size <= SMALL;
  await client.query(`vacuum (analyze${isAnew ? ", full" : ""}) ${table}`);
}
