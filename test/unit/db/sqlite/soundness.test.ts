import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import Client from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { backUp } from "#db/sqlite/backup.ts";
import { passingKey } from "#db/keys/keys.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import { soundnessOfFile } from "#db/sqlite/soundness.ts";
import { personId } from "#src/domain/person.ts";
import { damagePage, rootsOf } from "#test/support/damaged.ts";
import { heardFrom, planned, sentNow } from "../../../contract/store/case.ts";
import { folder, type Folder } from "../../config/folder.ts";

let files: Folder;
beforeEach(async () => {
  files = folder({});
  const db = openSqlite({ file: files.path("sound.db"), keys: passingKey() });
  for (let i = 0; i < 50; i += 1) await db.store("demo").setNote(`note ${i}`, "x".repeat(500));
  await db.close();
});
afterEach(() => files[Symbol.dispose]());

/** Another copy of the database, in which this page is no more what it was. */
function damaged(page: number): string {
  const file = files.path(`damaged-${page}.db`);
  copyFileSync(files.path("sound.db"), file);
  damagePage(file, page);
  return file;
}

describe("a look at a whole database", () => {
  it("says what it looked at, and changes nothing", () => {
    const before = readFileSync(files.path("sound.db"));

    const found = soundnessOfFile(files.path("sound.db"));

    expect(found).toEqual({ looked: "every page, index and reference is whole", isOlder: false });
    expect(readFileSync(files.path("sound.db")).equals(before)).toBe(true);
    expect(readdirSync(files.path("."))).toEqual(["sound.db"]);
  });

  it("finds damage in the first page of every table and index, and names the file", () => {
    const roots = [...rootsOf(files.path("sound.db"))];

    const told = roots.map(([name, page]) => {
      const file = damaged(page);
      try {
        soundnessOfFile(file);
        return `${name}: nothing was found`;
      } catch (error) {
        return (error as Error).message.replace(file, "FILE");
      }
    });

    expect(roots.length).toBeGreaterThan(15);
    expect(told.filter((one) => !/^FILE is damaged: .+ Restore a backup\.$/u.test(one))).toEqual([]);
  });

  it("finds a row that belongs to nothing", async () => {
    const db = openSqlite({ file: files.path("sent.db"), keys: passingKey() });
    await heardFrom(db.store("demo"), personId("r1"));
    await planned(db.store("demo"), { person: personId("r1"), subject: "r1@day" });
    await sentNow(db.store("demo"));
    await db.close();
    const client = new Client(files.path("sent.db"));
    client.pragma("foreign_keys = OFF");
    client.exec("delete from nudge");
    client.close();

    expect(() => soundnessOfFile(files.path("sent.db"))).toThrow("1 rows of message belong to no nudge");
  });

  it("says soon who holds the file", () => {
    const other = new Client(files.path("sound.db"));
    other.exec("begin immediate");

    expect(() => soundnessOfFile(files.path("sound.db"))).toThrow("another process holds the database");
    other.close();
  });
});

describe("a backup of a damaged database", () => {
  it("keeps its name free, leaves nothing behind, and takes no earlier backup away", async () => {
    for (const page of rootsOf(files.path("sound.db")).values()) {
      const file = damaged(page);
      const target = files.path("copy.db");

      await expect(backUp(file, target)).rejects.toMatchObject({
        code: "store",
        message: expect.stringContaining("damaged"),
      });

      expect(existsSync(target)).toBe(false);
      expect(readdirSync(files.path(".")).filter((name) => name.includes(".part"))).toEqual([]);
    }
    writeFileSync(files.path("earlier.db"), "an earlier one");
    await expect(backUp(damaged(2), files.path("earlier.db"))).rejects.toThrow("damaged");
    expect(readFileSync(files.path("earlier.db"), "utf8")).toBe("an earlier one");
  });
});
