import { randomUUID } from "node:crypto";
import { chmodSync, copyFileSync, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import Client from "better-sqlite3";
import pg from "pg";
import { loadMasterKey } from "#db/keys/key-file.ts";
import { newSecret } from "#db/keys/keys.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import { openPostgres } from "#db/postgres/open.ts";
import { copyDatabase } from "#db/transfer/copy.ts";
import { postgresTarget } from "#db/postgres/copy-side.ts";
import { sqliteSource } from "#db/sqlite/copy-side.ts";
import type { Source } from "#db/transfer/sides.ts";
import { PLATFORMS } from "#src/composition/platforms.ts";
import { loadProgram } from "#src/config/load-programs.ts";
import { campaignSize } from "#test/support/campaign-size.ts";
import { commandLine } from "#test/support/command-line.ts";
import { DAYS_LIVED, everyExport, livedDemo } from "#test/support/lived.ts";
import { postgresServer, type PostgresServer } from "#test/support/postgres.ts";
import { folder, type Folder } from "../unit/config/folder.ts";

const PROGRAM = loadProgram("program/program.yaml", PLATFORMS).program.id;

let server: PostgresServer;
let place: Folder;
let wanted: Readonly<Record<string, string>>;
const lived = () => place.path("lived.db");
const key = () => place.path("attune.key");

beforeAll(async () => {
  place = folder({});
  server = await postgresServer();
  await livedDemo(lived(), key(), { seed: 7, days: campaignSize(DAYS_LIVED) });
  wanted = await everyExport(lived(), key());
}, 600_000);
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  place[Symbol.dispose]();
}, 120_000);

/** A database of its own that has lived the same. */
const livedIn = (files: Folder): string => {
  copyFileSync(lived(), files.path("lived.db"));
  copyFileSync(key(), files.path("attune.key"));
  return files.path("lived.db");
};

const emptyPostgres = async (): Promise<string> => {
  const url = await server.database();
  await (await openPostgres({ url, keys: loadMasterKey(key()) })).close();
  return url;
};

/** How many rows all tables have together, besides the process's own notes. */
async function rowsIn(url: string): Promise<number> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const { rows } = await client.query(
      "select (select count(*) from nudge) + (select count(*) from reply) + (select count(*) from person) as all",
    );
    return Number(rows[0].all);
  } finally {
    await client.end();
  }
}

describe("attune migrate", () => {
  it("moves weeks of answers to PostgreSQL and back, with every export equal byte for byte", async () => {
    using files = folder({});
    const from = livedIn(files);
    const url = await server.database();
    const back = files.path("back.db");
    const attune = commandLine(files);

    const there = attune.run("migrate", "--from", from, "--to", url);
    const onServer = await everyExport(url, key());
    const home = attune.run("migrate", "--from", url, "--to", back);

    expect(there).toMatchObject({ status: 0, stderr: "" });
    expect(there.stdout).toMatch(
      /^table +rows {2}checksum\n(?:\w+ +\d+ {2}[0-9a-f]{32}\n){15}all +\d+\nEverything is in postgres:\/\/127/,
    );
    expect(there.stdout + home.stdout).not.toContain("local@");
    expect(home).toMatchObject({ status: 0, stderr: "" });
    expect(Object.keys(wanted).length).toBeGreaterThan(15);
    for (const said of ["week-trust", "research-trust"]) expect(JSON.stringify(wanted)).toContain(said);
    expect(onServer).toEqual(wanted);
    expect(await everyExport(back, key())).toEqual(wanted);
    expect(statSync(back).mode & 0o777).toBe(0o600);
    expect(readdirSync(files.path(".")).filter((name) => name.includes(".part"))).toEqual([]);
    await using db = openSqlite({ file: back, keys: loadMasterKey(key()) });
    expect(await db.store(PROGRAM).auditTrouble()).toBeUndefined();
  });

  it("goes on counting where the old database was, so that no id is given twice", async () => {
    using files = folder({});
    const from = livedIn(files);
    const client = new Client(from);
    // The highest ones are gone: their ids were given all the same.
    const highest = Number(client.prepare("select max(id) from chat").pluck().get());
    client.prepare("delete from chat where id = ?").run(highest);
    client.close();
    const url = await emptyPostgres();

    await using source = sqliteSource(from);
    await using target = postgresTarget(url);
    await copyDatabase(source, target, {});

    await using db = await openPostgres({ url, keys: loadMasterKey(key()) });
    const said = { person: "r1" as never, from: "person", at: 1 as never, text: "again" } as const;
    expect((await db.chat("other").append(said, "k" as never)).id).toBeGreaterThan(highest);
    await db.store(PROGRAM).audit("test", "moved", "r1", 1 as never);
    expect(await db.store(PROGRAM).auditTrouble()).toBeUndefined();
  });

  it("keeps nothing of a copy that was interrupted, and begins anew", async () => {
    using files = folder({});
    const from = livedIn(files);
    const url = await emptyPostgres();
    const attune = commandLine(files);
    const whole = sqliteSource(from);
    await using target = postgresTarget(url);

    const interrupted = copyDatabase(breaking(whole), target, {});

    await expect(interrupted).rejects.toThrow("the cable");
    await whole[Symbol.asyncDispose]();
    expect(await rowsIn(url)).toBe(0);
    expect(attune.run("migrate", "--from", from, "--to", url).status).toBe(0);
    expect(await everyExport(url, key())).toEqual(wanted);
  });

  it("takes away the draft that a killed copy to a file left", async () => {
    using files = folder({});
    const from = livedIn(files);
    const draft = `new.db.${randomUUID()}.part`;
    copyFileSync(from, files.path(draft));
    files.write(`${draft}-wal`, "half a page");

    const ran = commandLine(files).run("migrate", "--from", from, "--to", files.path("new.db"));

    expect(ran).toMatchObject({ status: 0, stderr: "" });
    expect(await everyExport(files.path("new.db"), key())).toEqual(wanted);
    expect(readdirSync(files.path(".")).toSorted()).toEqual(["attune.key", "lived.db", "new.db"]);
  });

  it("says of an erased person what PostgreSQL itself still holds", async () => {
    using files = folder({});
    const url = await server.database();
    const env = { ATTUNE_DB: url, ATTUNE_PROGRAM: resolve("program/program.yaml") };
    const attune = commandLine(files);
    expect(attune.run("migrate", "--from", livedIn(files), "--to", url).status).toBe(0);

    const ran = attune.runWith(env, "erase", "--person", "r1", "--yes");

    expect(ran).toMatchObject({ status: 0, stderr: "" });
    expect(ran.stdout).toMatch(/^Erased of r1: [1-9]\d* answers/);
    expect(ran.stdout).toContain("Backups and exports made before now still hold all of it");
    expect(ran.stdout).toMatch(/pg_wal, until it is recycled\), its archive, standbys and dumps/);
  });

  it("refuses a target that holds something, another key, and a database in use", async () => {
    using files = folder({});
    const from = livedIn(files);
    const url = await emptyPostgres();
    const attune = commandLine(files);
    expect(attune.run("migrate", "--from", from, "--to", url).status).toBe(0);
    files.write("wrong/attune.key", newSecret());
    const before = await rowsIn(url);

    const again = attune.run("migrate", "--from", from, "--to", url);
    const over = attune.run("migrate", "--from", url, "--to", from);
    const nothing = attune.run("migrate", "--from", await server.database(), "--to", files.path("x.db"));
    chmodSync(files.path("wrong/attune.key"), 0o600);
    const wrong = attune.runWith(
      { ATTUNE_KEY_FILE: files.path("wrong/attune.key") },
      "migrate",
      "--from",
      from,
      "--to",
      await server.database(),
    );
    await using running = openSqlite({ file: from, keys: loadMasterKey(key()) });
    const inUse = attune.run("migrate", "--from", from, "--to", await server.database());
    await using replica = await openPostgres({ url, keys: loadMasterKey(key()) });
    const served = attune.run("migrate", "--from", url, "--to", files.path("y.db"));
    const under = attune.runWith({ ATTUNE_DB: url }, "restore", from);

    expect(again.stderr).toBe(
      "The target holds data already, and nothing is written over it. Name an empty database.\n",
    );
    expect(over.stderr).toContain("lived.db is there already: name another file.\n");
    expect(nothing.stderr).toContain("holds nothing of any program");
    expect(wrong.stderr).toContain("This is not the key that the database was made with.");
    expect(inUse.stderr).toMatch(/^Attune is running on .*lived\.db: stop it first\.\n$/);
    for (const { stderr } of [served, under])
      expect(stderr).toMatch(/^Attune is running on postgres:\/\/127\S+: stop it first\.\n$/);
    for (const ran of [again, over, nothing, wrong, inUse, served, under])
      expect(ran).toMatchObject({ status: 1, stdout: "" });
    expect(await rowsIn(url)).toBe(before);
    expect(existsSync(files.path("x.db")) || existsSync(files.path("y.db"))).toBe(false);
    await Promise.all([running.check(), replica.check()]);
  });

  it("keeps nothing when the source was written to meanwhile", async () => {
    using files = folder({});
    const from = livedIn(files);
    const url = await emptyPostgres();
    await using source = sqliteSource(from);
    await using target = postgresTarget(url);
    await using writer = openSqlite({ file: from, keys: loadMasterKey(key()) });
    let isWritten = false;

    const copying = copyDatabase(
      {
        ...source,
        async snapshot(work) {
          if (isWritten) await writer.store(PROGRAM).setNote("meanwhile", "1");
          isWritten = true;
          return source.snapshot(work);
        },
      },
      target,
      { mustRest: true },
    );

    await expect(copying).rejects.toThrow("The source was written to during the copy.");
    expect(await rowsIn(url)).toBe(0);
  });
});

/** A source whose cable is pulled in the middle of the answers. */
const breaking = (whole: Source): Source => ({
  ...whole,
  snapshot: (work) =>
    whole.snapshot((from) =>
      work({
        ...from,
        async *rows(shape) {
          for await (const portion of from.rows(shape)) {
            yield portion;
            if (shape.name === "reply") throw new Error("the cable");
          }
        },
      }),
    ),
});

describe("attune backup and attune restore", () => {
  it("bring a PostgreSQL database back, into a file and into another server's database, while replicas write", async () => {
    using files = folder({});
    livedIn(files);
    const url = await emptyPostgres();
    await using source = sqliteSource(lived());
    await using target = postgresTarget(url);
    await copyDatabase(source, target, {});
    const attune = commandLine(files);
    const [copy, file, other] = [files.path("copy.db"), files.path("restored.db"), await server.database()];
    await using replica = await openPostgres({ url, keys: loadMasterKey(key()) });
    let writes = 0;
    let isOver = false;
    const writing = (async () => {
      for (; !isOver; writes += 1) await replica.store("writer").setNote(`note ${writes}`, "written");
    })();

    const saved = await attune.startWith({ ATTUNE_DB: url }, "backup", copy);
    isOver = true;
    await writing;
    const intoFile = attune.runWith({ ATTUNE_DB: file }, "restore", copy);
    const intoServer = attune.runWith({ ATTUNE_DB: other }, "restore", copy);

    expect(writes).toBeGreaterThan(10);
    expect(saved).toMatchObject({ status: 0, stderr: "" });
    expect(saved.stdout).toContain("copy.db is written. It opens with the key in ");
    expect(statSync(copy).mode & 0o777).toBe(0o600);
    expect(intoFile).toMatchObject({ status: 0, stderr: "" });
    expect(intoServer).toMatchObject({ status: 0, stderr: "" });
    expect(await everyExport(file, key())).toEqual(wanted);
    expect(await everyExport(other, key())).toEqual(wanted);
    for (const database of [file, other])
      expect(attune.runWith({ ATTUNE_DB: database }, "restore", copy)).toMatchObject({
        status: 1,
        stdout: "",
      });
  });

  it("bring a SQLite database back, into a file and into PostgreSQL", async () => {
    using files = folder({});
    livedIn(files);
    const attune = commandLine(files);
    const [copy, file, url] = [files.path("copy.db"), files.path("restored.db"), await server.database()];

    const saved = attune.runWith({ ATTUNE_DB: files.path("lived.db") }, "backup", copy);
    const bytes = readFileSync(copy);
    const intoFile = attune.runWith({ ATTUNE_DB: file }, "restore", copy);
    const intoServer = attune.runWith({ ATTUNE_DB: url }, "restore", copy);

    for (const ran of [saved, intoFile, intoServer]) expect(ran).toMatchObject({ status: 0, stderr: "" });
    expect(intoFile.stdout).toContain("Erase again whoever was erased since that backup");
    expect(readFileSync(copy).equals(bytes)).toBe(true);
    expect(await everyExport(file, key())).toEqual(wanted);
    expect(await everyExport(url, key())).toEqual(wanted);
  });

  it("never make a database of what is no backup of this key", () => {
    using files = folder({ "text.db": "x".repeat(5_000), "empty.db": "" });
    livedIn(files);
    const attune = commandLine(files);
    const damaged = readFileSync(files.path("lived.db"));
    damaged.fill(0xff, 8_192, damaged.length - 4_096);
    files.write("damaged.db", damaged);
    const place = { ATTUNE_DB: files.path("new.db") };

    const runs = ["text.db", "empty.db", "damaged.db", "nowhere.db"].map((name) =>
      attune.runWith(place, "restore", files.path(name)),
    );

    for (const ran of runs) expect(ran).toMatchObject({ status: 1, stdout: "" });
    expect(runs.map(({ stderr }) => stderr.trim().split("\n").length)).toEqual([1, 1, 1, 1]);
    expect(runs.map(({ stderr }) => /no backup|damaged/.test(stderr))).toEqual([true, true, true, true]);
    expect(readdirSync(files.path(".")).filter((name) => name.startsWith("new.db"))).toEqual([]);
  });
});
