import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Client from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sqliteRunner } from "#db/sqlite/runner.ts";
import { command, run } from "#db/statement.ts";

const keep = command(() => ({ toSQL: () => ({ sql: "insert into kept (id) values (?)", params: [7] }) }));
const add = command(() => ({ toSQL: () => ({ sql: "insert into added default values", params: [] }) }));

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
    const runner = sqliteRunner(client);
    const writes = () => Array.from({ length: 20 }, () => runner.guarded(() => run(add)));
    client.pragma("wal_checkpoint(TRUNCATE)");

    const together = await framesOf(() => Promise.all(writes()));
    client.pragma("wal_checkpoint(TRUNCATE)");
    const apart = await framesOf(async () => {
      for (let i = 0; i < 20; i += 1) await runner.guarded(() => run(add));
    });

    expect(count("added")).toBe(40);
    expect(apart).toBe(20);
    expect(together).toBe(1);
  });

  it("are each all or nothing: what one of them cannot do undoes that one alone", async () => {
    const runner = sqliteRunner(client);
    const twice = function* () {
      yield* run(add);
      yield* run(keep);
      yield* run(keep);
    };

    const outcomes = await Promise.allSettled([
      runner.guarded(() => run(add)),
      runner.guarded(twice),
      runner.singly(keep, {}),
    ]);

    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(count("added")).toBe(1);
    expect(count("kept")).toBe(1);
  });

  it("are all refused when the disk refuses them", async () => {
    const runner = sqliteRunner(client);
    client.pragma(`max_page_count = ${String(client.pragma("page_count", { simple: true }))}`);
    const big = command(() => ({
      toSQL: () => ({
        sql: "insert into added with recursive n(i) as (select 1 union all select i + 1 from n where i < 5000) select null from n",
        params: [],
      }),
    }));

    const outcomes = await Promise.allSettled([
      runner.guarded(() => run(big)),
      runner.guarded(() => run(keep)),
    ]);

    expect(outcomes[0].status).toBe("rejected");
    expect(count("kept")).toBe(outcomes[1].status === "fulfilled" ? 1 : 0);
    expect(count("added")).toBe(0);
  });

  it("are kept before the connection closes", async () => {
    const runner = sqliteRunner(client);

    const write = runner.guarded(() => run(keep));
    runner.release();

    await expect(write).resolves.toBe(1);
    expect(count("kept")).toBe(1);
  });
});
