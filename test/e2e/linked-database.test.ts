import { existsSync, mkdirSync, symlinkSync } from "node:fs";
import { expect, it } from "vitest";
import { commandLine } from "#test/support/command-line.ts";
import { FILES, folder } from "../unit/config/folder.ts";

it("a database in use is refused as such by a link to it, too, and its log is not taken for lost", async () => {
  using files = folder(FILES);
  const attune = commandLine(files);
  const link = files.path("links/attune.db");
  mkdirSync(files.path("links"));
  symlinkSync(files.path("attune.db"), link);
  await using running = attune.open();
  // What is acknowledged now stands in the log alone.
  await running.store("test-hospital").audit("test", "written", "r1", 1 as never);

  const moved = attune.run("migrate", "--from", link, "--to", files.path("moved.db"));
  const made = attune.runWith({ ATTUNE_DB: files.path("made.db") }, "restore", link);
  const rekeyed = attune.runWith({ ATTUNE_DB: link }, "rekey");

  expect(moved.stderr).toMatch(/^Attune is running on .*attune\.db: stop it first\.\n$/u);
  expect(rekeyed.stderr).toBe(moved.stderr);
  expect(made.stderr).toContain("is a database in use and no backup");
  for (const ran of [moved, made, rekeyed]) expect(ran).toMatchObject({ status: 1, stdout: "" });
  expect(["moved.db", "made.db"].filter((name) => existsSync(files.path(name)))).toEqual([]);
});
