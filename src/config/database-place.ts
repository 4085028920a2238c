import { dirname, join } from "node:path";

/** Where the playground keeps everything unless ATTUNE_DB says otherwise: a file that may always be thrown away. */
const PLAYGROUND = "playground.db";
const FOLDER = "./data";

/** The database of a process to which none was named. */
export const defaultDatabase = (isReal: boolean): string =>
  isReal ? REAL_DATABASE : `${FOLDER}/${PLAYGROUND}`;

export const REAL_DATABASE = `${FOLDER}/attune.db`;

/** The playground's file where a real database has its place: beside its file, or in ./data where that is on a server. */
export const playgroundBeside = (database: string): string =>
  isOnServer(database) ? defaultDatabase(false) : join(dirname(database), PLAYGROUND);

/** A database on a server, and not in a file of this machine. */
export const isOnServer = (database: string): boolean => /^postgres(ql)?:\/\//.test(database);

/** A database as people may read it: the address of a server without the name and the password. */
export const shownDatabase = (database: string): string => {
  if (!isOnServer(database)) return database;
  const { host, pathname } = new URL(database);
  return `postgres://${host}${pathname}`;
};
