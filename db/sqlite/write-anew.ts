import type { Database as Client } from "better-sqlite3";

/**
 * Rewrites the whole file (`vacuum`), so that no old values are left in it or in its log. Deleted rows are overwritten at once
 * (`secure_delete`), but rows that move within a page leave their old bytes. This needs as much disk space again as the file has.
 */
export const writeAnew = (client: Client): void => {
  client.exec("vacuum");
  client.pragma("wal_checkpoint(TRUNCATE)");
};
