import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { passingKey } from "#db/keys/keys.ts";
import { openPostgres } from "#db/postgres/open.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import { DAY, HOUR, later, MINUTE } from "#src/domain/time.ts";
import { postgresServer, type PostgresServer } from "#test/support/postgres.ts";
import { account, ANNA, BEN, heardFrom, lease, messageRef, NOON, planned } from "./store/case.ts";

/** Three days later: what a wrong clock said at noon. */
const WRONG = later(NOON, 3 * DAY);
/** Open for a week, so that it lives through it all. */
const LONG = { expiresAt: later(NOON, 7 * DAY) };

let server: PostgresServer;
beforeAll(async () => {
  server = await postgresServer();
}, 120_000);
afterAll(() => server[Symbol.asyncDispose](), 120_000);

const rigs = [
  ["SQLite", async () => openSqlite({ file: ":memory:", keys: passingKey() })],
  ["PostgreSQL", async () => openPostgres({ url: await server.database(), keys: passingKey() })],
] as const;

describe.each(rigs)("what was kept while the clock was days ahead, on %s", (_, open) => {
  it.each(["claimed", "sending"] as const)("a nudge that is %s blocks for no longer", async (state) => {
    await using db = await open();
    const store = db.store("er");
    await planned(store, LONG);
    const [claim] = await store.claimDue(lease("one", WRONG), 5);
    if (state === "sending") await store.intend(claim!, WRONG);
    const take = () =>
      state === "sending" ? store.claimDoubtful(lease("two"), 5) : store.claimDue(lease("two"), 5);

    const before = await take();
    await db.mendFuture("er", NOON);

    expect(before).toEqual([]);
    expect(await take()).toHaveLength(1);
  });

  it("nor does one that was given back, a reminder that is under way, an edit, or work for all", async () => {
    await using db = await open();
    const store = db.store("er");
    await planned(store, LONG);
    const [back] = await store.claimDue(lease("one"), 5);
    await store.giveBack(back!, later(WRONG, MINUTE));
    await heardFrom(store, BEN);
    const sent = await planned(store, { ...LONG, person: BEN, subject: "b" });
    const [ask] = await store.claimDue(lease("one"), 5);
    await store.intend(ask!, NOON);
    await store.sent(ask!, account(BEN), messageRef("m1"), NOON, later(NOON, HOUR));
    await store.claimDue(lease("one", WRONG), 5);
    await store.editLater(sent.id, WRONG);
    await store.hold("roster", lease("one", WRONG));

    await db.mendFuture("er", NOON);

    const claims = await store.claimDue(lease("two", later(NOON, MINUTE)), 5);
    expect(claims.map(({ nudge: { person }, reminder }) => [person, reminder])).toEqual([
      [ANNA, false],
      [BEN, true],
    ]);
    expect(await store.hold("roster", lease("two"))).toBe(true);
  });

  it("somebody who was asked then may be asked again, and nothing that is meant is touched", async () => {
    await using db = await open();
    const store = db.store("er");
    await heardFrom(store, ANNA);
    const sent = await planned(store, LONG);
    const [ask] = await store.claimDue(lease("one", WRONG), 5);
    await store.intend(ask!, WRONG);
    await store.sent(ask!, account(ANNA), messageRef("m1"), WRONG, later(WRONG, 2 * HOUR));
    await planned(store, { subject: "later", dueAt: later(NOON, 2 * DAY), expiresAt: later(NOON, 3 * DAY) });

    await db.mendFuture("er", NOON);
    const again = await db.mendFuture("er", NOON);

    expect((await store.standing(ANNA)).lastAskAt).toBe(NOON);
    expect(await store.claimDue(lease("one", later(NOON, HOUR)), 5)).toEqual([]);
    const due = await store.claimDue(lease("one", later(NOON, 2 * HOUR)), 5);
    expect(due.map(({ nudge, reminder }) => [nudge.id, reminder])).toEqual([[sent.id, true]]);
    expect(again).toBe(0);
    expect(await db.newest()).toBe(WRONG);
  });
});
