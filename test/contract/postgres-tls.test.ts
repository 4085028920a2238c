import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { passingKey } from "#db/keys/keys.ts";
import { postgresFailure } from "#db/postgres/failure.ts";
import { openPostgres } from "#db/postgres/open.ts";
import { demandVersion } from "#db/postgres/version.ts";
import { databaseAddress } from "#src/config/database-place.ts";
import { selfSigned } from "#test/support/feeds/certificate.ts";
import { connectedTo, postgresServer, type PostgresServer } from "#test/support/postgres.ts";

/** Signs that mean something in an address. */
const USER = "dr@w:attune";
const PASSWORD = "p@ss/w:rd#?%41";
const ours = selfSigned();
/** Its name is a user's. */
const client = selfSigned();
const CLIENT = "roster office";

const keys = passingKey();
let server: PostgresServer;
let folder: string;
let plain: string;
const file = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "attune-tls-"));
  writeFileSync(file("ca.pem"), ours.cert);
  writeFileSync(file("other.pem"), selfSigned().cert);
  writeFileSync(file("client.pem"), client.cert);
  writeFileSync(file("client.key"), client.key);
  server = await postgresServer();
  plain = await server.database();
  await using admin = await connectedTo(plain);
  // The server's own user has to own its files.
  const writes = (name: string, text: string) =>
    admin.query(
      `copy (select unnest(string_to_array(${pg.escapeLiteral(text.trim())}, E'\\n'))) to program 'umask 077; cat > ${name}'`,
    );
  await writes("ours.pem", ours.cert);
  await writes("ours.key", ours.key);
  await writes("client.pem", client.cert);
  for (const [name, value] of [
    ["ssl", "on"],
    ["ssl_cert_file", "ours.pem"],
    ["ssl_key_file", "ours.key"],
    ["ssl_ca_file", "client.pem"],
  ])
    await admin.query(`alter system set ${name} = '${value}'`);
  for (const user of [USER, "tls", CLIENT])
    await admin.query(
      `create role ${pg.escapeIdentifier(user)} superuser login password ${pg.escapeLiteral(PASSWORD)}`,
    );
  await writes(
    "pg_hba.conf",
    [
      "hostssl all tls all password",
      `hostssl all "${CLIENT}" all cert`,
      "hostssl all nobody all password",
      "host all attune all password",
      `host all "${USER}" all password`,
    ].join("\n"),
  );
  await admin.query("select pg_reload_conf()");
}, 120_000);
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
}, 120_000);

/** The server's address as an operator writes it. */
function address(user: string, query: Readonly<Record<string, string>> = {}, host = "127.0.0.1"): string {
  const { port, pathname } = new URL(plain);
  const who = `${encodeURIComponent(user)}:${encodeURIComponent(PASSWORD)}`;
  return databaseAddress(`postgres://${who}@${host}:${port}${pathname}?${new URLSearchParams(query)}`);
}

const opened = async (url: string): Promise<string> => {
  try {
    await using db = await openPostgres({ url, keys, looksOnly: true });
    await db.now();
    return "opened";
  } catch (error) {
    return (error as Error).message;
  }
};

it("opens over TLS, with a user and a password of signs that mean something in an address", async () => {
  const url = address(USER, { sslmode: "verify-full", sslrootcert: file("ca.pem") });

  await using db = await openPostgres({ url, keys });

  await db.now();
  await using admin = await connectedTo(plain);
  const { rows } = await admin.query<{ ssl: boolean }>(
    "select distinct ssl from pg_stat_ssl join pg_stat_activity using (pid) where usename = $1",
    [USER],
  );
  expect(rows).toEqual([{ ssl: true }]);
});

it("takes every mode that wants TLS for the strict one, and proves who it is with a certificate where it is asked to", async () => {
  const sslrootcert = file("ca.pem");

  for (const sslmode of ["require", "verify-ca", "verify-full"])
    expect(await opened(address("tls", { sslmode, sslrootcert }))).toBe("opened");
  const own = {
    sslmode: "verify-full",
    sslrootcert,
    sslcert: file("client.pem"),
    sslkey: file("client.key"),
  };
  expect(await opened(address(CLIENT, own))).toBe("opened");
});

const wrong: readonly (readonly [what: string, url: () => string, says: string])[] = [
  [
    "an authority that nobody knows here",
    () => address(USER, { sslmode: "require" }),
    "PostgreSQL: no authority that is known here vouches for the database server's certificate: name its own with ?sslmode=verify-full&sslrootcert=/path/of/ca.pem behind the database's address.",
  ],
  [
    "a certificate of another authority than the one named",
    () => address(USER, { sslmode: "verify-full", sslrootcert: file("other.pem") }),
    "PostgreSQL: no authority that is known here vouches for",
  ],
  [
    "a certificate for another name",
    () => address(USER, { sslmode: "verify-full", sslrootcert: file("ca.pem") }, "localhost"),
    "PostgreSQL: the database server's certificate is for another name than the address has: write the name that it is for.",
  ],
  [
    "a file of certificates that is not there",
    () => address(USER, { sslmode: "verify-full", sslrootcert: "/nowhere/ca.pem" }),
    "PostgreSQL: /nowhere/ca.pem, which the database's address names, cannot be read (ENOENT): write the path of a PEM file that Attune's user may read.",
  ],
  [
    "a server that wants TLS",
    () => address("tls"),
    "PostgreSQL: the database server wants TLS: add ?sslmode=verify-full to the address.",
  ],
  [
    "a server that wants a certificate of us",
    () => address(CLIENT, { sslmode: "verify-full", sslrootcert: file("ca.pem") }),
    "PostgreSQL: the database server wants a certificate of us: add sslcert=/path/of/client.pem&sslkey=/path/of/client.key to the address.",
  ],
  [
    "a user whom it does not let in",
    () => address("stranger", { sslmode: "verify-full", sslrootcert: file("ca.pem") }),
    "PostgreSQL: the database server lets this user in from this machine to no such database: its pg_hba.conf says who may.",
  ],
  [
    "a wrong password",
    () => address(USER).replace(encodeURIComponent(PASSWORD), "secret"),
    "PostgreSQL: the database server refused the name or the password (28P01).",
  ],
];

it.each(wrong)("tells %s in one line, with what to do and without the password", async (_, url, says) => {
  const told = await opened(url());

  expect(told).toContain(says);
  expect(told).not.toMatch(/secret|p@ss|p%40ss|\n/u);
});

it("tells a name that is not known here", () => {
  const unknown = Object.assign(new Error("getaddrinfo ENOTFOUND db.invalid"), { code: "ENOTFOUND" });

  expect(postgresFailure(unknown)).toMatchObject({
    code: "store",
    message: "Not saved: the name of the database server is not known here: look at the address.",
  });
});

it("tells a server that speaks no TLS", async () => {
  await using admin = await connectedTo(plain);
  await admin.query("alter system set ssl = off");
  await admin.query("select pg_reload_conf()");
  const url = address(USER, { sslmode: "verify-full", sslrootcert: file("ca.pem") });

  await expect
    .poll(() => opened(url))
    .toBe(
      "PostgreSQL: the database server speaks no TLS: turn it on there (ssl = on), or take sslmode out of the address.",
    );
});

it.each([
  [140_017, "The database server is version 14, and Attune needs 15 or newer"],
  [90_624, "The database server is version 9, and Attune needs 15 or newer"],
])("refuses a server of version %d", async (server_version_num, says) => {
  const old = { query: async () => ({ rows: [{ server_version_num: String(server_version_num) }] }) };

  await expect(demandVersion(old as unknown as pg.Client)).rejects.toThrow(says);
});
