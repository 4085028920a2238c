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
export const openPostgres = async (options: PostgresOptions): Promise<Database> => {
  const { url, keys } = options;
  const pool = poolOf(options);
  const context = contexts(pool, options);
  try {
    await prepare(options, context);
  } catch (thrown) {
    await pool.end();
    throw opening(thrown);
  }
  const asked = <Row extends pg.QueryResultRow>(text: string) =>
    pool.query<Row>(text).catch((thrown: unknown) => {
      throw postgresFailure(thrown);
    });
  return databaseOf({
    context,
    backup: (file, progress) => backUpPostgres({ url, keys }, file, progress),
    async now() {
      const { rows } = await asked<{ now: Instant }>(
        "select (extract(epoch from clock_timestamp()) * 1000)::bigint as now",
      );
      return rows[0]!.now;
    },
    async hasRoom() {
      // The check writes a row of its own. It may succeed although the disk is too full for people's answers.
      await asked("create temporary table room on commit drop as select 1 as page");
    },
    close: () => pool.end(),
  });
};

const wayTo = ({ url, looksOnly = false }: PostgresOptions) => ({
  connectionString: url,
  ...(looksOnly ? { options: "-c default_transaction_read_only=on" } : {}),
  application_name: "attune",
  connectionTimeoutMillis: CONNECT,
  keepAlive: true,
});

function poolOf(options: PostgresOptions): pg.Pool {
  const { connections = 10, silence = SILENCE } = options;
  const pool = new pg.Pool({
    ...wayTo(options),
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
  return pool;
}

function contexts(pool: pg.Pool, { url, keys }: PostgresOptions): (program: string) => StoreContext {
  const openedKeys: StoreContext["openedKeys"] = new Map();
  const context = (program: string): StoreContext => ({
    ...postgresRunner(pool, program),
    program,
    beside: context,
    tables: TABLES,
    masterKey: keys,
    openedKeys,
    skipLocked: sql` for no key update skip locked`,
    scrub: () => scrubPostgres(url),
  });
  return context;
}

/** Brings the database to this version's schema, or demands that it is there. And proves that the key is the one it was made with. */
async function prepare(options: PostgresOptions, context: (program: string) => StoreContext): Promise<void> {
  const { lockedTransaction } = context("");
  const alone = <Result>(steps: () => Steps<Result>) => lockedTransaction(["master key"], steps);
  const isSealed =
    options.looksOnly === true
      ? await demandCurrent(new pg.Client(wayTo(options)))
      : await migratePostgres(new pg.Client(wayTo(options)), async () => {
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
  if (isSealed) await scrubPostgres(options.url, SEALED);
  await alone(() => masterKeyProof({ tables: TABLES }, options.keys).prove());
}

/** PostgreSQL's tables with the type of SQLite's. A test compares them column by column. */
const TABLES = twins as unknown as Tables;

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
