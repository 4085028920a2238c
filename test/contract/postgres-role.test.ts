import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { passingKey } from "#db/keys/keys.ts";
import { openPostgres } from "#db/postgres/open.ts";
import { scrubPostgres } from "#db/postgres/scrub.ts";
import { connectedTo, postgresServer, type PostgresServer } from "#test/support/postgres.ts";
import { spoken } from "#test/support/erased-bytes.ts";
import { ANNA, NOON } from "./store/case.ts";

/** What compose.yaml runs when the data folder is new; its statements stand apart. */
const SQL = readFileSync("docker/attune-database.sql", "utf8").split(/;\n\n/u);

const folder = mkdtempSync(join(tmpdir(), "attune-role-"));
const secret = join(folder, "attune_db");
let server: PostgresServer;
let superuser: string;
let attune: string;

/** As the image's start does: as the superuser, one statement after the other. */
async function initialise(): Promise<void> {
  await using client = await connectedTo(superuser);
  for (const statement of SQL) await client.query(statement.replace("/run/secrets/attune_db", secret));
}

beforeAll(async () => {
  chmodSync(folder, 0o755);
  server = await postgresServer(undefined, "postgres");
  superuser = await server.database();
  const address = new URL(superuser);
  [address.username, address.password, address.pathname] = ["attune", "s3cret", "/attune"];
  attune = address.href;
}, 120_000);
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
}, 120_000);

describe("Attune's own database user", () => {
  it("is not made from an address that holds none", async () => {
    writeFileSync(secret, "s3cret\n", { mode: 0o444 });

    await expect(initialise()).rejects.toThrow("secrets/attune_db: expected postgres://attune:PASSWORD@db");
  });

  it("is made with the password that Attune reads, and is no superuser", async () => {
    chmodSync(secret, 0o644);
    writeFileSync(secret, "postgres://attune:s3cret@db:5432/attune\n");

    await initialise();

    await using client = await connectedTo(attune);
    const { rows } = await client.query(
      "select rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls from pg_roles where rolname = 'attune'",
    );
    expect(Object.values(rows[0])).toEqual([false, false, false, false, false]);
    for (const beyond of ["create role other", "create database other", `select pg_read_file('${secret}')`])
      await expect(client.query(beyond)).rejects.toMatchObject({ code: "42501" });
  });

  it("owns its database, into which nobody else gets", async () => {
    await using client = await connectedTo(superuser);
    await client.query("create role stranger login password 'local'");

    const { rows } = await client.query(
      "select pg_get_userbyid(datdba) as owner, has_database_privilege('stranger', 'attune', 'connect') as enters from pg_database where datname = 'attune'",
    );

    expect(rows).toEqual([{ owner: "attune", enters: false }]);
  });

  it("can do all that Attune does: migrate, keep, erase, scrub and copy", async () => {
    const keys = passingKey();
    const db = await openPostgres({ url: attune, keys });
    await spoken(db);

    await db.store("p").erase(ANNA, NOON, "operator");

    expect(await scrubPostgres(attune)).toBe(true);
    await db.backup(join(folder, "copy.db"));
    await db.close();
    const again = await openPostgres({ url: attune, keys });
    await again.close();
  });

  it("sees who else reads, of whichever user, so that a scrub waits for them", async () => {
    const reading = await connectedTo(superuser.replace(/[^/]+$/u, "attune"));
    await reading.query("begin isolation level repeatable read; select count(*) from reply");

    const meanwhile = await scrubPostgres(attune);
    await reading.end();

    expect(meanwhile).toBe(false);
    expect(await scrubPostgres(attune)).toBe(true);
  });
});
