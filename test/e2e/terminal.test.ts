import { describe, expect, it } from "vitest";
import { loadMasterKey } from "#db/keys/key-file.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import { commandLine } from "#test/support/command-line.ts";
import { POISONS, POISONOUS } from "#test/support/poisons.ts";
import { FILES, folder } from "../unit/config/folder.ts";

/** What can stand in a file's name and in an argument of a process. */
const WRITTEN = Object.entries(POISONS).filter(([, bad]) => bad !== "\0" && bad.isWellFormed());
const EVERY = Object.values(POISONS).join("");

describe("what a command prints", { timeout: 60_000 }, () => {
  it("does nothing to the terminal, whatever the roster says", () => {
    const rows = Object.values(POISONS).map(
      (bad) => `r1${bad}x,2026-03-02T08:00,17:00,La${bad}te\nr1,2026-03-03T08:00,${bad}9:99,Day`,
    );
    using files = folder({ ...FILES, "roster.csv": `${FILES["roster.csv"]}${rows.join("\n")}\n` });
    const attune = commandLine(files);

    for (const args of [["plan"], ["plan", "--json"], ["plan", "--diff"], ["import"], ["doctor"]]) {
      const { stdout, stderr } = attune.run(...args);

      expect(`${stdout}${stderr}`).not.toMatch(POISONOUS);
      expect(`${stdout}${stderr}`).not.toBe("");
    }
  });

  it("does nothing to the terminal, whatever people.csv and program.yaml say", () => {
    using files = folder({
      ...FILES,
      "people.csv": `${FILES["people.csv"]}a2,Ev${EVERY}e,att${EVERY},,,,\n`,
    });

    const { status, stdout, stderr } = commandLine(files).run("plan");

    expect(status).toBe(1);
    expect(stderr).toContain("people.csv:4: name: it holds a character that cannot be seen");
    expect(`${stdout}${stderr}`).not.toMatch(POISONOUS);
  });

  it("does nothing to the terminal, whatever was stored before there was a rule", async () => {
    using files = folder(FILES);
    const attune = commandLine(files);
    const keys = loadMasterKey(files.path("attune.key"), { create: true });
    await using db = openSqlite({ file: files.path("attune.db"), keys });
    const shift = { id: "x" as never, person: "r1" as never, start: 0 as never, end: 1 as never };
    const label = EVERY.replaceAll(/[\0\uD83D\uDE00]/gu, "");
    await db
      .store("test-hospital")
      .changeRoster(
        { added: [{ ...shift, label, role: "resident" }], moved: [], removed: [], absences: [] },
        0 as never,
      );

    const exported = attune.run("export", "--program");

    expect(exported.status).toBe(0);
    expect(exported.stdout).not.toMatch(POISONOUS);
    expect(JSON.parse(exported.stdout).shifts[0].label).toBe(label);
  });
});

describe("an argument of a command", { timeout: 60_000 }, () => {
  it.each(WRITTEN)("with %s is refused in words, and nothing is done", (_, bad) => {
    using files = folder(FILES);

    const { status, stdout, stderr } = commandLine(files).run("erase", "--person", `r1${bad}`, "--yes");

    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(/^error: an argument is not right: .*\(U\+[0-9A-F]{4,6}\); /u);
    expect(stderr).not.toMatch(POISONOUS);
  });
});
