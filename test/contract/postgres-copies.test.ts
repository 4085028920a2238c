import { setTimeout as sleep } from "node:timers/promises";
import { closeSync, openSync, readdirSync, writeFileSync, writeSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { keyOf, newSecret, passingKey } from "#db/keys/keys.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import { openPostgres } from "#db/postgres/open.ts";
import { restoreToPostgres } from "#db/restore.ts";
import { soundnessOfPostgres } from "#db/postgres/soundness.ts";
import { isPostgresInUse } from "#db/postgres/copy-side.ts";
import { connectedTo, postgresServer, type PostgresServer } from "#test/support/postgres.ts";
import { folder } from "../unit/config/folder.ts";
import { at, NOON, wanted } from "./store/case.ts";
import { SOON } from "#test/support/soon.ts";

let server: PostgresServer;
beforeAll(async () => {
  server = await postgresServer();
}, 120_000);
afterAll(() => server[Symbol.asyncDispose](), 120_000);

const quietly = () => undefined;

describe("a restore to PostgreSQL", () => {
  it("with a wrong key, or of what is no backup, leaves an empty database that the right one still fills", async () => {
    using files = folder({});
    const [backup, key] = [files.path("copy.db"), keyOf(newSecret())];
    const from = openSqlite({ file: backup, keys: key });
    await from.store("p").setNote("kept", "words");
    await from.close();
    writeFileSync(files.path("text.db"), "x".repeat(5_000));
    const url = await server.database();

    await expect(restoreToPostgres(backup, url, passingKey(), quietly)).rejects.toThrow("not the key");
    await expect(restoreToPostgres(files.path("text.db"), url, passingKey(), quietly)).rejects.toThrow(
      "no backup",
    );
    await restoreToPostgres(backup, url, key, quietly);

    await using db = await openPostgres({ url, keys: key });
    expect(await db.store("p").note("kept")).toBe("words");
  });
});

describe("an open database", () => {
  it("is seen by others, however long it rests, until it is closed", async () => {
    const url = await server.database();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const db = await openPostgres({ url, keys: passingKey() });
    await Promise.all([1, 2, 3].map(() => db.check()));
    await vi.advanceTimersByTimeAsync(3_600_000);
    vi.useRealTimers();
    await sleep(100);

    expect(await isPostgresInUse(url)).toBe(true);
    await db.close();
    await vi.waitFor(async () => expect(await isPostgresInUse(url)).toBe(false), SOON);
  });
});

describe("a PostgreSQL database with a page that cannot be read", () => {
  it("is named, and not backed up: the name stays free", async () => {
    using files = folder({});
    const [url, keys] = [await server.database(), passingKey()];
    const db = await openPostgres({ url, keys });
    await db.store("p").plan([wanted()], NOON);
    const before = await soundnessOfPostgres(url);
    await db.close();
    const client = await connectedTo(url);
    const { rows } = await client.query<{ file: string }>(
      "select current_setting('data_directory') || '/' || pg_relation_filepath('nudge') as file",
    );
    await client.end();
    await server.stop();
    const page = openSync(rows[0]!.file, "r+");
    writeSync(page, Buffer.alloc(64, 0xa5), 0, 64, 0);
    closeSync(page);
    await server.start();

    await expect(soundnessOfPostgres(url)).rejects.toThrow("the database is damaged");
    await using opened = await openPostgres({ url, keys });
    await expect(opened.backup(files.path("copy.db"))).rejects.toThrow("the database is damaged");

    expect(before.looked).toMatch(/^every row of \d+ tables reads; /);
    expect(readdirSync(files.path("."))).toEqual([]);
  });

  it("is compared with its indexes where the server has amcheck", async () => {
    const url = await server.database();
    await using db = await openPostgres({ url, keys: passingKey() });
    await db.check();
    await using client = await connectedTo(url);
    const { rowCount } = await client.query("select from pg_available_extensions where name = 'amcheck'");
    if (rowCount === 1) await client.query("create extension amcheck");

    const { looked } = await soundnessOfPostgres(url);

    expect(looked).toMatch(
      rowCount === 1 ? /; \d+ indexes agree with them \(amcheck\)$/ : /amcheck is not there/,
    );
  });
});

describe("two copies of a PostgreSQL database to one file at once", () => {
  it("make it once, and whole", async () => {
    using files = folder({});
    const keys = passingKey();
    await using db = await openPostgres({ url: await server.database(), keys });
    const asks = Array.from({ length: 5_000 }, (_, i) => wanted({ subject: `s${i}` }));
    await db.store("p").plan(asks, NOON);
    const target = files.path("copy.db");

    const both = await Promise.allSettled([db.backup(target), db.backup(target)]);

    expect(both.map(({ status }) => status)).toContain("fulfilled");
    expect(readdirSync(files.path("."))).toEqual(["copy.db"]);
    await using copy = openSqlite({ file: target, keys });
    expect(await copy.store("p").nudgesDuring(NOON, at(1))).toHaveLength(5_000);
  });
});
