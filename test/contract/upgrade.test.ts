import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import Client from "better-sqlite3";
import pg from "pg";
import type { Database } from "#db/store/database.ts";
import { passingKey } from "#db/keys/keys.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import { openPostgres } from "#db/postgres/open.ts";
import { postgresServer, type PostgresServer } from "#test/support/postgres.ts";
import { folder } from "../unit/config/folder.ts";
import { at, lease, NOON } from "./store/case.ts";

const first = (dialect: string): string =>
  readFileSync(`db/migrations/${dialect}/0000_first.sql`, "utf8").replaceAll("--> statement-breakpoint", "");

/** Nudges as the first version of the schema has them: one not sent yet, one being claimed and one being sent when it was left. */
const NUDGES = (["planned", "claimed", "sending"] as const)
  .map((state, i) => {
    const held = state === "planned" ? "null, 0, null" : `'gone', 3, ${at(1)}`;
    return `insert into nudge (program, person, kind, subject, due_at, planned_due, expires_at, state, owner, fence, lease_until)
      values ('p', 'r${i}', 'shift-goal', 'shift ${i}', ${NOON}, ${NOON}, ${at(100)}, '${state}', ${held});`;
  })
  .join("\n");

let server: PostgresServer;
beforeAll(async () => {
  server = await postgresServer();
}, 120_000);
afterAll(() => server[Symbol.asyncDispose](), 120_000);

/** What a newer version makes of them a while after it took over. */
async function taken(db: Database) {
  const store = db.store("p");
  const claims = await store.claimDue(lease("new", at(5)), 10);
  const doubtful = await store.claimDoubtful(lease("new", at(5)), 10);
  return {
    toSend: claims.map(({ nudge }) => nudge.person as string).toSorted(),
    // What was being sent is looked up on the platform first.
    toLookUp: doubtful.map(({ nudge }) => nudge.person as string),
    // What came with the newer schema works as well.
    holds: await store.hold("plan", { owner: "new", now: NOON, length: 1_000 }),
  };
}

const KEPT = { toSend: ["r0", "r1"], toLookUp: ["r2"], holds: true };

describe("an upgrade", () => {
  it("loses no nudge of an older SQLite database, sent or not", async () => {
    using place = folder({});
    const file = place.path("attune.db");
    const old = new Client(file);
    old.exec(first("sqlite") + NUDGES);
    old.pragma("application_id = 0x4174746e");
    old.pragma("user_version = 1");
    old.close();

    await using db = openSqlite({ file, keys: passingKey() });

    expect(await taken(db)).toEqual(KEPT);
  });

  it("loses no nudge of an older PostgreSQL database, sent or not", async () => {
    const url = await server.database();
    const old = new pg.Client(url);
    await old.connect();
    await old.query(
      `${first("postgres")} create table attune_schema (version integer not null); insert into attune_schema values (1); ${NUDGES}`,
    );
    await old.end();

    await using db = await openPostgres({ url, keys: passingKey() });

    expect(await taken(db)).toEqual(KEPT);
  });
});
