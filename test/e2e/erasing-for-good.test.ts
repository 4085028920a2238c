import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { passingKey } from "#db/keys/keys.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import { openPostgres } from "#db/postgres/open.ts";
import { bytesInPostgres, bytesInSqlite, connected, spoken } from "#test/support/erased-bytes.ts";
import { postgresServer, type PostgresServer } from "#test/support/postgres.ts";
import { ANNA, at, BEN } from "../contract/store/case.ts";
import { folder } from "../unit/config/folder.ts";

let server: PostgresServer;
beforeAll(async () => {
  server = await postgresServer();
}, 120_000);
afterAll(() => server[Symbol.asyncDispose](), 120_000);

describe("erasing a person", () => {
  it("leaves none of their bytes in SQLite's file or its log", async () => {
    using place = folder({});
    const file = place.path("attune.db");
    await using db = openSqlite({ file, keys: passingKey() });
    await spoken(db);
    const bytes = bytesInSqlite(file);
    const before = bytes.found(ANNA);

    await db.store("p").erase(ANNA, at(5), "test");

    expect(before).toBe(7);
    expect(bytes.found(ANNA)).toBe(0);
    expect(bytes.found(BEN)).toBe(7);
  });

  it("leaves none of their bytes in PostgreSQL's tables, indexes and statistics once the server has written them out", async () => {
    const url = await server.database();
    await using db = await openPostgres({ url, keys: passingKey() });
    await spoken(db);
    const store = db.store("p");
    await using client = await connected(url);
    const bytes = await bytesInPostgres(client);
    await client.query("analyze");
    await client.query("checkpoint");
    const before = bytes.found(ANNA);

    await store.erase(ANNA, at(5), "test");
    const isDone = await store.finishErasing();
    await client.query("checkpoint");

    expect(isDone).toBe(true);
    expect(before).toBe(7);
    expect(bytes.found(ANNA)).toBe(0);
    expect(bytes.found(BEN)).toBe(7);
  });
});
