import { expect, it } from "vitest";
import { backUp } from "#src/commands/backup.ts";
import { openExistingDatabase, openOwnDatabase } from "#src/composition/open-database.ts";
import type { Settings } from "#src/config.ts";
import { MINUTE } from "#src/domain/time.ts";
import { lastBackup } from "#src/runtime/last-backup.ts";
import { folder } from "../config/folder.ts";

it("a backup that succeeds is noted where the running process finds how old it is; one that fails is not", async () => {
  using files = folder({ "there.db": "" });
  const settings = { database: files.path("attune.db"), keyFile: files.path("attune.key") } as Settings;
  await (await openOwnDatabase(settings, "real")).close();
  const lines: string[] = [];
  const output = { line: (text: string) => void lines.push(text), note() {}, progress() {} } as never;
  const noted = async () => {
    await using db = await openExistingDatabase(settings);
    const at = await lastBackup(db.notes);
    return at === undefined ? undefined : Math.abs((await db.now()) - at) < MINUTE;
  };

  await expect(backUp(settings, files.path("there.db"), output)).rejects.toThrow("is there already");
  const before = await noted();
  await backUp(settings, files.path("copy.db"), output);

  expect([before, await noted()]).toEqual([undefined, true]);
  expect(lines.join("\n")).toContain("is written");
});
