import type { SQL } from "drizzle-orm";
import type { Key } from "../keys/keys.ts";
import type * as schema from "../schema/sqlite.ts";
import type { Runner } from "../statements/statement.ts";

/** How long a scrub waits for whoever still reads what was deleted, in milliseconds: who had it deleted waits too. */
export const PATIENCE = 1_000;

/** A dialect's tables. Twins column for column: SQLite's are the pattern. */
export type Tables = typeof schema;

/** What each part of a store works with: one program's rows in one open database. */
export interface StoreContext extends Runner {
  readonly program: string;
  readonly tables: Tables;
  readonly masterKey: Key;
  /** People's keys, unwrapped; good only while the same wrapped key is in the table, which is looked at every time. */
  readonly openedKeys: Map<string, { readonly wrapped: Buffer; readonly key: Key }>;
  /**
   * What a subselect ends with to find only rows that nobody else is writing, and to keep them for its transaction.
   * Nothing where there is one writer at a time.
   */
  readonly skipLocked: SQL;
  /** Makes what was deleted unreadable in the files too. False when somebody still reads it there. */
  scrub(): Promise<boolean>;
}
