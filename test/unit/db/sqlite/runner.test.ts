import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import Client from "better-sqlite3";
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sqliteRunner } from "#db/sqlite/runner.ts";
import { command, query } from "#db/statements/statement.ts";
import { rows, run } from "#db/statements/steps.ts";

const keep = command(() => ({ toSQL: () => ({ sql: "insert into kept (id) values (?)", params: [7] }) }));
const add = command(() => ({ toSQL: () => ({ sql: "insert into added default values", params: [] }) }));

const PATIENCE = 5_000;

describe("writes on SQLite that are ready together", () => {
  let folder: string;
  let client: Client.Database;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "attune-runner-"));
    client = new Client(join(folder, "runner.db"));
    client.pragma("journal_mode = WAL");
    client.exec("create table kept (id integer primary key) strict");
    client.exec("create table added (id integer primary key) strict");
  });

  afterEach(() => {
    client.close();
    rmSync(folder, { recursive: true });
  });

  const count = (table: string): unknown => client.prepare(`select count(*) from ${table}`).pluck().get();
  /** Pages written to the log: each commit writes the one page of this small table. */
  const framesOf = (work: () => Promise<unknown>) =>
    work().then(() => (client.pragma("wal_checkpoint(PASSIVE)") as [{ log: number }])[0].log);

  it("share one commit", async () => {
    const runner = sqliteRunner(client, PATIENCE);
    const writes = () => Array.from({ length: 20 }, () => runner.transaction(() => run(add)));
    client.pragma("wal_checkpoint(TRUNCATE)");

    const together = await framesOf(() => Promise.all(writes()));
    client.pragma("wal_checkpoint(TRUNCATE)");
    const apart = await framesOf(async () => {
      for (let i = 0; i < 20; i += 1) await runner.transaction(() => run(add));
    });

    expect(count("added")).toBe(40);
    expect(apart).toBe(20);
    expect(together).toBe(1);
  });

  it("are each all or nothing: what one of them cannot do undoes that one alone", async () => {
    const runner = sqliteRunner(client, PATIENCE);
    const twice = function* () {
      yield* run(add);
      yield* run(keep);
      yield* run(keep);
    };

    const outcomes = await Promise.allSettled([
      runner.transaction(() => run(add)),
      runner.transaction(twice),
      runner.write(keep, {}),
    ]);

    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(count("added")).toBe(1);
    expect(count("kept")).toBe(1);
  });

  it("are all refused when the disk refuses them", async () => {
    const runner = sqliteRunner(client, PATIENCE);
    client.pragma(`max_page_count = ${String(client.pragma("page_count", { simple: true }))}`);
    const big = command(() => ({
      toSQL: () => ({
        sql: "insert into added with recursive n(i) as (select 1 union all select i + 1 from n where i < 5000) select null from n",
        params: [],
      }),
    }));

    const outcomes = await Promise.allSettled([
      runner.transaction(() => run(big)),
      runner.transaction(() => run(keep)),
    ]);

    expect(outcomes[0].status).toBe("rejected");
    expect(count("kept")).toBe(outcomes[1].status === "fulfilled" ? 1 : 0);
    expect(count("added")).toBe(0);
  });

  it("are kept before the connection closes", async () => {
    const runner = sqliteRunner(client, PATIENCE);

    const write = runner.transaction(() => run(keep));
    await runner.exclusively(() => undefined);

    await expect(write).resolves.toBe(1);
    expect(count("kept")).toBe(1);
  });
});

describe("a file that another process holds", () => {
  let folder: string;
  let client: Client.Database;
  let other: Client.Database;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "attune-held-"));
    other = new Client(join(folder, "held.db"));
    other.pragma("journal_mode = WAL");
    other.exec("create table kept (id integer primary key) strict");
    other.exec("create table added (id integer primary key) strict");
    client = new Client(join(folder, "held.db"), { timeout: 0 });
  });

  afterEach(() => {
    other.close();
    client.close();
    rmSync(folder, { recursive: true });
  });

  const columns = { count: sql<number>`count(*)` };
  const count = query(columns, (select) => select.from(sql`added`));
  const counted = function* () {
    return (yield* rows(count))[0]?.count;
  };
  /** Other work of this process goes on for so many turns of its event loop. */
  const goesOn = async (turns: number): Promise<void> => {
    for (let turn = 0; turn < turns; turn += 1) await setTimeout(1);
  };

  it("keeps this process from nothing else, reads go on, and what waited is done in its order", async () => {
    const runner = sqliteRunner(client, PATIENCE);
    other.exec("begin immediate");

    const writes = [
      runner.transaction(() => run(add)),
      runner.write(keep, {}),
      runner.lockedTransaction([], () => run(add)),
    ];
    await goesOn(20);
    const seen = await runner.read(counted);
    const last = runner.transaction(counted);
    other.exec("rollback");

    await expect(Promise.all(writes)).resolves.toEqual([1, 1, 1]);
    expect([seen, await last]).toEqual([0, 2]);
  });

  it("for too long is told in words, and nothing was written", async () => {
    const runner = sqliteRunner(client, 30);
    other.exec("begin immediate");

    const refused = runner.transaction(() => run(add));
    const closing = runner.exclusively(() => "closed");

    await expect(refused).rejects.toMatchObject({
      code: "store",
      message: expect.stringContaining("another process"),
    });
    await expect(closing).resolves.toBe("closed");
    other.exec("rollback");
    await expect(runner.read(counted)).resolves.toBe(0);
  });

  it("is waited for by whoever came in time, and not by who has waited for too long", async () => {
    const runner = sqliteRunner(client, 400);
    other.exec("begin immediate");
    const early = runner.transaction(() => run(add));
    // It may be refused while this test still waits: somebody listens from the start.
    const refused = early.catch((error: unknown) => error);
    await goesOn(200);
    const late = runner.transaction(() => run(add));

    expect(await refused).toMatchObject({ code: "store" });
    other.exec("rollback");

    await expect(late).resolves.toBe(1);
  });

  it("may be held against reads too: they wait as well", async () => {
    const runner = sqliteRunner(client, PATIENCE);
    other.pragma("locking_mode = exclusive");
    other.exec("insert into added values (99)");

    const read = runner.read(counted);
    await goesOn(20);
    other.close();

    await expect(read).resolves.toBe(1);
  });

  it("and is held against reads for too long, is told in words", async () => {
    const runner = sqliteRunner(client, 30);
    other.pragma("locking_mode = exclusive");
    other.exec("insert into added values (99)");

    await expect(runner.read(counted)).rejects.toMatchObject({ code: "store" });
  });
});
