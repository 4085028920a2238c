/** A database on a server, and not in a file of this machine. */
export const isOnServer = (database: string): boolean => /^postgres(ql)?:\/\//.test(database);

/** A database as people may read it: the address of a server without the name and the password. */
export const shownDatabase = (database: string): string => {
  if (!isOnServer(database)) return database;
  const { host, pathname } = new URL(database);
  return `postgres://${host}${pathname}`;
};
