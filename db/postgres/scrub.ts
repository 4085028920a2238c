import type { Pool, PoolClient } from "pg";

/** What a person's erasing deletes from, the table with their key first. */
const TABLES = ["person", "reply", "chat", "identity", "message", "inbox", "nudge"];
/** Up to this size, in bytes, a table is written anew within a moment. The keys' table always is. */
const SMALL = 128 * 1024 * 1024;

/**
 * Makes what was deleted unreadable in the tables' files. Only writing a table anew does so: a plain vacuum frees a
 * row's place and leaves its bytes there until another row takes it. Writing anew keeps everybody else waiting, so a
 * large table, and one that somebody (a backup) has been reading for seconds, is vacuumed instead: without their key,
 * which is the smallest table, a person's words are noise wherever they lie.
 */
export async function scrubPostgres(pool: Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("set lock_timeout = '2s'");
    for (const table of TABLES) await scrubbed(client, table);
    await client.query("reset lock_timeout");
    client.release();
  } catch (thrown) {
    client.release(true);
    throw thrown;
  }
}

async function scrubbed(client: PoolClient, table: string): Promise<void> {
  const { rows } = await client.query<{ size: number }>("select pg_table_size($1) as size", [table]);
  if (table === TABLES[0] || rows[0]!.size <= SMALL) {
    const isAnew = await client.query(`vacuum full ${table}`).then(
      () => true,
      (thrown: unknown) => {
        if (!isWaiting(thrown)) throw thrown;
        return false;
      },
    );
    if (isAnew) return;
  }
  await client.query(`vacuum ${table}`);
}

/** lock_not_available, deadlock_detected */
const isWaiting = (thrown: unknown): boolean =>
  ["55P03", "40P01"].includes((thrown as { readonly code?: string }).code ?? "");
