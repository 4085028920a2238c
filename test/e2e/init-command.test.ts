import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { commandLine } from "#test/support/command-line.ts";
import { folder } from "../unit/config/folder.ts";

const soon = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const ROSTER = `person,start,end\nMaya Patel,${soon(1)}T08:00,17:00\n"Okafor, Daniel",${soon(1)}T08:00,17:00\n`;
const WHO = ["--coordinator", "Lee, Kim", "--contact", "kim@example.org"];
const SITE = ["--site", "Lakeside", "--zone", "Europe/Berlin", "--language", "en", "--platform", "slack"];
const ANSWERS = [...SITE, ...WHO];

describe("attune init", { timeout: 60_000 }, () => {
  it("makes the files of a program, with the names that the roster has, and doctor finds them right", () => {
    using files = folder({ "december.csv": ROSTER });
    const attune = commandLine(files);

    const made = attune.run("init", files.path("new"), ...ANSWERS, "--roster", files.path("december.csv"));
    const plan = attune.run("plan", "--program", files.path("new/program.yaml"), "--json");
    const again = attune.run("init", files.path("new"), ...ANSWERS, "--roster", files.path("december.csv"));

    expect(made).toMatchObject({ status: 0, stderr: "" });
    expect(readFileSync(files.path("new/people.csv"), "utf8")).toBe(
      'id,name,role,email,slack\nc1,"Lee, Kim",coordinator,kim@example.org,\np1,Maya Patel,resident,,\np2,"Okafor, Daniel",resident,,\n',
    );
    expect(made.stdout).toContain("read as csv");
    expect(plan.status).toBe(0);
    expect(plan.stdout).toContain('"kind":"shift-goal","person":"p1"');
    expect(again.status).toBe(1);
    expect(again.stderr).toContain("is there already");
  });

  it("has a coordinator who is on the roster in one row with their shifts, and takes an account; doctor and start-program go on from there", async () => {
    using files = folder({ "december.csv": ROSTER });
    const attune = commandLine(files);

    const maya = ["--coordinator", "maya patel", "--contact", "U0MAYA123"];
    const roster = ["--roster", files.path("december.csv")];
    const made = attune.run("init", files.path("new"), ...SITE, ...roster, ...maya);
    await attune.open().close();
    const at = { ATTUNE_PROGRAM: files.path("new/program.yaml") };
    const doctor = attune.runWith(at, "doctor");
    const begun = attune.runWith(at, "start-program");
    const again = attune.runWith(at, "start-program");

    expect(made.stderr).toBe("");
    expect(readFileSync(files.path("new/people.csv"), "utf8")).toContain(
      "p1,Maya Patel,resident+coordinator,,U0MAYA123\n",
    );
    expect(doctor.stdout).toContain("one of them taps Start on the greeting (1 of them)");
    expect(begun.stdout).toContain("Lakeside has started: 2 people are asked");
    expect(again.stdout).toMatch(
      /Lakeside had started already at .*, by an operator\. Nothing was changed\./u,
    );
  });

  it("writes over no roster that is there, and makes no half of a program", () => {
    using files = folder({ "december.csv": ROSTER, "people.csv": ROSTER, "new/december.csv": "mine" });
    const attune = commandLine(files);
    const init = (folder: string, roster: string) =>
      attune.run("init", files.path(folder), ...ANSWERS, "--roster", files.path(roster));

    const over = init("new", "december.csv");
    const called = init("other", "people.csv");

    expect(over.stderr).toMatch(/new\/december\.csv is there already: name another folder\.\n$/u);
    expect(called.stderr).toContain("a file of this name is made beside it; call the roster otherwise.");
    for (const ran of [over, called]) expect(ran).toMatchObject({ status: 1, stdout: "" });
    expect(readFileSync(files.path("new/december.csv"), "utf8")).toBe("mine");
    expect(readdirSync(files.path("new"))).toEqual(["december.csv"]);
    expect(existsSync(files.path("other"))).toBe(false);
  });

  it.each([
    ["--zone", "Asia/Tokio", "expected a time zone of the IANA database"],
    ["--zone", "EST", "expected a place's time zone"],
    ["--language", "EN", "write en or ja"],
    ["--coordinator", "=cmd", "is no text"],
    ["--contact", "kim@example", "is no e-mail address"],
  ])("refuses %s %s before anything is written, in the words of that answer", (option, answer, why) => {
    using files = folder({ "december.csv": ROSTER });
    const attune = commandLine(files);

    const roster = ["--roster", files.path("december.csv")];
    const ran = attune.run("init", files.path("new"), ...ANSWERS, ...roster, option, answer);

    expect(ran).toMatchObject({ status: 1, stdout: "" });
    expect(ran.stderr).toMatch(new RegExp(`^${option}: .*\\n$`, "u"));
    expect(ran.stderr).toContain(why);
    expect(existsSync(files.path("new"))).toBe(false);
  });

  it("says what is missing, and what is no roster", () => {
    using files = folder({ "a.txt": "nothing of this kind" });
    const attune = commandLine(files);

    const none = attune.run("init", files.path("new"), ...ANSWERS, "--roster", files.path("no.csv"));
    const other = attune.run("init", files.path("new"), ...ANSWERS, "--roster", files.path("a.txt"));

    const nobody = attune.run("init", files.path("new"), ...SITE, "--roster", "a", "--coordinator", " ");

    expect(nobody.stderr).toContain("--coordinator: it is empty; Who coordinates the program");
    expect(none.stderr).toContain("there is no such file");
    expect(other.stderr).toContain("no name with a shift was found");
  });
});
