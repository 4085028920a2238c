import pg from "pg";
import { postgresFailure } from "./failure.ts";

/** Whether a database has a key already, or holds data. Then it needs that key, and none must be made. */
export async function isPostgresBound(url: string): Promise<boolean> {
  const client = new pg.Client({
    connectionString: url,
    application_name: "attune look",
    connectionTimeoutMillis: 2_500,
    query_timeout: 12_000,
  });
  // Ignored: a lost connection also rejects the running statement.
  client.on("error", () => undefined);
  try {
    await client.connect();
    const ours = await client.query<{ there: boolean }>(
      "select to_regclass('note') is not null and to_regclass('person') is not null as there",
    );
    if (ours.rows[0]?.there !== true) return false;
    const { rows } = await client.query<{ bound: boolean }>(
      "select exists (select from note where program <> '' or key = 'master-key') or exists (select from person) as bound",
    );
    return rows[0]?.bound === true;
  } catch (thrown) {
    throw postgresFailure(thrown);
  } finally {
    await client.end().catch(() => undefined);
  }
}
