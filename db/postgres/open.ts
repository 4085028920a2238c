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
import type { Steps } from "../statements/statement.ts";
import { upgrade } from "../store/upgrade.ts";

export interface PostgresOptions {
  /** postgres://user:password@host:port/database */
  readonly url: string;
  readonly keys: Key;
  /** Connections of this process, at most. */
  readonly connections?: number;
  /** How long the server may say nothing to a question before the connection counts as lost, in milliseconds. */
  readonly silence?: number;
  /** Only looks: nothing is brought up to date or written. An older version's database is refused. */
  readonly looksOnly?: boolean;
}

/** How long a start or an act waits for a connection, in milliseconds: below Slack's three seconds. */
const CONNECT = 2_500;
/** How long the server may work on one statement, in milliseconds. */
const STATEMENT = 10_000;
/**
 * A server that works says so by then, in milliseconds: one that says nothing is out of reach, and a socket alone would
 * not notice for a quarter of an hour.
 */
const SILENCE = STATEMENT + 2_000;
/** How long a transaction may wait for its process, in milliseconds. */
const IDLE = 30_000;

/**
 * Opens a PostgreSQL database and brings it to this version's schema; of replicas that start together, one
 * migrates. Any number of processes may have it open. AttuneError `store` when the server cannot be reached, the
 * database is newer than this version, or was made with another key.
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
    // One stays open for as long as the database does: by it others see that the database is in use.
    min: 1,
    max: connections,
    statement_timeout: STATEMENT,
    idle_in_transaction_session_timeout: IDLE,
    query_timeout: silence,
    pipeline: true,
    types: { getTypeParser },
  });
  // A connection that is lost while nobody uses it is replaced when it is needed.
  pool.on("error", () => undefined);
  // One that is lost while it is used also rejects what was asked: that is where it is heeded.
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
    // What stood in clear lies in dead rows, and where its column was.
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
        // The check's own row is written anew within its page, also on a disk where people's answers find none.
        await pool.query("create temporary table room on commit drop as select 1 as page");
      } catch (thrown) {
        throw postgresFailure(thrown);
      }
    },
    close: () => pool.end(),
  });
};

/** Twins, column for column: a test holds them equal. */
const pattern = (tables: typeof twins): Tables => tables as unknown as Tables;

/** bigint as a number: moments and ids stay below 2^53. */
export const getTypeParser = ((id: number, format: "text") =>
  id === INT8 ? Number : pg.types.getTypeParser(id, format)) as typeof pg.types.getTypeParser;

/** The server's own number of the type bigint. */
const INT8 = 20;

/** The address holds a password: it is never repeated. */
const opening = (thrown: unknown): unknown => {
  const failure = postgresFailure(thrown);
  return failure instanceof AttuneError
    ? new AttuneError(failure.code, `PostgreSQL: ${failure.message.replace(/^Not saved: /, "")}`, {
        cause: thrown,
      })
    : failure;
};
