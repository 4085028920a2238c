import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { expect, it } from "vitest";
import { loadMasterKey, makeNextKey, putNextKeyInPlace } from "#db/keys/key-file.ts";
import { folder } from "../config/folder.ts";

it("puts a new key in place once, also where another command has done it between the commit and rekey's end", () => {
  using files = folder({});
  const key = files.path("attune.key");
  const old = loadMasterKey(key, { create: true });
  const bytes = readFileSync(key);
  const next = makeNextKey(key);
  putNextKeyInPlace(key);

  const before = putNextKeyInPlace(key, old.id);

  expect(loadMasterKey(key).id).toBe(next.id);
  expect(readFileSync(before)).toEqual(bytes);
  expect(readdirSync(files.path(".")).toSorted()).toEqual(["attune.key", `attune.key.old-${old.id}`]);
});

it("says so where there is no new key at all, and keeps the one that is there", () => {
  using files = folder({});
  const key = files.path("attune.key");
  const { id } = loadMasterKey(key, { create: true });

  expect(() => putNextKeyInPlace(key, "another")).toThrow("cannot be put");

  expect(loadMasterKey(key).id).toBe(id);
});

it.each([
  ["a pipe", (path: string) => execFileSync("mkfifo", ["-m", "600", path])],
  ["a folder", (path: string) => mkdirSync(path, { mode: 0o700 })],
])("takes %s for no key, and does not wait for it", (_, make) => {
  using files = folder({});
  make(files.path("attune.key"));

  expect(() => loadMasterKey(files.path("attune.key"))).toThrow("it is no plain file");
});

it("says of a key that is there and cannot be read why, and not that it is lost", () => {
  using files = folder({});
  const key = files.path("attune.key");
  symlinkSync(key, key);

  expect(() => loadMasterKey(key)).toThrow(
    `The key file ${key} cannot be read (ELOOP). Let Attune's user read it, and nobody else`,
  );
});
