import { randomUUID } from "node:crypto";
import { readdirSync, writeFileSync } from "node:fs";
import Client from "better-sqlite3";
import { expect, it } from "vitest";
import { backUp } from "#db/sqlite/backup.ts";
import { folder } from "../config/folder.ts";

it("takes away what killed backups to the same file left, and nothing that somebody still writes or that is not theirs", async () => {
  using files = folder({});
  const from = files.path("attune.db");
  new Client(from).exec("create table kept (id integer) strict").close();
  const [left, held] = [`copy.db.${randomUUID()}.part`, `copy.db.${randomUUID()}.part`];
  writeFileSync(files.path(left), "half a page");
  const writing = new Client(files.path(held)).exec("begin exclusive");
  for (const name of ["copy.db.notes.part", `other.db.${randomUUID()}.part`])
    writeFileSync(files.path(name), "");
  const before = readdirSync(files.path(".")).filter((name) => name.endsWith(".part"));

  await backUp(from, files.path("copy.db"));

  writing.close();
  const after = readdirSync(files.path("."));
  expect(before.filter((name) => !after.includes(name))).toEqual([left]);
  expect(after).toContain("copy.db");
});
