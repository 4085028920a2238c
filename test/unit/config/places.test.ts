import { mkdirSync, symlinkSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { PLATFORMS } from "#src/composition/platforms.ts";
import { openDatabase, openExistingDatabase } from "#src/composition/open-database.ts";
import { readSettings } from "#src/config.ts";
import { programFiles } from "#src/config/program-files.ts";
import { folder, YAML } from "./folder.ts";

const mistakesOf = (env: Readonly<Record<string, string>>): string => {
  try {
    readSettings(env, PLATFORMS);
    return "";
  } catch (error) {
    return (error as Error).message;
  }
};

describe("a place that would be another one than is meant is refused, and nothing of it repeated", () => {
  it.each([
    "postgres:/attune:S3CRET@db.example/attune",
    "attune:S3CRET@db.example/attune",
    "a:S3CRET@db/attune",
    "file:./data/attune.db",
    "sqlite:./data/attune.db",
    "Postgres://attune:S3CRET@db.example/attune",
  ])("ATTUNE_DB=%s", (place) => {
    const mistakes = mistakesOf({ ATTUNE_DB: place });

    expect(mistakes).toContain("environment: ATTUNE_DB: expected the path of a SQLite file or the address");
    expect(mistakes).not.toContain("S3CRET");
  });

  it.each(["~/attune.db", "$HOME/attune.db", "${DATA}/attune.db"])("%s, which only a shell reads", (path) => {
    for (const variable of ["ATTUNE_DB", "ATTUNE_KEY_FILE"])
      expect(mistakesOf({ [variable]: path })).toContain(
        `environment: ${variable}: ~ and $ mean something to a shell only; write the path in full`,
      );
  });

  it.each(["1e3", "0x50", "-1", "3000.0", "65536"])("PORT=%s", (port) => {
    expect(mistakesOf({ PORT: port })).toContain("environment: PORT: expected a port number");
  });

  it("but a path is one, whatever signs it has", () => {
    using files = folder({ "attune:er.db": "" });

    for (const path of [
      "./data/a@b.db",
      "/srv/2026:12/attune.db",
      "C:\\data\\a.db",
      files.path("attune:er.db"),
    ])
      expect(mistakesOf({ ATTUNE_DB: path })).toBe("");
  });
});

it("what is no database is called so, and no key of it is missed", async () => {
  using files = folder({ "notes.txt": "x".repeat(100) });
  mkdirSync(files.path("data"));

  for (const name of ["data", "notes.txt"])
    for (const open of [openDatabase, openExistingDatabase])
      await expect(
        open({ database: files.path(name), keyFile: files.path("attune.key") }),
      ).rejects.toMatchObject({
        code: "config",
        message: expect.stringMatching(/ is no database.*; set ATTUNE_DB to Attune's own file/u),
      });
});

describe("a folder of programs", () => {
  it("leaves out none that is there and cannot be read: whoever reads it says so", () => {
    using files = folder({ "north/program.yaml": YAML, "readme.txt": "none" });
    for (const name of ["south", "empty", "lost+found"]) mkdirSync(files.path(name));
    symlinkSync("gone.yaml", files.path("south/program.yaml"));
    symlinkSync("ward", files.path("ward"));

    expect(programFiles(files.path("."))).toEqual([
      files.path("north/program.yaml"),
      files.path("south/program.yaml"),
      files.path("ward/program.yaml"),
    ]);
  });
});
