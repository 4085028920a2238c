import { closeSync, openSync } from "node:fs";
import Client from "better-sqlite3";
import { sql } from "drizzle-orm";
import type { Instant } from "#src/domain/time.ts";
import { AttuneError } from "#src/errors.ts";
import { backUp } from "./backup.ts";
import { storeFailure } from "./failure.ts";
import { databaseOf, type Database } from "../store/database.ts";
import type { Key } from "../keys/keys.ts";
import { waitUntil } from "../statements/wait-until.ts";
import { PATIENCE, type StoreContext } from "../store/store-context.ts";
import { masterKeyProof } from "../store/master-key-proof.ts";
import { demandCurrent, migrate, newInMemory, sealSome } from "./migrate.ts";
import * as tables from "../schema/sqlite.ts";
import { sqliteRunner, type SqliteRunner } from "./runner.ts";
import { writeAnew } from "./write-anew.ts";
import type { Values } from "../statements/statement.ts";
import { upgrade } from "../store/upgrade.ts";

export interface SqliteOptions {
  /** A path, or ":memory:" for a database in memory. */
  readonly file: string;
  readonly keys: Key;
  /** Milliseconds that opening, a read and a write each wait for another process's lock. */
  readonly busyTimeout?: number;
  /** Reads only: does not create, migrate or write. A database of an older version is refused. */
  readonly looksOnly?: boolean;
}

/**
 * Opens or makes a SQLite database and migrates it to this version's schema.
 * @throws AttuneError `store` when the file cannot be opened, is not Attune's, is newer, or has another key
 */
export const openSqlite = ({
  file,
  keys,
  busyTimeout = 5_000,
  looksOnly = false,
}: SqliteOptions): Database => {
  const client = looksOnly ? lookingClient(file, busyTimeout) : openClient(file, busyTimeout);
  const runner = sqliteRunner(client, busyTimeout);
  const openedKeys: StoreContext["openedKeys"] = new Map();
  const context = (program: string): StoreContext => ({
    ...runner,
    program,
    beside: context,
    tables,
    masterKey: keys,
    openedKeys,
    skipLocked: sql.empty(),
    scrub: () => waitUntil(PATIENCE, () => runner.exclusively(() => foldLog(client))),
  });
  try {
    if (looksOnly) demandCurrent(client);
    else migrate(client);
    const isSealed = !looksOnly && seal(client, runner, context);
    runner.transactionSync(() => masterKeyProof({ tables }, keys).prove(), looksOnly);
    // From now on the runner waits for locks, without blocking the event loop.
    client.pragma("busy_timeout = 0");
    if (isSealed) takeOutOfFiles(client);
  } catch (thrown) {
    client.close();
    throw opening(file, thrown);
  }
  const clock = client.prepare("select cast(unixepoch('subsec') * 1000 as integer)").pluck();
  return databaseOf({
    context,
    now: async () => clock.get() as Instant,
    backup: (target, progress) => backUp(file, target, progress),
    close: () => runner.exclusively(() => void client.close()),
  });
};

/**
 * Encrypts what an older version stored in clear, in parts; each part is one transaction. After an interruption the next start goes
 * on. Returns whether there was anything to do.
 */
function seal(
  client: Client.Database,
  runner: SqliteRunner,
  context: (program: string) => StoreContext,
): boolean {
  const { once, passes } = upgrade(context);
  let place: { readonly pass: number; readonly after: Values } | undefined;
  const some = (): boolean => {
    if (place === undefined) {
      runner.transactionSync(once);
      place = { pass: 0, after: passes[0]!.start };
      return false;
    }
    const { pass } = place;
    const after = runner.transactionSync(() => passes[pass]!.portion(place!.after));
    const next = after === undefined ? pass + 1 : pass;
    if (next === passes.length) return true;
    place = { pass: next, after: after ?? passes[next]!.start };
    return false;
  };
  while (!sealSome(client, some));
  return place !== undefined;
}

/** Removes the clear text from the file and its log. If there is no space, or a reader prevents it, a later beat tries again. */
function takeOutOfFiles(client: Client.Database): void {
  try {
    writeAnew(client);
  } catch (thrown) {
    if (!(thrown instanceof Client.SqliteError)) throw thrown;
    foldLog(client);
  }
}

/**
 * Moves the log's pages into the file and empties the log (a checkpoint). Pages from before a deletion are then gone from both.
 * False if a reader in another process prevents it.
 */
function foldLog(client: Client.Database): boolean {
  try {
    return client.pragma("wal_checkpoint(TRUNCATE)", { simple: true }) === 0;
  } catch (thrown) {
    throw storeFailure(thrown);
  }
}

/** Makes the file of a new database readable for its owner only. SQLite gives its log the same mode. */
function makeForOwner(file: string): void {
  try {
    closeSync(openSync(file, "ax", 0o600));
  } catch {
    // It exists already, or cannot be made. Then opening it fails with the reason.
  }
}

const openClient = (file: string, timeout: number): Client.Database => {
  let client: Client.Database | undefined;
  if (file !== ":memory:") makeForOwner(file);
  try {
    client = new Client(file === ":memory:" ? newInMemory() : file, { timeout });
    const journal = client.pragma("journal_mode = WAL", { simple: true });
    if (journal !== (file === ":memory:" ? "memory" : "wal")) {
      throw new AttuneError(
        "store",
        `The disk does not admit a write-ahead log (${String(journal)}): use a local disk.`,
      );
    }
    client.pragma("synchronous = FULL");
    client.pragma("foreign_keys = ON");
    client.pragma("trusted_schema = OFF");
    // Deleted answers must not stay in free pages.
    client.pragma("secure_delete = ON");
    client.pragma("cache_size = -32000");
    client.pragma("journal_size_limit = 67108864");
    if (client.pragma("synchronous", { simple: true }) !== FULL) {
      throw new AttuneError(
        "store",
        "SQLite does not run at synchronous=FULL: what is acknowledged could be lost.",
      );
    }
    return client;
  } catch (thrown) {
    client?.close();
    throw opening(file, thrown);
  }
};

/** For commands that only read. Not opened read-only, because then SQLite could not delete its log file at the end. */
function lookingClient(file: string, timeout: number): Client.Database {
  try {
    const client = new Client(file, { fileMustExist: true, timeout });
    client.pragma("query_only = ON");
    return client;
  } catch (thrown) {
    throw opening(file, thrown);
  }
}

const FULL = 2;

const opening = (file: string, thrown: unknown): unknown => {
  const failure = storeFailure(thrown);
  if (failure instanceof AttuneError)
    return new AttuneError(failure.code, `${file}: ${failure.message}`, { cause: thrown });
  return new AttuneError("store", `${file} cannot be opened: ${String(thrown)}`, { cause: thrown });
};
