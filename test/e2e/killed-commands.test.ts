import { copyFileSync, existsSync, mkdirSync, readdirSync, statSync } from "node:fs";
import Client from "better-sqlite3";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commandLine } from "#test/support/command-line.ts";
import { DAYS_LIVED, everyExport, livedDemo } from "#test/support/lived.ts";
import { postgresServer, type PostgresServer } from "#test/support/postgres.ts";
import { folder, type Folder } from "../unit/config/folder.ts";

/** Pages that are copied like all others: enough for a copy to be killed in its middle. */
const BALLAST = 40 * 2 ** 20;

/** Lines of a chat, each copied as a row: fewer are there before anybody can kill the command. */
const LINES = 4_000;

let server: PostgresServer;
let place: Folder;
let wanted: Readonly<Record<string, string>>;
beforeAll(async () => {
  place = folder({});
  server = await postgresServer();
  await livedDemo(place.path("lived.db"), place.path("attune.key"), {
    seed: 11,
    days: DAYS_LIVED.usual,
    lines: LINES,
  });
  wanted = await everyExport(place.path("lived.db"), place.path("attune.key"));
}, 600_000);
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  place[Symbol.dispose]();
}, 120_000);

/** A database of its own that has lived the same, in a folder of its own. */
function lived(isHeavy: boolean) {
  const files = folder({});
  for (const name of ["lived.db", "attune.key"]) copyFileSync(place.path(name), files.path(name));
  const from = files.path("lived.db");
  if (isHeavy) {
    const client = new Client(from);
    client.exec(
      `create table ballast (bytes blob) strict; insert into ballast values (randomblob(${BALLAST}))`,
    );
    client.close();
  }
  const attune = commandLine(files);
  mkdirSync(files.path("passing"));
  const key = { ATTUNE_KEY_FILE: files.path("attune.key"), TMPDIR: files.path("passing") };
  return {
    from,
    key,
    path: files.path,
    run: (...args: readonly string[]) => attune.runWith(key, ...args),
    runOn: (database: string, ...args: readonly string[]) =>
      attune.runWith({ ...key, ATTUNE_DB: database }, ...args),
    killedWhen: (isMidway: () => Promise<boolean> | boolean, database: string, ...args: readonly string[]) =>
      attune.killedWhen(isMidway, { ...key, ATTUNE_DB: database }, ...args),
    /** What restores keep while they are under way. */
    passing: () => readdirSync(files.path("passing")).filter((name) => name.startsWith("attune-restore-")),
    /** The drafts of copies, whole or not. */
    drafts: () => readdirSync(files.path(".")).filter((name) => name.endsWith(".part")),
    exported: (database: string) => everyExport(database, files.path("attune.key")),
    [Symbol.dispose]: () => files[Symbol.dispose](),
  };
}

const KILLED = { status: null };

/** Whether rows are being written on the server. */
async function watched(url: string) {
  const client = new pg.Client(url);
  await client.connect();
  return {
    isWriting: async () => {
      const { rowCount } = await client.query(
        "select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null and query ilike 'insert%'",
      );
      return (rowCount ?? 0) > 0;
    },
    [Symbol.asyncDispose]: () => client.end(),
  };
}

describe("a command that is killed in the middle leaves nothing half, and does its work when it is run again", () => {
  it("migrate to PostgreSQL", async () => {
    using files = lived(false);
    const url = await server.database();
    const view = await watched(url);

    const killed = await files.killedWhen(view.isWriting, url, "migrate", "--from", files.from, "--to", url);
    await view[Symbol.asyncDispose]();
    const again = files.run("migrate", "--from", files.from, "--to", url);

    expect(killed).toMatchObject(KILLED);
    expect(again).toMatchObject({ status: 0, stderr: "" });
    expect(await files.exported(url)).toEqual(wanted);
    expect(await files.exported(files.from)).toEqual(wanted);
  });

  it("migrate and backup from PostgreSQL to a file", async () => {
    using files = lived(false);
    const url = await server.database();
    expect(files.run("migrate", "--from", files.from, "--to", url).status).toBe(0);
    const isWriting = () => files.drafts().some((name) => statSync(files.path(name)).size > 0);

    for (const [file, ...command] of [
      ["home.db", "migrate", "--from", url, "--to"],
      ["copy.db", "backup"],
    ] as const) {
      const killed = await files.killedWhen(isWriting, url, ...command, files.path(file));
      const isThere = existsSync(files.path(file));
      const again = files.runOn(url, ...command, files.path(file));

      expect(killed).toMatchObject(KILLED);
      expect(isThere).toBe(false);
      expect(again).toMatchObject({ status: 0, stderr: "" });
      expect(await files.exported(files.path(file))).toEqual(wanted);
      expect(files.drafts()).toEqual([]);
    }
  });

  it("backup and restore of a file", async () => {
    using files = lived(true);
    const backup = files.path("copy.db");
    const isWriting = () => files.drafts().length > 0;

    const killed = await files.killedWhen(isWriting, files.from, "backup", backup);
    const isThere = existsSync(backup);
    const again = files.runOn(files.from, "backup", backup);

    expect(killed).toMatchObject(KILLED);
    expect(isThere).toBe(false);
    expect(again).toMatchObject({ status: 0, stderr: "" });
    expect(files.drafts()).toEqual([]);

    const restored = files.path("restored.db");
    const killedAgain = await files.killedWhen(isWriting, restored, "restore", backup);
    const isRestored = existsSync(restored);
    const done = files.runOn(restored, "restore", backup);

    expect(killedAgain).toMatchObject(KILLED);
    expect(isRestored).toBe(false);
    expect(done).toMatchObject({ status: 0 });
    expect(await files.exported(restored)).toEqual(wanted);
    expect(files.drafts()).toEqual([]);
  });

  it("restore to PostgreSQL", async () => {
    using files = lived(false);
    const backup = files.path("copy.db");
    expect(files.runOn(files.from, "backup", backup).status).toBe(0);
    const url = await server.database();
    const view = await watched(url);

    const killed = await files.killedWhen(view.isWriting, url, "restore", backup);
    await view[Symbol.asyncDispose]();
    const left = files.passing();
    const again = files.runOn(url, "restore", backup);

    expect(killed).toMatchObject(KILLED);
    expect(left).toHaveLength(1);
    expect(files.passing()).toEqual([]);
    expect(again).toMatchObject({ status: 0 });
    expect(await files.exported(url)).toEqual(wanted);
  });
});
