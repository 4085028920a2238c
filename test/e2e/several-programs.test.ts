import { spawnSync } from "node:child_process";
import { describe, expect, it, vi } from "vitest";
import { PLATFORMS } from "#src/composition/platforms.ts";
import { loadPrograms } from "#src/config/load-programs.ts";
import { DEFAULT_GOALS } from "#src/domain/goals.ts";
import { readSettings } from "#src/config.ts";
import { startAttune, type Attune } from "#src/composition/start.ts";
import { en } from "#src/words/en.ts";
import { commandLine } from "#test/support/command-line.ts";
import { accountAt, hospitals, moveIn } from "#test/support/slack/hospitals.ts";
import { member } from "#test/support/slack/member.ts";
import { APP_TOKEN, BOT_TOKEN, standIn, type StandIn } from "#test/support/slack/stand-in.ts";
import type { Folder } from "../unit/config/folder.ts";
import { SOON } from "#test/support/soon.ts";

const NAMES = ["north", "south"] as const;
const GOAL = DEFAULT_GOALS.find(({ id }) => id === "tests")!.label.en;

const start = (files: Folder, slack: StandIn): Promise<Attune> => {
  const settings = readSettings(
    {
      PORT: "0",
      ATTUNE_PROGRAM: files.path("programs"),
      ATTUNE_DB: files.path("attune.db"),
      ATTUNE_LOG_LEVEL: "silent",
      SLACK_BOT_TOKEN: BOT_TOKEN,
      SLACK_APP_TOKEN: APP_TOKEN,
      SLACK_API_URL: slack.apiUrl,
    },
    PLATFORMS,
  );
  return startAttune(settings, loadPrograms(settings.programFiles, PLATFORMS));
};

const texts = async (url: string): Promise<string> => (await fetch(url)).text();

describe("two programs in one process, over one socket", () => {
  it("ask each resident for their own program, and keep each answer there", async () => {
    await using slack = await standIn();
    using files = hospitals(NAMES);
    for (const name of NAMES) for (const id of ["r1", "a1"]) slack.workspace.add({ id: `U${name}${id}` });
    const attune = await start(files, slack);
    try {
      for (const name of NAMES) {
        const resident = member(slack, accountAt(name, "r1"));
        await vi.waitFor(() => expect(resident.reads()).toContain(en.consent.agree), SOON);
        await resident.taps(en.consent.agree);
        await vi.waitFor(() => expect(resident.reads()).toContain(GOAL), SOON);
        expect(resident.chat().join("\n")).toContain(`Dr. ${name}`);
      }
      await member(slack, accountAt("north", "r1")).taps(GOAL);
      await vi.waitFor(
        () => expect(member(slack, accountAt("north", "r1")).reads()).toContain(en.buttons.skip),
        10_000,
      );
      const health = JSON.parse(await texts(`${attune.url}/healthz`)) as object;
      const metrics = await texts(`${attune.url}/metrics`);

      expect(slack.sockets()).toBe(1);
      expect(health).toMatchObject({ status: "ok", programs: {}, platforms: { slack: "ok" } });
      expect(metrics).toContain("attune_programs 2\n");
      expect(metrics).toContain("attune_programs_silent 0\n");
      expect(metrics).toMatch(/attune_nudges\{kind="shift-goal",state="sent"\} 2\n/u);
      expect(member(slack, accountAt("south", "r1")).chat().join("\n")).not.toContain("north");
    } finally {
      await attune.stop();
    }
    const { run } = commandLine(files);
    const kept = (name: string) =>
      run("export", "--person", "r1", "--program", files.path(`programs/${name}/program.yaml`)).stdout;
    expect(kept("north")).toContain('"tests"');
    expect(kept("south")).not.toContain('"tests"');
  }, 420_000);

  it("go on when one's roster is broken: the other's people are asked", async () => {
    await using slack = await standIn();
    using files = hospitals(NAMES);
    moveIn(slack, NAMES);
    files.write("programs/north/roster.csv", "\u0000\u0001 nothing that anybody could read");
    const attune = await start(files, slack);
    try {
      await vi.waitFor(
        () => expect(member(slack, accountAt("south", "r1")).reads()).toContain(en.consent.agree),
        20_000,
      );

      expect(member(slack, accountAt("north", "r1")).chat()).toEqual([]);
      // The message is there before the beat that sent it has ended.
      await vi.waitFor(async () => expect((await fetch(`${attune.url}/healthz`)).status).toBe(200), SOON);
    } finally {
      await attune.stop();
    }
  }, 420_000);
});

describe("the command line with several programs", () => {
  it("refuses a start with every mistake of every program", () => {
    using files = hospitals(NAMES);
    for (const name of NAMES)
      files.write(
        `programs/${name}/people.csv`,
        `id,name,role,slack,email\nr1,A,boss,${accountAt(name, "r1")},a@example.org\na1,B,attending,,\n`,
      );

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
        `${files.path("programs/south/people.csv")}:2: slack: r1 is r1 in ${files.path("programs/north/people.csv")}:2, too, but has the account `,
      ),
    ]);
  });

  it("works on the one that --program names, and lists them where none is named", () => {
    using files = hospitals(NAMES);
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
    using files = hospitals(NAMES);
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
