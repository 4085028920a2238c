import pg from "pg";
import { waitUntil } from "../statements/wait-until.ts";
import { PATIENCE } from "../store/store-context.ts";
import { isInTheWay, postgresFailure } from "./failure.ts";

/** What a person's erasing deletes from, the table with their key first. */
const ERASED = ["person", "reply", "chat", "identity", "message", "inbox", "nudge"];
/** What had been kept in clear, or under another key, until it was sealed. Written anew whatever its size: nobody works then. */
export const SEALED = ["person", "reply", "identity", "message", "inbox", "note"];
/** Up to this size, in bytes, a table is written anew within a blink. The keys' table always is. */
const SMALL = 8 * 1024 * 1024;
/**
 * How long a table is waited for, in milliseconds; everybody else waits behind. Longer than the second after which the
 * server ends an autovacuum that is in the way, shorter than what people who answer wait for.
 */
const LOCK = 1_500;

/** Longer than the largest table takes, in milliseconds: a server that says nothing for so long is out of reach. */
const SILENCE = 10 * 60_000;

/**
 * Makes what was deleted unreadable in the tables' files; false when somebody is in the way, and nothing is lost by
 * trying later. Only writing a table anew does so: a plain vacuum frees a row's place and leaves its bytes there until
 * another row takes it. Writing anew keeps everybody else waiting, so a large table is vacuumed instead: without their
 * key, which is in a small table, a person's words are noise wherever they lie. It has a connection of its own, whose
 * statements take as long as they take.
 */
export async function scrubPostgres(url: string, tables: readonly string[] = ERASED): Promise<boolean> {
  const client = new pg.Client({
    connectionString: url,
    application_name: "attune scrub",
    connectionTimeoutMillis: 2_500,
    query_timeout: SILENCE,
    keepAlive: true,
  });
  // A lost connection also fails the statement that waits for it.
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query(`set statement_timeout = 0; set lock_timeout = ${LOCK}`);
    if (!(await isFree(client))) return false;
    for (const table of tables) await scrubbed(client, table, tables === SEALED);
    // What the planner remembers of a table are some of its values: it has new ones now, and the old go as rows do.
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

/** Once nobody else scrubs, and nobody reads a state from before now any more: rows that they may see are kept. */
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

/** One scrub at a time in a database: the turn ends with the connection. */
const TURN = "select pg_try_advisory_lock(hashtextextended('attune scrub', 0)) as taken";

/**
 * Whether a moment is past for everybody. A transaction under way is in the way in any database, since the reader of
 * another table counts from it; a reader, in this database; a standby, by what it reports.
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
