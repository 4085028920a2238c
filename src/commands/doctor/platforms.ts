import type { Settings } from "#src/config.ts";
import type { Check, Finding } from "./check.ts";
import { everybody } from "./everybody.ts";

const LOOPBACK = new Set(["127.0.0.1", "::1", "localhost"]);

/** Where people are reached, by the settings alone; whether a platform answers is its own check. */
export const platformsCheck: Check = async (settings) => {
  const { slack, teams } = settings;
  const findings: Finding[] = [];
  if (slack !== undefined) {
    const way = slack.way.mode === "socket" ? "over a socket" : "called over HTTP";
    findings.push(say("ok", `Slack is configured, ${way}`), ...unreached(settings, "Slack", "slack"));
  }
  if (teams !== undefined)
    findings.push(
      say("ok", `Teams is configured, app ${teams.appId}`),
      ...unreached(settings, "Teams", "teams"),
    );
  return [...findings, ...playground(settings)];
};

const say = (level: Finding["level"], what: string, todo?: string): Finding => ({
  level,
  about: "platforms",
  what,
  ...(todo === undefined ? {} : { todo }),
});

/** People without an account are found by their e-mail address. */
function unreached({ programFiles }: Settings, name: string, platform: string): readonly Finding[] {
  const missing = everybody(programFiles).filter(
    (one) => one.accounts[platform] === undefined && one.email === undefined,
  );
  if (missing.length === 0) return [];
  return [
    say(
      "warn",
      `${name}: no account and no e-mail address of ${missing.map((one) => one.id).join(", ")}`,
      `fill the column ${platform} or email in people.csv, unless another platform reaches them`,
    ),
  ];
}

function playground({ playground: isOn, host, slack, teams, programFiles }: Settings): readonly Finding[] {
  const isAlone = slack === undefined && teams === undefined;
  if (isOn && LOOPBACK.has(host)) return [say("ok", `the playground is on, for this machine only (${host})`)];
  if (isOn)
    return [
      say(
        isAlone ? "fix" : "warn",
        `the playground stays closed, since HOST is ${host} and not this machine's loopback`,
        isAlone ? "configure Slack or Teams, or leave HOST empty" : "leave ATTUNE_PLAYGROUND empty",
      ),
    ];
  if (!isAlone) return [];
  return [
    say(
      "fix",
      "nobody can be reached: no platform is configured and the playground is off",
      programFiles.length === 1
        ? "configure Slack or Teams, or leave ATTUNE_PLAYGROUND empty"
        : "configure Slack or Teams: the playground shows one program alone",
    ),
  ];
}
