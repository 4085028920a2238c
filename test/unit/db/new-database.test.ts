import { chmodSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { passingKey } from "#db/keys/keys.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import { personId } from "#src/domain/person.ts";
import { instant } from "#src/domain/time.ts";

const keys = passingKey();
let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "attune-new-"));
  file = join(folder, "attune.db");
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The mode of the database, and of the log that SQLite keeps beside it while it is open. */
async function modes(): Promise<readonly number[]> {
  const db = openSqlite({ file, keys });
  await db.store("er").changeStanding(personId("r1"), { consent: "given" }, "event", instant(0));
  const found = [file, `${file}-wal`].map((one) => statSync(one).mode & 0o777);
  await db.close();
  return found;
}

describe("a database file", () => {
  it("is its owner's alone when it is made, and so is the log beside it", async () => {
    expect(await modes()).toEqual([0o600, 0o600]);
  });

  it("keeps the mode that an operator has given it", async () => {
    await modes();
    chmodSync(file, 0o640);

    expect(await modes()).toEqual([0o640, 0o640]);
  });
});
