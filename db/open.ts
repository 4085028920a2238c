import Client from "better-sqlite3";
import { AttuneError } from "#src/errors.ts";
import type { ChatLog } from "#src/ports/chat.ts";
import type { Store } from "#src/ports/store.ts";
import { backUp } from "./backup.ts";
import { chatLog } from "./chat.ts";
import { storeFailure } from "./failure.ts";
import type { Key } from "./keys.ts";
import type { Kept } from "./kept.ts";
import { proveMasterKey } from "./master-key-proof.ts";
import { migrate } from "./migrate.ts";
import * as tables from "./schema/sqlite.ts";
import { sqliteRunner } from "./sqlite-runner.ts";
import { createStore } from "./store.ts";
import { clearing } from "./store/clearing.ts";
import type { AuditLog } from "./store/audit.ts";

export interface SqliteOptions {
  /** A path, or ":memory:" for a database that ends with the process. */
  readonly file: string;
  readonly keys: Key;
  /** How long a write waits for another process, in milliseconds. */
  readonly busyTimeout?: number;
}

/** An open database. It holds any number of programs, each behind a store of its own. */
export interface House extends AsyncDisposable {
  store(program: string): Store & AuditLog;
  chat(program: string): ChatLog;
  /** Empties a program. Its audit log goes too: this is for a demo that starts over, not for erasing a person. */
  clear(program: string): Promise<void>;
  /**
   * Writes a consistent copy to `file` while this and other processes go on working; `progress` is told its share
   * from 0 to 1. The copy needs the same master key. AttuneError `store` when a file is there or cannot be written.
   */
  backup(file: string, progress?: (share: number) => void): Promise<void>;
  /** Proves by one small commit that the database still reads and writes; else rejects with AttuneError `store`. */
  check(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens (or makes) the embedded database and brings it to this version's schema. AttuneError `store` when
 * the file cannot be opened, is none of ours, is newer, or was made with another key.
 */
export const openSqlite = ({ file, keys, busyTimeout = 5_000 }: SqliteOptions): House => {
  const client = openClient(file, busyTimeout);
  const runner = sqliteRunner(client);
  const openedKeys: Kept["openedKeys"] = new Map();
  const kept = (program: string): Kept => ({
    ...runner,
    program,
    tables,
    masterKey: keys,
    openedKeys,
    scrub: async () => {
      runner.release();
      // Folds the log into the file and empties it: pages from before the deletion are gone from both.
      client.pragma("wal_checkpoint(TRUNCATE)");
    },
  });
  try {
    migrate(client);
    proveMasterKey(client, keys);
  } catch (thrown) {
    client.close();
    throw opening(file, thrown);
  }
  const house = createStore(kept(""));
  const close = async () => {
    runner.release();
    client.close();
  };
  let checks = 0;
  return {
    store: (program) => createStore(kept(named(program))),
    chat: (program) => chatLog(kept(named(program))),
    clear: (program) => clearing(kept(named(program)))(),
    backup: (target, progress) => backUp(file, target, progress),
    check: () => house.setNote("check", String((checks += 1))),
    close,
    [Symbol.asyncDispose]: close,
  };
};

const openClient = (file: string, timeout: number): Client.Database => {
  let client: Client.Database | undefined;
  try {
    client = new Client(file, { timeout });
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
    // Erased answers must not stay behind in free pages.
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

const FULL = 2;

const opening = (file: string, thrown: unknown): unknown => {
  const failure = storeFailure(thrown);
  if (failure instanceof AttuneError)
    return new AttuneError(failure.code, `${file}: ${failure.message}`, { cause: thrown });
  return new AttuneError("store", `${file} cannot be opened: ${String(thrown)}`, { cause: thrown });
};

/** The empty name is the house's own. */
const named = (program: string): string => {
  if (program === "") throw new AttuneError("config", "A program needs an id.");
  return program;
};
