import { randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import Client from "better-sqlite3";
import { expect, it } from "vitest";
import { backUp } from "#db/sqlite/backup.ts";
import { wholeOrNot } from "#db/sqlite/draft.ts";
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

it("leaves another process's draft alone before anything is written to it, and lets one of the two succeed", async () => {
  using files = folder({});
  const target = files.path("copy.db");
  const overlapping = wholeOrNot(target, async (draft) => {
    await wholeOrNot(target, async (own) => writeFileSync(own, "the second"));
    expect(existsSync(draft)).toBe(true);
  });

  await expect(overlapping).rejects.toThrow("there is a file already");

  expect(readFileSync(target, "utf8")).toBe("the second");
  expect(statSync(target).mode & 0o777).toBe(0o600);
  expect(readdirSync(files.path("."))).toEqual(["copy.db"]);
});

it("takes away what was left by a process that was killed before its first byte", async () => {
  using files = folder({});
  writeFileSync(files.path(`copy.db.${randomUUID()}.part-held`), "");

  await wholeOrNot(files.path("copy.db"), async (own) => writeFileSync(own, "whole"));

  expect(readdirSync(files.path("."))).toEqual(["copy.db"]);
});
