import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { checkSlack } from "#adapters/slack/doctor.ts";
import { PLATFORMS } from "#src/composition/platforms.ts";
import { loadPrograms } from "#src/config/load-programs.ts";
import { readSettings } from "#src/config.ts";
import { startAttune } from "#src/composition/start.ts";
import { someone } from "#test/support/programs.ts";
import { HURRIED } from "#test/support/slack/joined.ts";
import { member } from "#test/support/slack/member.ts";
import { APP_TOKEN, BOT_TOKEN, SECRET, standIn, type StandIn } from "#test/support/slack/stand-in.ts";
import { SOON } from "#test/support/soon.ts";

let slack: StandIn;
let folder: string;

beforeEach(async () => {
  slack = await standIn();
  folder = mkdtempSync(join(tmpdir(), "attune-slack-"));
});

afterEach(async () => {
  await slack[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

const start = (env: Readonly<Record<string, string>>) =>
  startAttune(
    readSettings(
      {
        PORT: "0",
        ATTUNE_DB: join(folder, "attune.db"),
        ATTUNE_LOG_LEVEL: "silent",
        SLACK_BOT_TOKEN: BOT_TOKEN,
        SLACK_API_URL: slack.apiUrl,
        ...env,
      },
      PLATFORMS,
    ),
    loadPrograms(["program/program.yaml"], PLATFORMS),
  );

describe.each([
  ["socket", { SLACK_APP_TOKEN: APP_TOKEN }],
  ["http", { SLACK_SIGNING_SECRET: SECRET }],
] as const)("the server with Slack, by %s", (mode, env) => {
  it("answers people of the demo program by their e-mail, on its own port, beside the playground in real time", async () => {
    slack.workspace.add({ id: "UKEN", email: "ken.sato@example.org" });
    const attune = await start({ ...env, ATTUNE_PLAYGROUND: "1" });
    if (mode === "http") slack.callAt(`${attune.url}/slack/events`);
    try {
      await member(slack, "UKEN").says("ヘルプ");
      const shown = () => member(slack, "UKEN").chat();
      await vi.waitFor(() => expect(shown()).not.toEqual([]), SOON);
      const health = (await (await fetch(`${attune.url}/healthz`)).json()) as object;
      const page = await (await fetch(attune.url)).text();

      expect(shown().join("\n")).toContain("使い方");
      expect(health).toMatchObject({ platforms: { slack: "ok", playground: "ok" } });
      expect(page).not.toContain('data-jump="week"');
    } finally {
      await attune.stop();
    }
    await vi.waitFor(() => expect(slack.sockets()).toBe(0), SOON);
  });
});

describe("a start that cannot work", () => {
  it.each([
    ["SLACK_BOT_TOKEN", { SLACK_BOT_TOKEN: "xoxb-wrong", SLACK_APP_TOKEN: APP_TOKEN }],
    ["SLACK_APP_TOKEN", { SLACK_APP_TOKEN: "xapp-wrong" }],
  ])("says that %s is refused, and leaves nothing open", async (name, env) => {
    const failed = await start(env).then(
      () => undefined,
      (error: unknown) => error,
    );

    expect(failed).toMatchObject({ code: "config", message: expect.stringContaining(name) });
    const again = await start({ SLACK_APP_TOKEN: APP_TOKEN });
    await again.stop();
  });
});

it("is looked at by the doctor, who says what to mend and writes to nobody", async () => {
  slack.workspace.add({ id: "UKEN", email: "ken.sato@example.org" });

  const { stdout } = await promisify(execFile)(process.execPath, ["src/cli.ts", "doctor"], {
    env: {
      PATH: process.env["PATH"],
      ATTUNE_DB: join(folder, "attune.db"),
      SLACK_BOT_TOKEN: BOT_TOKEN,
      SLACK_APP_TOKEN: APP_TOKEN,
      SLACK_API_URL: slack.apiUrl,
    },
  }).catch((failed: { readonly stdout: string }) => failed);

  expect(stdout).toMatch(/ok +platforms +Slack: The bot token opens the workspace Test Hospital/u);
  expect(stdout).toMatch(/ok +platforms +Slack: Every scope of manifest.json is granted/u);
  expect(stdout).toMatch(/ok +platforms +Slack: The socket opens/u);
  expect(stdout).toMatch(/warn +platforms +Slack: Not found: r2, .*\(1 of 15 are\)/u);
});

describe("what the doctor finds in Slack", () => {
  const settings = () => ({
    botToken: BOT_TOKEN,
    apiUrl: slack.apiUrl,
    way: { mode: "socket", appToken: APP_TOKEN } as const,
  });
  const people = [
    someone("r1", { accounts: { slack: "UR1" } }),
    someone("r2", { accounts: {}, email: "r2@example.org" }),
    someone("a1", { accounts: {}, email: "gone@example.org" }),
    someone("c1", { accounts: {} }),
  ];

  it("is well where all is", async () => {
    slack.workspace.add({ id: "UR1" });
    slack.workspace.add({ id: "UR2", email: "r2@example.org" });

    const checks = await checkSlack(settings(), people.slice(0, 2), { clock: HURRIED });

    expect(checks.map(({ state }) => state)).toEqual(["ok", "ok", "ok", "ok"]);
    await vi.waitFor(() => expect(slack.sockets()).toBe(0), SOON);
    expect(slack.calls.some(({ method }) => method.startsWith("chat."))).toBe(false);
  });

  it.each([
    [{}, "The bot token opens the workspace Test Hospital."],
    [
      { enterprise_id: "E0ORG", is_enterprise_install: false },
      "The bot token opens the workspace Test Hospital, one workspace of the organisation E0ORG.",
    ],
    [
      { team_id: "E0ORG", enterprise_id: "E0ORG", is_enterprise_install: true },
      "The bot token is installed for the whole organisation E0ORG, in the workspaces that its administrator has added.",
    ],
  ])("says which kind of installation the token is of: %j", async (grid, message) => {
    slack.workspace.grid = grid;

    const checks = await checkSlack(settings(), [], { clock: HURRIED });

    expect(checks[0]).toMatchObject({ state: "ok", message });
  });

  it("finds members of sister workspaces, and none of another organisation", async () => {
    slack.workspace.grid = { enterprise_id: "E0ORG", is_enterprise_install: false };
    slack.workspace.add({ id: "UR1", team: "T0SISTER", enterprise: "E0ORG" });
    slack.workspace.add({ id: "UR2", email: "r2@example.org", team: "T0OTHER", enterprise: "E0OTHER" });

    const checks = await checkSlack(settings(), people.slice(0, 2), { clock: HURRIED });

    expect(checks.at(-1)).toMatchObject({ state: "warning", message: "Not found: r2 (1 of 2 are)." });
  });

  it("names who is not found, by id", async () => {
    slack.workspace.add({ id: "UR1", deleted: true });
    slack.workspace.add({ id: "UR2", email: "r2@example.org" });

    const checks = await checkSlack(settings(), people, { clock: HURRIED });

    expect(checks.at(-1)).toMatchObject({ state: "warning", message: "Not found: r1, a1, c1 (1 of 4 are)." });
  });

  it("tells which member each of them is", async () => {
    slack.workspace.add({ id: "UR1" });
    slack.workspace.add({ id: "UR2", email: "r2@example.org" });
    const found: Record<string, string> = {};

    await checkSlack(settings(), people, {
      clock: HURRIED,
      found: ({ id }, account) => void (found[id] = account),
    });

    expect(found).toEqual({ r1: "UR1", r2: "UR2" });
  });

  it("names a missing scope and a refused token, with what to do", async () => {
    slack.workspace.scopes.delete("im:history");
    const scopes = await checkSlack(settings(), [], { clock: HURRIED });
    const app = await checkSlack({ ...settings(), way: { mode: "socket", appToken: "xapp-wrong" } }, [], {
      clock: HURRIED,
    });
    const bot = await checkSlack({ ...settings(), botToken: "xoxb-wrong" }, [], { clock: HURRIED });

    expect(scopes[1]).toMatchObject({ state: "failing", message: "Missing: im:history." });
    expect(app[2]).toMatchObject({ state: "failing", message: "Slack refuses SLACK_APP_TOKEN." });
    expect(bot).toEqual([
      expect.objectContaining({ state: "failing", message: "Slack refuses SLACK_BOT_TOKEN." }),
    ]);
  });
});
