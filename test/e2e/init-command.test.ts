import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { commandLine } from "#test/support/command-line.ts";
import { folder } from "../unit/config/folder.ts";

const soon = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const ROSTER = `person,start,end\nMaya Patel,${soon(1)}T08:00,17:00\n"Okafor, Daniel",${soon(1)}T08:00,17:00\n`;
const ANSWERS = ["--site", "Lakeside", "--zone", "Europe/Berlin", "--language", "en", "--platform", "slack"];

describe("attune init", { timeout: 60_000 }, () => {
  it("makes the files of a program, with the names that the roster has, and doctor finds them right", () => {
    using files = folder({ "december.csv": ROSTER });
    const attune = commandLine(files);

    const made = attune.run("init", files.path("new"), ...ANSWERS, "--roster", files.path("december.csv"));
    const plan = attune.run("plan", "--program", files.path("new/program.yaml"), "--json");
    const again = attune.run("init", files.path("new"), ...ANSWERS, "--roster", files.path("december.csv"));

    expect(made).toMatchObject({ status: 0, stderr: "" });
    expect(readFileSync(files.path("new/people.csv"), "utf8")).toBe(
      'id,name,role,email,slack\np1,Maya Patel,resident,,\np2,"Okafor, Daniel",resident,,\n',
    );
    expect(made.stdout).toContain("read as csv");
    expect(plan.status).toBe(0);
    expect(plan.stdout).toContain('"kind":"shift-goal","person":"p1"');
    expect(again.status).toBe(1);
    expect(again.stderr).toContain("is there already");
  });

  it("says what is missing, and what is no roster", () => {
    using files = folder({ "a.txt": "nothing of this kind" });
    const attune = commandLine(files);

    const none = attune.run("init", files.path("new"), ...ANSWERS, "--roster", files.path("no.csv"));
    const other = attune.run("init", files.path("new"), ...ANSWERS, "--roster", files.path("a.txt"));

    expect(none.stderr).toContain("there is no such file");
    expect(other.stderr).toContain("no name with a shift was found");
  });
});
