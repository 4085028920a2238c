import { spawnSync } from "node:child_process";
import { describe, expect, it, vi } from "vitest";
import { Temporal } from "temporal-polyfill";
import { loadPrograms } from "#src/config/load-programs.ts";
import { DEFAULT_GOALS } from "#src/domain/goals.ts";
import { readSettings } from "#src/config.ts";
import { startAttune, type Attune } from "#src/house.ts";
import { en } from "#src/words/en.ts";
import { commandLine } from "#test/support/command-line.ts";
import { member } from "#test/support/slack/member.ts";
import { APP_TOKEN, BOT_TOKEN, standIn, type StandIn } from "#test/support/slack/stand-in.ts";
import { folder, type Folder } from "../unit/config/folder.ts";

const NAMES = ["north", "south"] as const;
const HOUR = 3_600_000;
const GOAL = DEFAULT_GOALS.find(({ id }) => id === "procedures")!.label.en;

/** A moment from now on in UTC, as a roster writes it. */
const inUtc = (milliseconds: number): string =>
  Temporal.Instant.fromEpochMilliseconds(Date.now() + milliseconds)
    .toString({ smallestUnit: "minute" })
    .slice(0, -1);
const day = (days: number): string => inUtc(days * 24 * HOUR).slice(0, 10);

/** Two programs in one folder, both with r1 and a1 on a shift that is about to begin. */
function hospitals(): Folder {
  const files: Record<string, string> = {};
  for (const name of NAMES) {
    files[`programs/${name}/program.yaml`] = `id: ${name}
name: ${name} hospital
timeZone: UTC
locale: en
rotations:
  - { name: ER, from: ${day(-3)}, to: ${day(10)} }
people: people.csv
roster:
  - { file: roster.csv, format: csv }
`;
    files[`programs/${name}/people.csv`] =
      `id,name,role,slack\nr1,${name} Resident,resident,U${name}r1\na1,${name} Attending,attending,U${name}a1\n`;
    files[`programs/${name}/roster.csv`] =
      `person,start,end\nr1,${inUtc(600_000)},${inUtc(8 * HOUR)}\na1,${inUtc(600_000)},${inUtc(8 * HOUR)}\n`;
  }
  return folder(files);
}

const start = (files: Folder, slack: StandIn): Promise<Attune> => {
  const settings = readSettings({
    PORT: "0",
    ATTUNE_PROGRAM: files.path("programs"),
    ATTUNE_DB: files.path("attune.db"),
    ATTUNE_LOG_LEVEL: "silent",
    SLACK_BOT_TOKEN: BOT_TOKEN,
    SLACK_APP_TOKEN: APP_TOKEN,
    SLACK_API_URL: slack.apiUrl,
  });
  return startAttune(settings, loadPrograms(settings.programFiles));
};

const texts = async (url: string): Promise<string> => (await fetch(url)).text();

describe("two programs in one process, over one socket", () => {
  it("ask each resident for their own program, and keep each answer there", async () => {
    await using slack = await standIn();
    using files = hospitals();
    for (const name of NAMES) for (const id of ["r1", "a1"]) slack.workspace.add({ id: `U${name}${id}` });
    const attune = await start(files, slack);
    try {
      for (const name of NAMES) {
        const resident = member(slack, `U${name}r1`);
        await vi.waitFor(() => expect(resident.reads()).toContain(en.consent.agree), 20_000);
        await resident.taps(en.consent.agree);
        await vi.waitFor(() => expect(resident.reads()).toContain(GOAL), 10_000);
        expect(resident.chat().join("\n")).toContain(`${name} Attending`);
      }
      await member(slack, "Unorthr1").taps(GOAL);
      await vi.waitFor(() => expect(member(slack, "Unorthr1").reads()).toContain(en.buttons.skip), 10_000);
      const health = JSON.parse(await texts(`${attune.url}/healthz`)) as object;
      const metrics = await texts(`${attune.url}/metrics`);

      expect(slack.sockets()).toBe(1);
      expect(health).toMatchObject({ status: "ok", programs: {}, platforms: { slack: "ok" } });
      expect(metrics).toContain("attune_programs 2\n");
      expect(metrics).toContain("attune_programs_silent 0\n");
      expect(metrics).toMatch(/attune_nudges\{kind="shift-goal",state="sent"\} 2\n/u);
      expect(member(slack, "Usouthr1").chat().join("\n")).not.toContain("north");
    } finally {
      await attune.stop();
    }
    const { run } = commandLine(files);
    const kept = (name: string) =>
      run("export", "--person", "r1", "--program", files.path(`programs/${name}/program.yaml`)).stdout;
    expect(kept("north")).toContain('"procedures"');
    expect(kept("south")).not.toContain('"procedures"');
  }, 90_000);

  it("go on when one's roster is broken: the other's people are asked", async () => {
    await using slack = await standIn();
    using files = hospitals();
    for (const name of NAMES) slack.workspace.add({ id: `U${name}r1` });
    files.write("programs/north/roster.csv", "\u0000\u0001 nothing that anybody could read");
    const attune = await start(files, slack);
    try {
      await vi.waitFor(() => expect(member(slack, "Usouthr1").reads()).toContain(en.consent.agree), 20_000);

      expect(member(slack, "Unorthr1").chat()).toEqual([]);
      expect((await fetch(`${attune.url}/healthz`)).status).toBe(200);
    } finally {
      await attune.stop();
    }
  }, 60_000);
});

describe("the command line with several programs", () => {
  it("refuses a start with every mistake of every program", () => {
    using files = hospitals();
    for (const name of NAMES)
      files.write(`programs/${name}/people.csv`, "id,name,role,slack\nr1,A,boss,U1\na1,B,attending,\n");

    const { stderr, status } = spawnSync(process.execPath, ["src/main.ts"], {
      encoding: "utf8",
      env: {
        PATH: process.env["PATH"],
        ATTUNE_PROGRAM: NAMES.map((name) => files.path(`programs/${name}/program.yaml`)).join(","),
        ATTUNE_DB: files.path("attune.db"),
      },
    });

    expect(status).toBe(1);
    expect(stderr.split("\n").slice(0, -1)).toEqual([
      "The programs cannot start (3 mistakes).",
      ...NAMES.map((name) =>
        expect.stringContaining(`${files.path(`programs/${name}/people.csv`)}:2: role: `),
      ),
      expect.stringContaining(
        `${files.path("programs/south/people.csv")}:2: slack: "U1" of r1 belongs to r1 in ${files.path("programs/north/people.csv")}:2, too`,
      ),
    ]);
  });

  it("works on the one that --program names, and lists them where none is named", () => {
    using files = hospitals();
    const { runWith } = commandLine(files);
    const [north, south] = NAMES.map((name) => files.path(`programs/${name}/program.yaml`));
    const both = { ATTUNE_PROGRAM: files.path("programs") };

    for (const args of [
      ["plan"],
      ["import"],
      ["simulate"],
      ["export", "--program"],
      ["erase", "--person", "r1", "--yes"],
    ])
      expect({ args, ...runWith(both, ...args) }).toMatchObject({
        args,
        status: 2,
        stdout: "",
        stderr: `error: there are 2 programs: say which one\n  --program ${north}\n  --program ${south}\n(run with --help to see what is expected)\n`,
      });
    expect(runWith(both, "plan", "--program", south!).stdout).toContain("shift-goal");
    expect(runWith(both, "import", "--program", south!).stdout).toContain("Imported into south hospital.");
    expect(runWith(both, "export", "--program", south!, "--out", "-").stdout).toContain('"r1"');
    expect(runWith(both, "export", "--program", north!, "--out", "-").stdout).not.toContain('"shift-goal"');
    expect(runWith(both, "erase", "--person", "r1", "--yes", "--program", south!)).toMatchObject({
      status: 0,
    });
  });

  it("examines them all", () => {
    using files = hospitals();
    files.write("programs/south/people.csv", "id,name,role,slack\nr1,A,resident,\na1,B,attending,U2\n");

    const { stdout } = commandLine(files).runWith(
      {
        ATTUNE_PROGRAM: files.path("programs"),
        SLACK_BOT_TOKEN: "xoxb-1",
        SLACK_APP_TOKEN: "xapp-1",
        SLACK_API_URL: "http://127.0.0.1:9/",
      },
      "doctor",
    );

    for (const name of NAMES)
      expect(stdout).toMatch(new RegExp(`ok +program +\\S+${name}/program.yaml: ${name} hospital`, "u"));
    expect(stdout).toContain("Slack: no account and no e-mail address of south/r1");
  });
});
