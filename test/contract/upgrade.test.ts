import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import Client from "better-sqlite3";
import pg from "pg";
import type { ShiftRole } from "#src/domain/person.ts";
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

/** Shifts as a version without roles writes them. */
const shiftOf = (person: string): string =>
  `insert into assignment (program, id, person, start, "end", length, label)
    values ('p', '${person}@1', '${person}', ${at(10)}, ${at(20)}, ${at(20) - at(10)}, 'Day');`;

/** What people.csv of today says; c1 works no shifts. */
const usual = (person: string): ShiftRole | undefined =>
  person === "c1" ? undefined : person === "a1" ? "attending" : "resident";

const rolesIn = async (db: Database): Promise<readonly string[]> =>
  (await db.store("p").roster()).assignments.map(({ person, role }) => `${person} ${role}`).toSorted();

/** The stored shifts by role, before they are given one, after that, and after an older version has written beside it. */
async function roles(db: Database, older: (sql: string) => unknown) {
  const found = [await rolesIn(db)];
  const store = db.store("p");
  await store.giveRoles(usual);
  found.push(await rolesIn(db));
  const a1 = (await store.roster()).assignments.find(({ person }) => person === "a1");
  const change = { added: [], removed: [], absences: [] };
  await store.changeRoster({ ...change, moved: [{ from: a1!, to: { ...a1!, role: "resident" } }] }, NOON);
  await older(
    `${shiftOf("r2")} ${shiftOf("a1").replace(";", " on conflict (program, id) do update set label = 'Night';")}`,
  );
  found.push(await rolesIn(db));
  await store.giveRoles(usual);
  found.push(await rolesIn(db));
  return found;
}

/** A shift keeps the role that it has, whoever moves it. */
const ROLES = [
  [],
  ["a1 attending", "r1 resident"],
  ["a1 resident", "r1 resident"],
  ["a1 resident", "r1 resident", "r2 resident"],
];

const SHIFTS = ["r1", "a1", "c1"].map(shiftOf).join("\n");

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
  it("loses no nudge of an older SQLite database, and its shifts get the role of today", async () => {
    using place = folder({});
    const file = place.path("attune.db");
    const old = new Client(file);
    old.exec(first("sqlite") + NUDGES + SHIFTS);
    old.pragma("application_id = 0x4174746e");
    old.pragma("user_version = 1");
    old.close();

    await using db = openSqlite({ file, keys: passingKey() });

    expect(await taken(db)).toEqual(KEPT);
    const beside = new Client(file);
    expect(await roles(db, (sql) => beside.exec(sql))).toEqual(ROLES);
    beside.close();
  });

  it("loses no nudge of an older PostgreSQL database, and its shifts get the role of today", async () => {
    const url = await server.database();
    const old = new pg.Client(url);
    await old.connect();
    await old.query(
      `${first("postgres")} create table attune_schema (version integer not null); insert into attune_schema values (1); ${NUDGES} ${SHIFTS}`,
    );
    await using db = await openPostgres({ url, keys: passingKey() });

    expect(await taken(db)).toEqual(KEPT);
    expect(await roles(db, (sql) => old.query(sql))).toEqual(ROLES);
    await old.end();
  });
});
