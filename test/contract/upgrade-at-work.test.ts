import { setTimeout as sleep } from "node:timers/promises";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { passingKey } from "#db/keys/keys.ts";
import { openPostgres } from "#db/postgres/open.ts";
import type { Store } from "#src/ports/store.ts";
import { connectedTo, postgresServer, type PostgresServer } from "#test/support/postgres.ts";
import { account, ANNA, claimed, lease, messageRef, NOON, planned, stored, tap } from "./store/case.ts";

let server: PostgresServer;
beforeAll(async () => {
  server = await postgresServer();
}, 120_000);
afterAll(() => server[Symbol.asyncDispose](), 120_000);

const first = readFileSync("db/migrations/postgres/0000_first.sql", "utf8").replaceAll(
  "--> statement-breakpoint",
  "",
);

/** What a later version may bring while this one is at work (docs/operating.md, Upgrades). */
const LATER = `begin;
  alter table nudge add column mood text, add column weight bigint not null default 0;
  alter table reply add column mood text;
  create table mood (program text not null, id bigint not null, primary key (program, id));
  create index nudge_mood on nudge (program, mood);
  update attune_schema set version = version + 1;
  commit`;

/** One ask from its plan to its answer, as an old replica goes about it. */
async function askAndAnswer(store: Store, subject: string): Promise<void> {
  await planned(store, { subject });
  const claim = await claimed(store);
  expect(await store.intend(claim, NOON)).toBe(true);
  expect(await store.sent(claim, account(ANNA), messageRef(subject), NOON)).toBe(true);
  const words = { occasion: subject, item: "line", value: `words on ${subject}`, text: true } as const;
  expect(await store.record(tap(claim.nudge, { complete: true, replies: [words] }))).toBe("recorded");
}

describe("while a newer version brings the schema further", () => {
  it("an older replica goes on planning, sending, recording and reading, on the connections it has and on new ones", async () => {
    const url = await server.database();
    const keys = passingKey();
    await using db = await openPostgres({ url, keys, connections: 4 });
    await using newer = await connectedTo(url);
    const stores = ["p", "q", "r", "s"].map((program) => db.store(program));
    const everywhere = async (...subjects: readonly string[]) => {
      const one = async (store: Store) => {
        for (const subject of subjects) await askAndAnswer(store, subject);
      };
      await Promise.all(stores.map(one));
    };
    const during = Array.from({ length: 25 }, (_, i) => `during ${i}`);

    // Every connection gets to know every statement before the change.
    await everywhere("before", "before too", "still before");
    await planned(stores[0]!, { subject: "half sent" });
    const half = await claimed(stores[0]!);
    await stores[0]!.intend(half, NOON);
    const work = everywhere(...during);
    await sleep(50);
    await newer.query(LATER);
    await work;
    expect(await stores[0]!.sent(half, account(ANNA), messageRef("half"), NOON)).toBe(true);
    await newer.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'attune' and datname = current_database()",
    );
    await sleep(50);
    await everywhere("on new connections");

    const subjects = ["before", "before too", "still before", ...during, "on new connections"];
    for (const store of stores) {
      const { nudges, replies } = await store.export(ANNA);
      expect(replies).toHaveLength(subjects.length);
      expect(new Set(replies.map(({ value }) => value))).toEqual(
        new Set(subjects.map((one) => `words on ${one}`)),
      );
      expect(nudges.filter(({ state }) => state === "answered")).toHaveLength(subjects.length);
    }
    expect(await stored(stores[0]!, half.nudge)).toMatchObject({ state: "sent" });
    expect(await stores[0]!.claimDue(lease("old"), 9)).toEqual([]);
    await expect(openPostgres({ url, keys })).rejects.toThrow("newer Attune");
  });

  it("answers go through although somebody holds a table that it waits for", async () => {
    const url = await server.database();
    await using older = await connectedTo(url);
    await older.query(
      `${first} create table attune_schema (version integer not null); insert into attune_schema values (1)`,
    );
    await using report = await connectedTo(url);
    await report.query("begin; select count(*) from nudge");

    const opening = openPostgres({ url, keys: passingKey() });
    let longest = 0;
    for (const end = performance.now() + 4_500; performance.now() < end; await sleep(20)) {
      const begun = performance.now();
      await older.query("update nudge set state = 'answered'");
      longest = Math.max(longest, performance.now() - begun);
    }
    await report.query("commit");
    await using db = await opening;

    expect(longest).toBeLessThan(2_500);
    expect(await db.store("p").hold("plan", lease("new"))).toBe(true);
  });

  it("no limit is set to how long the server builds an index", async () => {
    const url = await server.database();
    await using watching = await connectedTo(url);
    await watching.query(
      `create table limits (tag text, at text);
       create function note_limit() returns event_trigger language plpgsql as
         $$ begin insert into limits values (tg_tag, current_setting('statement_timeout')); end $$;
       create event trigger note_limit on ddl_command_start when tag in ('CREATE INDEX') execute function note_limit()`,
    );

    await (await openPostgres({ url, keys: passingKey() })).close();

    const { rows } = await watching.query("select distinct at from limits");
    expect(rows).toEqual([{ at: "0" }]);
  });
});
