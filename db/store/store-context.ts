import type { SQL } from "drizzle-orm";
import type { Key, Opened } from "../keys/keys.ts";
import type * as schema from "../schema/sqlite.ts";
import type { Runner } from "../statements/steps.ts";

/** Milliseconds that a scrub waits for readers. The person who asked for the deletion waits as long. */
export const PATIENCE = 1_000;

/** The tables, with the types of SQLite's. PostgreSQL's have the same columns. */
export type Tables = typeof schema;

/** What each part of a store works with, for one program in one open database. */
export interface StoreContext extends Runner {
  readonly program: string;
  /** The same of another program, whose steps may stand in this one's transactions. */
  beside(program: string): StoreContext;
  readonly tables: Tables;
  readonly masterKey: Key;
  /** A cache of people's decrypted keys. Each use checks that the encrypted key in the table is still the same. */
  readonly openedKeys: Opened<Key>;
  /**
   * The end of a subselect that locks its rows and leaves out locked ones (`for update skip locked`). Empty on SQLite, which has one
   * writer at a time.
   */
  readonly skipLocked: SQL;
  /** Makes deleted data unreadable in the files. False if a reader prevents it. */
  scrub(): Promise<boolean>;
}
