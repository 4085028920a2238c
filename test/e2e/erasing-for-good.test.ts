import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import Client from "better-sqlite3";
import pg from "pg";
import type { House } from "#db/house.ts";
import { passingKey } from "#db/keys.ts";
import { openSqlite } from "#db/open.ts";
import { openPostgres } from "#db/open-postgres.ts";
import { instant } from "#src/domain/time.ts";
import { postgresServer, type PostgresServer } from "#test/support/postgres.ts";
import { ANNA, at, BEN, heardFrom, planned, sentNow, tap } from "../contract/store/case.ts";
import { folder } from "../unit/config/folder.ts";

let server: PostgresServer;
beforeAll(async () => {
  server = await postgresServer();
}, 120_000);
afterAll(() => server[Symbol.asyncDispose](), 120_000);

/** Both have said something in words, corrected it, and have an account and something in their chat. */
async function spoken(house: House): Promise<void> {
  const store = house.store("p");
  for (const person of [ANNA, BEN]) {
    await heardFrom(store, person);
    await planned(store, { person, subject: `the subject of ${person}` });
    const ask = await sentNow(store);
    for (const [i, value] of [`first of ${person}`, `better of ${person}`].entries()) {
      const replies = [
        { occasion: `occasion-of-${person}`, item: "line", value, text: true },
        { occasion: `occasion-of-${person}`, item: "help", value: `chosen-by-${person}-${i}`, text: false },
      ];
      await store.record(tap(ask, { event: `e-${person}-${i}`, now: at(i + 1), replies }));
    }
    const said = { person, from: "person", at: instant(1), text: "hello" } as const;
    await house.chat("p").append(said, `key-of-${person}` as never);
  }
}

const connected = async (url: string) => {
  const client = new pg.Client(url);
  await client.connect();
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.end() });
};

/** What stands in the database's own rows of somebody: their wrapped key, sealed words and address, and choices. */
const TRACES = `select wrapped_key as trace from person where id = $1
  union all select words from reply where person = $1 and words is not null
  union all select address from identity where person = $1
  union all select body from chat where person = $1`;

const found = (files: readonly string[], traces: readonly Buffer[]): number =>
  traces.filter((trace) => files.some((file) => readFileSync(file).includes(trace))).length;

const choices = (person: string): readonly Buffer[] =>
  [0, 1].map((i) => Buffer.from(`chosen-by-${person}-${i}`));

describe("erasing a person", () => {
  it("leaves none of their bytes in SQLite's file or its log", async () => {
    using place = folder({});
    const file = place.path("attune.db");
    await using house = openSqlite({ file, keys: passingKey() });
    await spoken(house);
    const reader = new Client(file, { readonly: true });
    const tracesOf = (person: string) =>
      reader.prepare<[{ who: string }], Buffer>(TRACES.replaceAll("$1", ":who")).pluck().all({ who: person });
    const traces = { anna: [...tracesOf(ANNA), ...choices(ANNA)], ben: [...tracesOf(BEN), ...choices(BEN)] };
    reader.close();
    const files = () => readdirSync(place.path(".")).map((name) => place.path(name));
    const before = found(files(), traces.anna);

    await house.store("p").erase(ANNA, at(5), "test");

    expect([traces.anna.length, before]).toEqual([7, 7]);
    expect(found(files(), traces.anna)).toBe(0);
    expect(found(files(), traces.ben)).toBe(7);
  });

  it("leaves none of their bytes in PostgreSQL's tables and indexes once the server has written them out", async () => {
    const url = await server.database();
    await using house = await openPostgres({ url, keys: passingKey() });
    await spoken(house);
    await using client = await connected(url);
    const tracesOf = async (person: string) =>
      (await client.query<{ trace: Buffer }>(TRACES, [person])).rows.map(({ trace }) => trace);
    const traces = {
      anna: [...(await tracesOf(ANNA)), ...choices(ANNA)],
      ben: [...(await tracesOf(BEN)), ...choices(BEN)],
    };
    const { rows } = await client.query<{ folder: string; id: number }>(
      "select current_setting('data_directory') as folder, oid as id from pg_database where datname = current_database()",
    );
    const base = join(rows[0]!.folder, "base", String(rows[0]!.id));
    const files = () => readdirSync(base).map((name) => join(base, name));
    await client.query("checkpoint");
    const before = found(files(), traces.anna);

    await house.store("p").erase(ANNA, at(5), "test");
    await client.query("checkpoint");

    expect([traces.anna.length, before]).toEqual([7, 7]);
    expect(found(files(), traces.anna)).toBe(0);
    expect(found(files(), traces.ben)).toBe(7);
  });
});
