import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { checkSlack } from "#adapters/slack/doctor.ts";
import type { KeepClock } from "#adapters/slack/keep-open.ts";
import { someone } from "#test/support/programs.ts";
import { HURRIED, joined } from "#test/support/slack/joined.ts";
import { APP_TOKEN, BOT_TOKEN, standIn, type Ailment, type StandIn } from "#test/support/slack/stand-in.ts";
import { SOON } from "#test/support/soon.ts";

/** A second of waiting takes five milliseconds. */
const SHORTENED: KeepClock = {
  now: () => performance.now() * 200,
  sleep: (wait) => new Promise((resolve) => setTimeout(resolve, wait / 200)),
};

let slack: StandIn;
let escaped: unknown[];
const escape = (error: unknown) => void escaped.push(error);

beforeEach(async () => {
  slack = await standIn();
  escaped = [];
  process.on("unhandledRejection", escape);
});
afterEach(async () => {
  process.off("unhandledRejection", escape);
  await slack[Symbol.asyncDispose]();
});

const AILMENTS: readonly Ailment[] = [
  { how: "closes" },
  { how: "resets" },
  { how: "forbidden" },
  { how: "refuses" },
  { how: "floods", seconds: 30 },
  { how: "greets-and-closes" },
];

const openings = () => slack.calls.filter(({ method }) => method === "apps.connections.open").length;

describe("a socket that does not come to stand at the start", () => {
  it.each(AILMENTS)("ends nothing, and is tried until it does: $how", async (ailment) => {
    slack.ailment = ailment;
    const { platform, close } = await joined(slack, {
      mode: "socket",
      receive: () => Promise.reject(new Error("nobody acts here")),
      keeping: SHORTENED,
    });
    await platform.start();
    await vi.waitFor(() => expect(slack.calls.length).toBeGreaterThan(2), SOON);
    const before = platform.trouble();
    const greets = ailment.how === "greets-and-closes";

    slack.ailment = undefined;

    await vi.waitFor(() => expect(platform.trouble()).toBeUndefined(), SOON);
    expect(greets || before === "connection").toBe(true);
    await close();
    expect(escaped).toEqual([]);
  });

  it("goes on standing when Slack sends what nobody can read", async () => {
    slack.ailment = { how: "babbles" };
    const { platform, close } = await joined(slack, {
      mode: "socket",
      receive: () => Promise.reject(new Error("nobody acts here")),
    });

    await platform.start();
    await new Promise((resolve) => setTimeout(resolve, 100));

    expect(platform.trouble()).toBeUndefined();
    expect(openings()).toBe(1);
    await close();
    expect(escaped).toEqual([]);
  });
});

describe("what the doctor says of a socket that does not open", () => {
  const settings = () => ({
    botToken: BOT_TOKEN,
    apiUrl: slack.apiUrl,
    way: { mode: "socket", appToken: APP_TOKEN } as const,
  });

  it.each([
    [{ how: "closes" } as const, "too_many_websockets", "ten sockets"],
    [{ how: "resets" } as const, "before its greeting", "wss-primary"],
    [{ how: "forbidden" } as const, "before its greeting", "wss-primary"],
  ])("is why, and what to do: %j", async (ailment, why, todo) => {
    slack.workspace.add({ id: "UR1" });
    slack.ailment = ailment;

    const checks = await checkSlack(settings(), [someone("r1", { accounts: { slack: "UR1" } })], {
      clock: HURRIED,
    });

    const failing = checks.filter(({ state }) => state === "failing");
    expect(failing).toMatchObject([
      { message: expect.stringContaining(why), todo: expect.stringContaining(todo) },
    ]);
    expect(escaped).toEqual([]);
  });
});
