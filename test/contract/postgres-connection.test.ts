import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { passingKey } from "#db/keys/keys.ts";
import { openPostgres } from "#db/postgres/open.ts";
import { cuttableWay } from "#test/support/chaos/cut.ts";
import { postgresServer, type PostgresServer } from "#test/support/postgres.ts";
import { ANNA, at, lease, NOON, planned, stored, tap, wanted } from "./store/case.ts";

let server: PostgresServer;
beforeAll(async () => {
  server = await postgresServer();
}, 120_000);
afterAll(() => server[Symbol.asyncDispose](), 120_000);

/** Somebody else on the same database, who can keep a statement waiting and cut the connection it came by. */
async function somebody(url: string) {
  const client = new pg.Client(url);
  await client.connect();
  return {
    async locks(what: string) {
      await client.query("begin");
      await client.query(what);
    },
    /** Cuts what waits for the lock, once something does. */
    async cuts() {
      for (;;) {
        const { rowCount } = await client.query(
          "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
        );
        if ((rowCount ?? 0) > 0) return;
      }
    },
    unlocks: () => client.query("rollback"),
    [Symbol.asyncDispose]: () => client.end(),
  };
}

describe("a way to the server that falls silent", () => {
  it("holds nobody for long: the answer is not saved, the check fails, and what comes next finds a new way", async () => {
    const url = new URL(await server.database());
    await using way = await cuttableWay(Number(url.port));
    url.port = String(way.port);
    const db = await openPostgres({ url: url.href, keys: passingKey(), silence: 500 });
    const store = db.store("p");
    const nudge = await planned(store);
    const acts = Array.from({ length: 12 }, () => tap(nudge));
    // Each on a connection of its own, as many as there are.
    await Promise.all(Array.from({ length: 10 }, () => store.nudge(nudge.id)));

    way.silence();
    const lost = await Promise.allSettled([db.check(), ...acts.map((act) => store.record(act))]);

    const failed = { status: "rejected", reason: { code: "store" } };
    expect(lost[0]).toMatchObject(failed);
    expect(lost.slice(1).filter(({ status }) => status === "rejected").length).toBeGreaterThan(0);
    for (const one of lost.filter(({ status }) => status === "rejected")) expect(one).toMatchObject(failed);
    await db.check();
    for (const act of acts) expect(["recorded", "again"]).toContain(await store.record(act));
    expect((await store.export(ANNA)).replies).toHaveLength(acts.length);

    way.silence();
    await db.close();
  });
});

describe("a connection that is lost while the server works on a statement", () => {
  it("is replaced where nothing was to be kept yet: an answer is kept once", async () => {
    const url = await server.database();
    await using db = await openPostgres({ url, keys: passingKey() });
    const store = db.store("p");
    const nudge = await planned(store);
    const act = tap(nudge);
    await using other = await somebody(url);
    await other.locks(`select from nudge where id = ${nudge.id} for update`);

    const recorded = store.record(act);
    await other.cuts();
    await other.unlocks();

    expect(await recorded).toBe("recorded");
    expect(await store.record(act)).toBe("again");
    expect((await store.export(ANNA)).replies).toHaveLength(1);
  });

  it("is told where only the server knows what it kept: reports that went out together are all unsure, and can be made again", async () => {
    const url = await server.database();
    await using db = await openPostgres({ url, keys: passingKey() });
    const store = db.store("p");
    await store.plan(
      ["s1", "s2", "s3"].map((subject) => wanted({ subject })),
      NOON,
    );
    const claims = await store.claimDue(lease("one"), 3);
    await using other = await somebody(url);
    await other.locks("lock table nudge in exclusive mode");
    const report = () => claims.map((claim) => store.close(claim, "failed", "gone", at(1)));

    const unsure = Promise.allSettled(report());
    await other.cuts();
    await other.unlocks();

    const failed = { status: "rejected", reason: { code: "store" } };
    expect(await unsure).toMatchObject([failed, failed, failed]);
    expect((await stored(store, claims[0]!.nudge)).state).toBe("claimed");
    expect(await Promise.all(report())).toEqual([true, true, true]);
  });
});
