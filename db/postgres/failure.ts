import pg from "pg";
import { AttuneError } from "#src/errors.ts";

const CLIENT_CERTIFICATE =
  "the database server wants a certificate of us: add sslcert=/path/of/client.pem&sslkey=/path/of/client.key to the address";

// https://www.postgresql.org/docs/current/errcodes-appendix.html
const REASONS: readonly (readonly [prefix: string, reason: string])[] = [
  ["53100", "the database server's disk is full"],
  ["53300", "the database server has no connection left: raise max_connections or run fewer replicas"],
  ["25006", "the database cannot be written to (read-only, or a standby)"],
  ["28", "the database server refused the name or the password"],
  ["3D000", "there is no such database on the server"],
  ["42501", "the database user may not do that: it must own its database"],
  ["57P", "the database server is stopping or starting"],
  ["08", "the connection to the database was lost"],
  ["57014", "the database took too long"],
  ["XX", "the database is damaged: look at the server's log, and restore a backup"],
  ["58", "the database server's disk reported an error"],
  ["55P03", "somebody else holds a table for long (a dump, or an open transaction)"],
];

/** What keeps a connection from coming to be, by the error's code or words, and what to do. */
const NO_WAY: readonly (readonly [sign: RegExp, reason: string])[] = [
  [
    /SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER/u,
    "no authority that is known here vouches for the database server's certificate: name its own with ?sslmode=verify-full&sslrootcert=/path/of/ca.pem behind the database's address",
  ],
  [
    /ALTNAME_INVALID/u,
    "the database server's certificate is for another name than the address has: write the name that it is for",
  ],
  [/CERT_HAS_EXPIRED/u, "the database server's certificate has expired: renew it there"],
  [/ALERT_CERTIFICATE_REQUIRED|certificate required|valid client certificate/iu, CLIENT_CERTIFICATE],
  [
    /does not support SSL/u,
    "the database server speaks no TLS: turn it on there (ssl = on), or take sslmode out of the address",
  ],
  [
    /no pg_hba\.conf entry.*no encryption/u,
    "the database server wants TLS: add ?sslmode=verify-full to the address",
  ],
  [
    /no pg_hba\.conf entry/u,
    "the database server lets this user in from this machine to no such database: its pg_hba.conf says who may",
  ],
  [/ENOTFOUND|EAI_AGAIN/u, "the name of the database server is not known here: look at the address"],
];

/** The reason of the first sign in an error's code and words; of a certificate's file that cannot be read, its path. */
function noWay(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error)) return undefined;
  const { code = "", syscall, path } = thrown as NodeJS.ErrnoException;
  if (syscall === "open" && path !== undefined)
    return `${path}, which the database's address names, cannot be read (${code}): write the path of a PEM file that Attune's user may read`;
  return NO_WAY.find(([sign]) => sign.test(`${code} ${thrown.message}`))?.[1];
}

const CONTENDED = new Set(["40001", "40P01"]);

/** The transaction collided with another one. It changed nothing and may begin again. */
export const isContended = (thrown: unknown): boolean =>
  thrown instanceof pg.DatabaseError && CONTENDED.has(thrown.code ?? "");

/** A lock was not available in time. Nothing was changed. */
export const isInTheWay = (thrown: unknown): boolean =>
  isContended(thrown) || (thrown instanceof pg.DatabaseError && thrown.code === "55P03");

/** The connection is lost, or the server is stopping. */
export const isLost = (thrown: unknown): boolean =>
  thrown instanceof pg.DatabaseError ? /^(57P|08)/.test(thrown.code ?? "") : isOfTheWay(thrown);

/** The server did not answer in time, so the connection is given up. The caller has waited long enough: no further try. */
export const isSilent = (thrown: unknown): boolean =>
  thrown instanceof Error && /read timeout/i.test(thrown.message);

/** Turns an error of PostgreSQL or its connection into an AttuneError `store`. Other errors stay as they are. */
export const postgresFailure = (thrown: unknown): unknown => {
  if (thrown instanceof AttuneError) return thrown;
  const why = noWay(thrown);
  if (why !== undefined) return new AttuneError("store", `Not saved: ${why}.`, { cause: thrown });
  if (thrown instanceof pg.DatabaseError) {
    const code = thrown.code ?? "";
    const reason = REASONS.find(([prefix]) => code.startsWith(prefix))?.[1] ?? "the database refused";
    return new AttuneError("store", `Not saved: ${reason} (${code}).`, { cause: thrown });
  }
  return isOfTheWay(thrown)
    ? new AttuneError("store", "Not saved: the database cannot be reached.", { cause: thrown })
    : thrown;
};

/** The driver has no error class for a lost connection. A socket's errors name a system call. */
const isOfTheWay = (thrown: unknown): boolean =>
  thrown instanceof Error &&
  !(thrown instanceof AttuneError) &&
  ("syscall" in thrown ||
    isSilent(thrown) ||
    /connection|timeout exceeded|not queryable/i.test(thrown.message));
