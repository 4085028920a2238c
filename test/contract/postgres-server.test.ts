import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { handClock } from "#adapters/memory/hand-clock.ts";
import { passingKey } from "#db/keys/keys.ts";
import { openPostgres } from "#db/postgres/open.ts";
import { later, MINUTE } from "#src/domain/time.ts";
import { sharedClock } from "#src/runtime/shared-clock.ts";
import { connectedTo, postgresServer, type PostgresServer } from "#test/support/postgres.ts";
import type { NudgeReason } from "#src/domain/nudge-life.ts";
import type { Claim } from "#src/ports/outbox.ts";
import { ANNA, claimed, lease, NOON, planned, stored, tap, wanted } from "./store/case.ts";

let server: PostgresServer;
beforeAll(async () => {
  server = await postgresServer();
}, 120_000);
afterAll(() => server[Symbol.asyncDispose](), 120_000);

describe("a PostgreSQL database", () => {
  it("is migrated once by 32 replicas that start together", async () => {
    const url = await server.database();
    const keys = passingKey();

    const databases = await Promise.all(
      Array.from({ length: 32 }, () => openPostgres({ url, keys, connections: 2 })),
    );

    await Promise.all(databases.map((db, i) => db.store("p").setNote(`replica ${i}`, "up")));
    expect(await databases[0]?.store("p").note("replica 31")).toBe("up");
    await Promise.all(databases.map((db) => db.close()));
  });

  it("gives every due nudge to one of several replicas", async () => {
    const url = await server.database();
    const keys = passingKey();
    const databases = await Promise.all([1, 2, 3, 4].map(() => openPostgres({ url, keys })));
    const stores = databases.map((db) => db.store("p"));
    const due = Array.from({ length: 20 }, (_, i) => wanted({ subject: `shift ${i}` }));
    await stores[0]!.plan(due, NOON);

    const claims = await Promise.all(
      stores.flatMap((store, i) => [1, 2, 3].map(() => store.claimDue(lease(`replica ${i}`), 5))),
    );

    const ids = claims.flat().map(({ nudge }) => nudge.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBe(20);
    await Promise.all(databases.map((db) => db.close()));
  });

  it("does not let one report hold up the others, nor fail them", async () => {
    const url = await server.database();
    await using db = await openPostgres({ url, keys: passingKey() });
    const store = db.store("p");
    await store.plan(
      ["s1", "s2", "s3", "s4"].map((subject) => wanted({ subject })),
      NOON,
    );
    const [busy, wrong, ...good] = await store.claimDue(lease("one"), 4);
    await using somebody = await connectedTo(url);
    await somebody.query("begin");
    await somebody.query("select from nudge where id = $1 for update", [busy!.nudge.id]);

    const close = (claim: Claim, reason: NudgeReason) => store.close(claim, "failed", reason, NOON);
    const waiting = close(busy!, "gone");
    // A text that no column of PostgreSQL holds.
    const [refused, ...done] = await Promise.allSettled([
      close(wrong!, "\u0000" as NudgeReason),
      ...good.map((claim) => close(claim, "gone")),
    ]);

    expect(refused).toMatchObject({ status: "rejected", reason: { code: "store" } });
    expect(done).toEqual([1, 2].map(() => ({ status: "fulfilled", value: true })));
    expect(await stored(store, wrong!.nudge)).toMatchObject({ state: "claimed" });
    await somebody.query("rollback");
    expect(await waiting).toBe(true);
  });

  it("is refused with another key than its own, and a wrong address is told without its password", async () => {
    const url = await server.database();
    await (await openPostgres({ url, keys: passingKey() })).close();

    await expect(openPostgres({ url, keys: passingKey() })).rejects.toThrow("not the key");
    const wrong = openPostgres({ url: url.replace("local@", "secret@"), keys: passingKey() });
    await expect(wrong).rejects.toThrow("refused the name or the password");
    await expect(wrong).rejects.not.toThrow("secret");
  });

  it("that went away is told, and found again by itself", async () => {
    const url = await server.database();
    await using db = await openPostgres({ url, keys: passingKey() });
    const store = db.store("p");
    const nudge = await planned(store);
    const claim = await claimed(store);
    const act = tap(nudge, { complete: true });

    await server.stop();
    await expect(db.check()).rejects.toMatchObject({ code: "store" });
    await expect(store.record(act)).rejects.toMatchObject({ code: "store" });
    await server.start();

    await db.check();
    expect(await store.record(act)).toBe("recorded");
    expect(await store.record(act)).toBe("again");
    expect((await store.standing(ANNA)).unansweredInARow).toBe(0);
    expect((await stored(store, claim.nudge)).state).toBe("answered");
  });

  it("that may not be written to is told by that reason, and nothing of an answer is kept", async () => {
    const url = await server.database();
    await using db = await openPostgres({ url, keys: passingKey() });
    const store = db.store("p");
    const nudge = await planned(store);
    await claimed(store);
    const act = tap(nudge, { complete: true });

    await everyConnection(url, "alter role attune set default_transaction_read_only = on");
    await expect(store.record(act)).rejects.toThrow("cannot be written to");
    await expect(db.check()).rejects.toMatchObject({ code: "store" });
    expect((await stored(store, nudge)).state).toBe("claimed");
    await everyConnection(url, "alter role attune reset default_transaction_read_only");

    expect(await store.record(act)).toBe("recorded");
  });

  it("gives its own time to processes whose clocks are minutes apart", async () => {
    const url = await server.database();
    const keys = passingKey();
    const databases = await Promise.all([1, 2].map(() => openPostgres({ url, keys })));
    const hosts = [-11, 7].map((minutes) => handClock(later(NOON, minutes * MINUTE)));
    const clocks = databases.map((db, i) => sharedClock(db, hosts[i]!));

    await Promise.all(clocks.map((clock) => clock.align()));

    const [one, two] = clocks.map((clock) => clock.now());
    expect(Math.abs(one! - two!)).toBeLessThan(2_000);
    await Promise.all(databases.map((db) => db.close()));
  });

  it("keeps both of a person's answers, given to two replicas at once on two asks", async () => {
    const url = await server.database();
    const keys = passingKey();
    const databases = await Promise.all([1, 2].map(() => openPostgres({ url, keys })));
    const [one, two] = databases.map((db) => db.store("p"));
    await one!.plan([wanted({ subject: "s1" }), wanted({ subject: "s2" })], NOON);
    const asks = await Promise.all(["s1", "s2"].map((subject) => stored(one!, wanted({ subject }))));
    const written = (i: number) =>
      tap(asks[i]!, {
        replies: [{ occasion: `s${i + 1}`, item: "line", value: `words ${i}`, text: true }],
      });

    await Promise.all([one!.record(written(0)), two!.record(written(1))]);

    const { replies } = await two!.export(ANNA);
    expect(new Set(replies.map(({ value }) => value))).toEqual(new Set(["words 0", "words 1"]));
    await Promise.all(databases.map((db) => db.close()));
  });
});

/** Runs a setting that new connections take over, and ends the old ones. */
async function everyConnection(url: string, setting: string): Promise<void> {
  await using client = await connectedTo(url);
  await client.query("set default_transaction_read_only = off");
  await client.query(setting);
  await client.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'attune'",
  );
}
