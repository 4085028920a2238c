import { copyFileSync, existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadMasterKey } from "#db/keys/key-file.ts";
import { openDatabase } from "#src/composition/open-database.ts";
import { campaignSize } from "#test/support/campaign-size.ts";
import { commandLine } from "#test/support/command-line.ts";
import { postgresBytes } from "#test/support/dumped.ts";
import { DAYS_LIVED, everyExport, livedDemo } from "#test/support/lived.ts";
import { postgresServer, type PostgresServer } from "#test/support/postgres.ts";
import { folder, type Folder } from "../unit/config/folder.ts";

let server: PostgresServer;
let place: Folder;
let wanted: Readonly<Record<string, string>>;
beforeAll(async () => {
  place = folder({});
  server = await postgresServer();
  await livedDemo(place.path("lived.db"), place.path("attune.key"), {
    seed: 5,
    days: campaignSize(DAYS_LIVED),
  });
  wanted = await everyExport(place.path("lived.db"), place.path("attune.key"));
}, 600_000);
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  place[Symbol.dispose]();
}, 120_000);

/** A database of either kind that has lived the same, with its key, in a folder of its own. */
async function lived(kind: "SQLite" | "PostgreSQL") {
  const files = folder({});
  copyFileSync(place.path("lived.db"), files.path("attune.db"));
  copyFileSync(place.path("attune.key"), files.path("attune.key"));
  const attune = commandLine(files);
  const key = files.path("attune.key");
  const database = kind === "SQLite" ? files.path("attune.db") : await server.database();
  const run = (...args: readonly string[]) => attune.runWith({ ATTUNE_DB: database }, ...args);
  if (kind === "PostgreSQL") {
    attune.run("migrate", "--from", files.path("attune.db"), "--to", database);
  }
  return {
    files,
    key,
    database,
    attune,
    run,
    exported: () => everyExport(database, key),
    bytes: (): Buffer | Promise<Buffer> =>
      kind === "SQLite" ? readFileSync(files.path("attune.db")) : postgresBytes(database),
    old: () => {
      const name = readdirSync(files.path(".")).find((one) => one.startsWith("attune.key.old-"));
      return name === undefined ? undefined : files.path(name);
    },
    [Symbol.dispose]: () => files[Symbol.dispose](),
  };
}

describe.each(["SQLite", "PostgreSQL"] as const)("attune rekey on %s", (kind) => {
  it("leaves everything readable with the new key, and nothing with the old one but what was backed up before", async () => {
    using db = await lived(kind);
    const { files, key, run, attune } = db;
    const oldKey = loadMasterKey(key);
    expect(run("backup", files.path("before.db"))).toMatchObject({ status: 0 });

    const ran = run("rekey");

    expect(ran).toMatchObject({ status: 0, stderr: "" });
    expect(ran.stdout).toContain("backups from before open with it only");
    expect(await db.exported()).toEqual(wanted);
    expect(loadMasterKey(key).id).not.toBe(oldKey.id);
    expect(loadMasterKey(db.old()!).id).toBe(oldKey.id);
    expect((await db.bytes()).includes(`sealed:${oldKey.id}`)).toBe(false);
    expect(run("backup", files.path("after.db"))).toMatchObject({ status: 0 });
    const restored = (backup: string, keyFile: string, to: string) =>
      attune.runWith({ ATTUNE_DB: files.path(to), ATTUNE_KEY_FILE: keyFile }, "restore", files.path(backup));
    expect(restored("before.db", db.old()!, "a.db")).toMatchObject({ status: 0 });
    expect(restored("after.db", key, "b.db")).toMatchObject({ status: 0 });
    for (const crossed of [restored("before.db", key, "c.db"), restored("after.db", db.old()!, "d.db")]) {
      expect(crossed.status).toBe(1);
      expect(crossed.stderr).toContain("not the key that the database was made with");
    }
    expect(await everyExport(files.path("a.db"), db.old()!)).toEqual(wanted);
    expect(await everyExport(files.path("b.db"), key)).toEqual(wanted);
    await using open = await openDatabase({ database: db.database, keyFile: key });
    expect(await open.store("demo").auditTrouble()).toBeUndefined();
  });

  it("is found in its old or its new key, and goes on, wherever it is killed", async () => {
    using db = await lived(kind);
    const { key, attune, run } = db;
    const next = `${key}.new`;

    for (const isMidway of [() => existsSync(next), () => db.old() !== undefined]) {
      const killed = await attune.killedWhen(isMidway, { ATTUNE_DB: db.database }, "rekey");
      expect(killed.stderr).toBe("");
      expect(await db.exported()).toEqual(wanted);
    }
    expect(run("rekey")).toMatchObject({ status: 0 });

    expect(await db.exported()).toEqual(wanted);
    expect(existsSync(next)).toBe(false);
  });

  it("that was killed after its rows were kept, and before its key was in place, is ended by the next start", async () => {
    using db = await lived(kind);
    const { key, run } = db;
    expect(run("rekey")).toMatchObject({ status: 0 });
    const made = readFileSync(key);
    renameSync(key, `${key}.new`);
    renameSync(db.old()!, key);

    const exported = await db.exported();

    expect(exported).toEqual(wanted);
    expect(readFileSync(key).equals(made)).toBe(true);
    expect(existsSync(`${key}.new`)).toBe(false);
    expect(db.old()).toBeDefined();
  });

  it("is refused while Attune runs, and with another key, and changes nothing", async () => {
    using db = await lived(kind);
    const { files, key, database, attune, run } = db;
    writeFileSync(files.path("other.key"), Buffer.alloc(32, 9), { mode: 0o600 });

    const other = attune.runWith({ ATTUNE_DB: database, ATTUNE_KEY_FILE: files.path("other.key") }, "rekey");
    const running = await openDatabase({ database, keyFile: key });
    const inUse = run("rekey");
    await running.close();

    expect(other).toMatchObject({ status: 1, stdout: "" });
    expect(other.stderr).toContain("not the key that the database was made with");
    expect(inUse).toMatchObject({ status: 1, stdout: "" });
    expect(inUse.stderr).toMatch(/^Attune is running on .*: stop it first\.\n$/);
    expect(readdirSync(files.path(".")).filter((name) => /\.(?:new|old)/.test(name))).toEqual([]);
    expect(await db.exported()).toEqual(wanted);
  });
});
