import type { Database as Client } from "better-sqlite3";

/**
 * Writes the whole file anew, so that nothing of what its rows held before is left in it or in its log: what is deleted
 * is overwritten at once (`secure_delete`), but rows that move within a page leave bytes behind them. It needs as much
 * room again as the file has.
 */
export const writeAnew = (client: Client): void => {
  client.exec("vacuum");
  client.pragma("wal_checkpoint(TRUNCATE)");
};
