import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { expect, it } from "vitest";
import { newSecret, keyOf } from "#db/keys/keys.ts";
import { restoreFile } from "#db/restore.ts";
import { folder } from "../config/folder.ts";

it.each(["attune.db", "attune.db-wal", "attune.db-journal"])(
  "restores nothing beside %s of another database, which SQLite would play into it",
  async (name) => {
    using files = folder({ [name]: "of another database", "backup.db": "" });

    const restored = restoreFile(files.path("backup.db"), files.path("attune.db"), keyOf(newSecret()));

    await expect(restored).rejects.toThrow(`${files.path(name)} is there already`);
    expect(readdirSync(files.path(".")).toSorted()).toEqual([name, "backup.db"].toSorted());
  },
);

it("takes no pipe, device or folder for a backup, and leaves nothing behind", async () => {
  using files = folder({});
  execFileSync("mkfifo", [files.path("pipe.db")]);

  for (const backup of [files.path("pipe.db"), "/dev/zero", files.path(".")])
    await expect(restoreFile(backup, files.path("attune.db"), keyOf(newSecret()))).rejects.toThrow(
      "There is no backup at",
    );

  expect(readdirSync(files.path("."))).toEqual(["pipe.db"]);
});
