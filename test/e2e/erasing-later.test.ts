import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import Client from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keyOf, passingKey } from "#db/keys/keys.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import { openPostgres } from "#db/postgres/open.ts";
import type { Store } from "#src/ports/store.ts";
import { bytesInPostgres, bytesInSqlite, connected, spoken } from "#test/support/erased-bytes.ts";
import { KEY } from "#test/support/kill/morning.ts";
import { postgresServer, type PostgresServer } from "#test/support/postgres.ts";
import { ANNA, at, BEN } from "../contract/store/case.ts";
import { folder } from "../unit/config/folder.ts";

describe("erasing a person from SQLite", () => {
  it("stops nobody else while another process reads, and clears the files once it is gone", async () => {
    using place = folder({});
    const file = place.path("attune.db");
    await using db = openSqlite({ file, keys: passingKey() });
    await spoken(db);
    const bytes = bytesInSqlite(file);
    const reader = new Client(file, { readonly: true });
    reader.exec("begin; select count(*) from lease");
    let turns = 0;
    const others = setInterval(() => (turns += 1), 20);

    await db.store("p").erase(ANNA, at(5), "test");
    clearInterval(others);
    const meanwhile = [bytes.found(ANNA) > 0, await db.store("p").finishErasing()];
    reader.close();
    const afterwards = await db.store("p").finishErasing();

    expect(turns).toBeGreaterThan(5);
    expect([...meanwhile, afterwards]).toEqual([true, false, true]);
    expect([bytes.found(ANNA), bytes.found(BEN)]).toEqual([0, 7]);
  });

  it("is finished by whoever opens the file next when its process was killed right after the commit", async () => {
    using place = folder({});
    const file = place.path("attune.db");
    await using db = openSqlite({ file, keys: keyOf(KEY) });
    await spoken(db);
    const bytes = bytesInSqlite(file);

    const killed = spawnSync(process.execPath, [ERASING, file]);
    const before = [(await db.store("p").standing(ANNA)).stopped, bytes.found(ANNA) > 0];
    const isDone = await db.store("p").finishErasing();

    expect(killed.signal).toBe("SIGKILL");
    expect([...before, isDone]).toEqual([true, true, true]);
    expect([bytes.found(ANNA), bytes.found(BEN)]).toEqual([0, 7]);
  });
});

const ERASING = fileURLToPath(new URL("../support/kill/erasing.ts", import.meta.url));

/** Asks as beats do: what a replica began goes on when its erasing has been told. */
async function finished(store: Store): Promise<void> {
  await expect.poll(() => store.finishErasing(), { timeout: 60_000 }).toBe(true);
}

describe("erasing a person from PostgreSQL", () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await postgresServer();
  }, 120_000);
  afterAll(() => server[Symbol.asyncDispose](), 120_000);

  /** Two replicas on one database in which Anna and Ben have spoken, and somebody else's connection to it. */
  async function replicas() {
    const url = await server.database();
    const keys = passingKey();
    const one = await openPostgres({ url, keys });
    const two = await openPostgres({ url, keys });
    await spoken(one);
    const somebody = await connected(url);
    const bytes = await bytesInPostgres(somebody);
    return {
      one: one.store("p"),
      two: two.store("p"),
      somebody,
      /** Of these people, once the server has written out what it has in memory. */
      async found(...people: readonly string[]) {
        await using client = await connected(url);
        await client.query("checkpoint");
        return people.map((person) => bytes.found(person));
      },
      async [Symbol.asyncDispose]() {
        await somebody.end();
        await Promise.all([one.close(), two.close()]);
      },
    };
  }

  it("waits for whoever began to read before it, and another replica clears the files once they are done", async () => {
    await using here = await replicas();
    const { one, two, somebody } = here;
    await somebody.query("begin isolation level repeatable read read only");
    await somebody.query("select count(*) from lease");

    await one.erase(ANNA, at(5), "test");
    const [kept] = await here.found(ANNA);
    const meanwhile = await two.finishErasing();
    await somebody.query("commit");

    expect(kept).toBeGreaterThan(0);
    expect(meanwhile).toBe(false);
    await finished(two);
    expect(await here.found(ANNA, BEN)).toEqual([0, 7]);
  });

  it("is done, and told so, while a table is taken: its files are cleared later", async () => {
    await using here = await replicas();
    await here.somebody.query("begin");
    await here.somebody.query("lock table reply in share update exclusive mode");

    await here.one.erase(ANNA, at(5), "test");
    await here.somebody.query("commit");

    expect((await here.two.standing(ANNA)).stopped).toBe(true);
    await finished(here.two);
    expect(await here.found(ANNA, BEN)).toEqual([0, 7]);
  });

  it("is done of two at once, each told so, and nothing of either is left", async () => {
    await using here = await replicas();

    await Promise.all([here.one.erase(ANNA, at(5), "test"), here.two.erase(BEN, at(5), "test")]);

    await finished(here.one);
    expect(await here.found(ANNA, BEN)).toEqual([0, 0]);
  });

  it("writes only small tables anew, and the one with the keys: people's answers do not wait for a large one", async () => {
    await using here = await replicas();
    const { one, somebody } = here;
    await somebody.query(
      `insert into nudge (program, person, kind, subject, due_at, planned_due, expires_at, state)
        select 'p', 'x', 'shift-goal', repeat('a long shift ', 10) || i, i, i, i, 'answered'
        from generate_series(1, 50000) as i`,
    );
    const large = await somebody.query("select pg_table_size('nudge')::float8 as bytes");
    const files = async () =>
      (
        await somebody.query<Record<"keys" | "replies" | "nudges", number>>(
          `select pg_relation_filenode('person') as keys, pg_relation_filenode('reply') as replies,
            pg_relation_filenode('nudge') as nudges`,
        )
      ).rows[0]!;
    const before = await files();

    await one.erase(ANNA, at(5), "test");
    await finished(one);

    const after = await files();
    expect(large.rows[0].bytes).toBeGreaterThan(8 * 1024 * 1024);
    expect([after.keys === before.keys, after.replies === before.replies]).toEqual([false, false]);
    expect(after.nudges).toBe(before.nudges);
  });
});
