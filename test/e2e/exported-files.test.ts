import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { PEOPLE, rosterPart } from "#src/domain/files.ts";
import { instant } from "#src/domain/time.ts";
import { commandLine } from "#test/support/command-line.ts";
import { FILES, folder } from "../unit/config/folder.ts";

const at = instant(Date.parse("2026-03-29T00:00:00Z"));
const bytesOf = (text: string) => new TextEncoder().encode(text);

describe("attune export --format files", { timeout: 60_000 }, () => {
  it("writes what is in force, and a fresh Attune plans the very same from it", async () => {
    using files = folder(FILES);
    const attune = commandLine(files);
    const people = `${readFileSync(files.path("people.csv"), "utf8").trimEnd()}\n`;
    const roster = readFileSync(files.path("roster.csv"), "utf8").trimEnd();
    {
      await using db = attune.open();
      const store = db.store("test-hospital");
      await store.keepFile(
        {
          part: PEOPLE,
          at,
          why: "upload",
          about: { name: "p.csv", fingerprint: "p" },
          bytes: bytesOf(people),
        },
        0,
      );
      await store.keepFile(
        {
          part: rosterPart("roster.csv"),
          at,
          why: "upload",
          about: { name: "r.csv", fingerprint: "r" },
          bytes: bytesOf(`${roster}\n`),
        },
        0,
      );
    }
    const imported = attune.run("import");
    const planned = attune.run("plan", "--json");

    mkdirSync(files.path("moved"));
    const exported = attune.run("export", "--program", "--format", "files", "--out", files.path("moved"));
    const again = attune.run("plan", "--json", "--program", join(files.path("moved"), "program.yaml"));

    expect(imported.status).toBe(0);
    expect(exported).toMatchObject({ status: 0 });
    expect(again.status).toBe(0);
    expect(planned.stdout).not.toBe("");
    expect(again.stdout).toBe(planned.stdout);
    expect(readFileSync(join(files.path("moved"), "people.csv"), "utf8")).toBe(people);
    expect(attune.run("doctor").stdout).toContain("r.csv counts in place of roster.csv");
  });

  it("writes nothing over what is there, and needs a folder", () => {
    using files = folder(FILES);
    const attune = commandLine(files);
    attune.run("import");

    const none = attune.run("export", "--program", "--format", "files");
    const over = attune.run("export", "--program", "--format", "files", "--out", files.path("."));

    expect(none.status).toBe(1);
    expect(none.stderr).toContain("--out FOLDER");
    expect(over.status).toBe(1);
    expect(over.stderr).toContain("program.yaml is there already");
  });
});
