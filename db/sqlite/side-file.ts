import { existsSync, realpathSync } from "node:fs";

/** What SQLite keeps beside a database. It does so beside the file itself, also where the database was opened by a link to it. */
export const sideFile = (database: string, end: "-wal" | "-shm" | "-journal"): string =>
  `${existsSync(database) ? realpathSync(database) : database}${end}`;
