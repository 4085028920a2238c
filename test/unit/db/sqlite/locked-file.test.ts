import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import Client from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { passingKey } from "#db/keys/keys.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import { personId } from "#src/domain/person.ts";

describe("a database whose file another process holds", () => {
  let folder: string;
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "attune-locked-file-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it("goes on reading, checking and closing, and keeps what it was given once the file is free", async () => {
    const file = join(folder, "held.db");
    const db = openSqlite({ file, keys: passingKey() });
    const other = new Client(file, { timeout: 0 });
    other.exec("begin immediate");

    // Held until this process has turned: one that stood still in SQLite would be refused before.
    const freed = sleep(100).then(() => other.exec("rollback"));
    const kept = db.store("demo").setNote("key", "value");
    const played = db
      .chat("demo")
      .append({ person: personId("r1"), from: "person", at: await db.now(), text: "hello" }, "k" as never);
    const read = await db.store("demo").note("key");
    await Promise.all([kept, played, db.check(), freed]);

    expect(read).toBeUndefined();
    expect(await db.store("demo").note("key")).toBe("value");
    await db.close();
    other.close();
  });

  it("says that it was not kept when it is held for longer than its patience, and closes all the same", async () => {
    const file = join(folder, "held.db");
    const db = openSqlite({ file, keys: passingKey(), busyTimeout: 50 });
    const other = new Client(file, { timeout: 0 });
    other.exec("begin immediate");

    await expect(db.check()).rejects.toMatchObject({ code: "store" });
    await db.close();
    other.close();
  });
});
