import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { personId } from "#src/domain/person.ts";
import { commandLine } from "#test/support/command-line.ts";
import { local } from "#test/support/programs.ts";
import { FILES, folder, PEOPLE, ROSTER } from "../unit/config/folder.ts";

const NOW = local("2026-03-01T06:00", "Europe/Berlin");

it(
  "attune import does what is in doubt when it is confirmed, and says what it is before",
  { timeout: 90_000 },
  async () => {
    using files = folder(FILES);
    const attune = commandLine(files);
    const goals = async () => {
      await using db = attune.open();
      const all = await db.store("test-hospital").nudgesOf(personId("r1"), NOW, local("2026-04-01T00:00"));
      return all.filter(({ kind, state }) => kind === "shift-goal" && state === "planned").length;
    };
    {
      await using db = attune.open();
      await db.store("test-hospital").setNote("stage.now", String(NOW));
    }
    expect(attune.run("import")).toMatchObject({ status: 0, stderr: "" });
    files.write("next.csv", ROSTER.replace("r1,", "r1x,"));
    const IN_DOUBT =
      "1 of 2 coming shifts, of r1, are off the roster while lines of it name nobody in people.csv";

    const looked = attune.run("plan", "--diff", "next.csv");
    const refused = attune.run("import", "next.csv");
    const meanwhile = { goals: await goals(), roster: readFileSync(files.path("roster.csv"), "utf8") };
    const confirmed = attune.run("import", "next.csv", "--confirm");

    expect(looked.stdout).toContain(IN_DOUBT);
    expect(refused).toMatchObject({ status: 1, stdout: "" });
    expect(refused.stderr).toContain(`In doubt: ${IN_DOUBT}`);
    expect(refused.stderr).toContain("attune import --confirm.\nNothing was changed.\n");
    expect(meanwhile).toEqual({ goals: 1, roster: ROSTER });
    expect(confirmed).toMatchObject({ status: 0, stderr: "" });
    expect(await goals()).toBe(0);

    files.write("roster.csv", ROSTER);
    expect(attune.run("import")).toMatchObject({ status: 0 });
    files.write("people.csv", PEOPLE.replace(/^r1,.*\n/mu, ""));
    const doctor = attune.run("doctor");
    const missing = attune.run("import");
    const left = attune.run("import", "--confirm");

    expect(doctor.stdout).toMatch(
      /^warn {2}roster +.*1 of 2 coming shifts, of r1, are of people who are in people\.csv no more.*\n +→ put their rows back/m,
    );
    expect(missing.stderr).toContain("in people.csv no more");
    expect(left).toMatchObject({ status: 0 });
    expect(await goals()).toBe(0);
  },
);
