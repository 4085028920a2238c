import { accessSync, constants, existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";

/** The playground's default database. It can be deleted at any time. */
const PLAYGROUND = "playground.db";
const FOLDER = "./data";

/** The default database. */
export const defaultDatabase = (isReal: boolean): string =>
  isReal ? REAL_DATABASE : `${FOLDER}/${PLAYGROUND}`;

export const REAL_DATABASE = `${FOLDER}/attune.db`;

/** The playground's file beside a real database: in the same folder, or in ./data if that database is on a server. */
export const playgroundBeside = (database: string): string =>
  isOnServer(database) ? defaultDatabase(false) : join(dirname(database), PLAYGROUND);

/** Whether a database is on a server and not in a file. */
export const isOnServer = (database: string): boolean => /^postgres(ql)?:\/\//.test(database);

/**
 * A server's address as the driver is to read it. It takes every `sslmode` but `disable` and `no-verify` for `verify-full`, with a
 * warning of many lines for most.
 */
export function databaseAddress(database: string): string {
  if (!isOnServer(database) || !URL.canParse(database)) return database;
  const url = new URL(database);
  const mode = url.searchParams.get("sslmode");
  if (mode === null || ["disable", "no-verify", "verify-full"].includes(mode)) return database;
  url.searchParams.set("sslmode", "verify-full");
  return url.href;
}

/** The parts of a server's address that name a file, each with what it holds. */
const NAMED_FILES = {
  sslrootcert: "the authority's certificate",
  sslcert: "the certificate of this client",
  sslkey: "its key",
} as const;

interface Mistake {
  readonly message: string;
  readonly todo: string;
}

/** What is wrong with a database's place, by a look at its text and the files that it names. Repeats nothing of an address. */
export function wrongDatabase(database: string): Mistake | undefined {
  if (isOnServer(database)) {
    if (URL.canParse(database)) return wrongFile(database);
    return {
      message: "the address of the PostgreSQL database cannot be read",
      todo: "in its user and password write signs such as @ : / # as %40 %3A %2F %23",
    };
  }
  if (database === ":memory:")
    return {
      message: "a database in memory is gone with the process",
      todo: "write the path of a SQLite file",
    };
  // postgres:/…, file:…, user:password@host/… : a file of that name would hold everything, and nobody would look for it there.
  if (/^[a-z][\w+.-]+:|^[^/\\]*:[^/\\]*@/iu.test(database) && !existsSync(database))
    return {
      message: "expected the path of a SQLite file or the address of a PostgreSQL database",
      todo: "write one such as ./data/attune.db or postgres://attune:password@db.example/attune",
    };
  return wrongPath(database);
}

/** What is wrong with the path of a file that Attune makes: one for a shell names a folder "~" here. */
export const wrongPath = (path: string): Mistake | undefined =>
  /^~[/\\]|^\$/u.test(path)
    ? { message: "~ and $ mean something to a shell only", todo: "write the path in full" }
    : undefined;

/** What is wrong with the files that a server's address names; undefined where each can be read. */
export function wrongFile(database: string): Mistake | undefined {
  if (!isOnServer(database) || !URL.canParse(database)) return undefined;
  const { searchParams } = new URL(database);
  for (const [part, what] of Object.entries(NAMED_FILES)) {
    const file = searchParams.get(part);
    if (file === null || file === "") continue;
    try {
      if (!statSync(file).isFile())
        return { message: `its ${part}, ${file}, is no file`, todo: todoOf(what) };
      accessSync(file, constants.R_OK);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? "error";
      return code === "ENOENT"
        ? { message: `its ${part}, ${file}, is not there`, todo: todoOf(what) }
        : {
            message: `its ${part}, ${file}, cannot be read (${code})`,
            todo: "let Attune's user read it, and enter its folders",
          };
    }
  }
  return undefined;
}

const todoOf = (what: string): string => `put ${what} there, or mend the path behind the address`;

/** A database's name for messages: a server's address without user and password. */
export const shownDatabase = (database: string): string => {
  if (!isOnServer(database)) return database;
  const { host, pathname } = new URL(database);
  return `postgres://${host}${pathname}`;
};
