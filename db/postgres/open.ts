import { sql } from "drizzle-orm";
import pg from "pg";
import type { Instant } from "#src/domain/time.ts";
import { AttuneError } from "#src/errors.ts";
import { databaseOf, type Database } from "../store/database.ts";
import { backUpPostgres } from "./backup.ts";
import type { Key } from "../keys/keys.ts";
import type { StoreContext, Tables } from "../store/store-context.ts";
import { masterKeyProof } from "../store/master-key-proof.ts";
import { postgresFailure } from "./failure.ts";
import { demandCurrent, migratePostgres } from "./migrate.ts";
import { postgresRunner } from "./runner.ts";
import { scrubPostgres, SEALED } from "./scrub.ts";
import * as twins from "../schema/postgres.ts";
import type { Steps } from "../statements/steps.ts";
import { upgrade } from "../store/upgrade.ts";

export interface PostgresOptions {
  /** postgres://user:password@host:port/database */
  readonly url: string;
  readonly keys: Key;
  /** The largest number of connections of this process. */
  readonly connections?: number;
  /** Milliseconds without an answer after which a connection counts as lost. */
  readonly silence?: number;
  /** Reads only: does not migrate or write. A database of an older version is refused. */
  readonly looksOnly?: boolean;
}

/** Milliseconds to wait for a connection. Less than the three seconds that Slack waits for us. */
const CONNECT = 2_500;
/** Milliseconds that the server may work on one statement. */
const STATEMENT = 10_000;
/**
 * Milliseconds. A server that works answers by then. Without an answer it counts as out of reach; the socket alone would notice
 * that only after a quarter of an hour.
 */
const SILENCE = STATEMENT + 2_000;
/** Milliseconds that the server lets a transaction wait for its process. */
const IDLE = 30_000;

/**
 * Opens a PostgreSQL database and migrates it to this version's schema. Of replicas that start together, one migrates. Any number
 * of processes may have the database open.
 * @throws AttuneError `store` when the server is out of reach, or the database is newer than this version or has another key
 */
export const openPostgres = async ({
  url,
  keys,
  connections = 10,
  silence = SILENCE,
  looksOnly = false,
}: PostgresOptions): Promise<Database> => {
  const way = {
    connectionString: url,
    ...(looksOnly ? { options: "-c default_transaction_read_only=on" } : {}),
    application_name: "attune",
    connectionTimeoutMillis: CONNECT,
    keepAlive: true,
  };
  const pool = new pg.Pool({
    ...way,
    // One connection always stays open. It shows other processes that the database is in use.
    min: 1,
    max: connections,
    statement_timeout: STATEMENT,
    idle_in_transaction_session_timeout: IDLE,
    query_timeout: silence,
    pipeline: true,
    types: { getTypeParser },
  });
  // Ignored: an idle connection that is lost is replaced when the next one is needed.
  pool.on("error", () => undefined);
  // Ignored: a connection that is lost in use also rejects the running statement.
  pool.on("connect", (client) => client.on("error", () => undefined));
  const openedKeys: StoreContext["openedKeys"] = new Map();
  const tables = pattern(twins);
  const context = (program: string): StoreContext => ({
    ...postgresRunner(pool, program),
    program,
    tables,
    masterKey: keys,
    openedKeys,
    skipLocked: sql` for no key update skip locked`,
    scrub: () => scrubPostgres(url),
  });
  const { lockedTransaction } = postgresRunner(pool, "");
  const alone = <Result>(steps: () => Steps<Result>) => lockedTransaction(["master key"], steps);
  try {
    const isSealed = looksOnly
      ? await demandCurrent(new pg.Client(way))
      : await migratePostgres(new pg.Client(way), async () => {
          const { once, passes } = upgrade(context);
          await alone(once);
          for (const { start, portion } of passes) {
            let after: typeof start | undefined = start;
            while (after !== undefined) {
              const place: typeof start = after;
              after = await alone(() => portion(place));
            }
          }
        });
    // Dead rows and the dropped column still hold the clear text.
    if (isSealed) await scrubPostgres(url, SEALED);
    await alone(() => masterKeyProof({ tables }, keys).prove());
  } catch (thrown) {
    await pool.end();
    throw opening(thrown);
  }
  return databaseOf({
    context,
    backup: (file, progress) => backUpPostgres({ url, keys }, file, progress),
    async now() {
      try {
        const { rows } = await pool.query<{ now: Instant }>(
          "select (extract(epoch from clock_timestamp()) * 1000)::bigint as now",
        );
        return rows[0]!.now;
      } catch (thrown) {
        throw postgresFailure(thrown);
      }
    },
    async hasRoom() {
      try {
        // The check writes a row of its own. It may succeed although the disk is too full for people's answers.
        await pool.query("create temporary table room on commit drop as select 1 as page");
      } catch (thrown) {
        throw postgresFailure(thrown);
      }
    },
    close: () => pool.end(),
  });
};

/** PostgreSQL's tables with the type of SQLite's. A test compares them column by column. */
const pattern = (tables: typeof twins): Tables => tables as unknown as Tables;

/** Reads bigint as a number: moments and ids stay below 2^53. */
export const getTypeParser = ((id: number, format: "text") =>
  id === INT8 ? Number : pg.types.getTypeParser(id, format)) as typeof pg.types.getTypeParser;

/** PostgreSQL's type id of bigint. */
const INT8 = 20;

/** An address contains a password, so errors never repeat it. */
const opening = (thrown: unknown): unknown => {
  const failure = postgresFailure(thrown);
  return failure instanceof AttuneError
    ? new AttuneError(failure.code, `PostgreSQL: ${failure.message.replace(/^Not saved: /, "")}`, {
        cause: thrown,
      })
    : failure;
};
