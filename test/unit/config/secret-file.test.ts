import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { slack } from "#adapters/slack/index.ts";
import type { SlackSettings } from "#adapters/slack/settings.ts";
import { teams } from "#adapters/teams/index.ts";
import { PLATFORMS } from "#src/composition/platforms.ts";
import { readSettings, type Settings } from "#src/config.ts";
import { AttuneError } from "#src/errors.ts";
import { ownSettings } from "#test/support/own-settings.ts";

const SECRET = "hush-hush-hush";
const SLACK = { SLACK_BOT_TOKEN: "xoxb-1", SLACK_APP_TOKEN: "xapp-1" };
const TEAMS = { MicrosoftAppId: "an-id", MicrosoftAppTenantId: "a-tenant", MicrosoftAppPassword: SECRET };

/** Each secret with the rest of what it needs, and where it arrives. */
const SECRETS: Readonly<
  Record<string, { rest: Record<string, string>; value: string; of(settings: Settings): unknown }>
> = {
  ATTUNE_DB: { rest: {}, value: `postgres://attune:${SECRET}@db/attune`, of: ({ database }) => database },
  ATTUNE_METRICS_TOKEN: { rest: {}, value: SECRET, of: ({ metricsToken }) => metricsToken },
  SLACK_BOT_TOKEN: {
    rest: SLACK,
    value: `xoxb-${SECRET}`,
    of: (settings) => ownSettings(settings, slack)?.botToken,
  },
  SLACK_APP_TOKEN: {
    rest: SLACK,
    value: `xapp-${SECRET}`,
    of: (settings) => wayOf(settings, "socket")?.appToken,
  },
  SLACK_SIGNING_SECRET: {
    rest: SLACK,
    value: SECRET,
    of: (settings) => wayOf(settings, "http")?.signingSecret,
  },
  MicrosoftAppPassword: {
    rest: TEAMS,
    value: SECRET,
    of: (settings) => ownSettings(settings, teams)?.appPassword,
  },
};

function wayOf<Mode extends Way["mode"]>(
  settings: Settings,
  mode: Mode,
): Extract<Way, { mode: Mode }> | undefined {
  const way = ownSettings(settings, slack)?.way;
  return way?.mode === mode ? (way as Extract<Way, { mode: Mode }>) : undefined;
}
type Way = SlackSettings["way"];

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "attune-secrets-"))));
afterAll(() => rmSync(folder, { recursive: true }));

const fileWith = (content: string): string => {
  const path = join(folder, "secret");
  writeFileSync(path, content);
  return path;
};

describe.each(Object.entries(SECRETS))("the secret %s in a file", (name, { rest, value, of }) => {
  const env = (path: string) => ({ ...rest, [name]: "", [`${name}_FILE`]: path });
  const problems = (given: Readonly<Record<string, string>>): string => {
    try {
      readSettings(given, PLATFORMS);
    } catch (error) {
      expect(error).toBeInstanceOf(AttuneError);
      return (error as AttuneError).message;
    }
    return "";
  };
  const oneLine = (what: string): string => `The settings are not right.\nenvironment: ${name}_FILE: ${what}`;

  it.each(["", "\n", "\r\n"])("is read without the newline at its end: %j", (end) => {
    expect(of(readSettings(env(fileWith(`${value}${end}`)), PLATFORMS))).toBe(value);
  });

  it("says in one line what is wrong with the file, and nothing of what is in it", () => {
    expect(problems(env(join(folder, "nowhere")))).toBe(
      oneLine("there is no such file; write the path of a file with the secret alone"),
    );
    expect(problems(env(folder))).toBe(
      oneLine("it names no file; write the path of a file with the secret alone"),
    );
    expect(problems(env("/dev/zero"))).toContain(oneLine("it names no file"));
    expect(problems(env(fileWith(" \n")))).toBe(oneLine("the file is empty; put the secret into it"));
    expect(problems(env(join(fileWith("a"), "b")))).toBe(
      oneLine("the file cannot be read (ENOTDIR); let Attune's user read it"),
    );
    expect(problems(env(fileWith("x".repeat(70_000))))).toContain(oneLine("the file is too large"));
  });

  it("is refused when it is given twice", () => {
    expect(problems({ ...env(fileWith(value)), [name]: value })).toBe(
      oneLine(`${name} is set as well; leave one of the two empty`),
    );
  });

  it("is not looked for where the variable is empty", () => {
    expect(of(readSettings({ ...rest, [name]: value, [`${name}_FILE`]: " " }, PLATFORMS))).toBe(value);
  });

  it("is never repeated, also when it is wrong itself", () => {
    const told = problems(env(fileWith(`mysql://${SECRET} \u0000${SECRET}`)));

    expect(told).toContain(name);
    expect(told).not.toContain(SECRET);
  });
});
