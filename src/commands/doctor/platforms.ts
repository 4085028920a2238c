import { anyPlatform } from "#src/composition/platforms.ts";
import { isLoopback, isReal, type Settings } from "#src/config.ts";
import type { Check as PlatformCheck } from "#src/ports/check.ts";
import type { PlatformDescription } from "#src/ports/platform-description.ts";
import type { Check, Finding } from "./check.ts";
import { checkedPrograms, everybody, named } from "./everybody.ts";
import { oneAccountFindings, type FoundRow } from "./one-account.ts";

/** Where people are reached, by the settings alone; whether a platform answers is its own check. */
export const platformsCheck: Check = async (settings) => [
  ...settings.platforms.flatMap(({ platform, settings: own }) => [
    say("ok", `${platform.title} is configured, ${platform.configuredHow(own)}`),
    ...unreached(settings, platform),
  ]),
  ...playground(settings),
];

/** What each platform finds about itself: whether it answers and takes our credentials, and who is found there. */
export const ownChecks: Check = async ({ platforms, programFiles }) => {
  const programs = checkedPrograms(programFiles);
  const people = new Map(named(programs));
  const findings: Finding[] = [];
  for (const { platform, settings } of platforms) {
    const rows: FoundRow[] = [];
    const checks = await platform.check(settings, [...people.keys()], (person, account) => {
      rows.push({ ...people.get(person)!, account });
    });
    findings.push(...checks.map(findingOf), ...oneAccountFindings(programs, platform, rows));
  }
  return findings;
};

const LEVELS = { ok: "ok", warning: "warn", failing: "fix" } as const;

/** What a platform has found about itself, as the doctor prints it. */
const findingOf = ({ name, state, message, todo }: PlatformCheck): Finding =>
  say(LEVELS[state], `${name}: ${message}`, todo);

const say = (level: Finding["level"], what: string, todo?: string): Finding => ({
  level,
  about: "platforms",
  what,
  ...(todo === undefined ? {} : { todo }),
});

/** People without an account are found by their e-mail address. */
function unreached({ programFiles }: Settings, { name, title }: PlatformDescription): readonly Finding[] {
  const missing = everybody(programFiles).filter(
    (one) => one.accounts[name] === undefined && one.email === undefined,
  );
  if (missing.length === 0) return [];
  return [
    say(
      "warn",
      `${title}: no account and no e-mail address of ${missing.map((one) => one.id).join(", ")}`,
      `fill the column ${name} or email in people.csv, unless another platform reaches them`,
    ),
  ];
}

function playground(settings: Settings): readonly Finding[] {
  const { playground: isOn, host, programFiles } = settings;
  const isAlone = !isReal(settings);
  if (isOn && isLoopback(host)) return [say("ok", `the playground is on, for this machine only (${host})`)];
  if (isOn)
    return [
      say(
        isAlone ? "fix" : "warn",
        `the playground stays closed, since HOST is ${host} and not this machine's loopback`,
        isAlone ? `configure ${anyPlatform()}, or leave HOST empty` : "leave ATTUNE_PLAYGROUND empty",
      ),
    ];
  if (!isAlone) return [];
  return [
    say(
      "fix",
      "nobody can be reached: no platform is configured and the playground is off",
      programFiles.length === 1
        ? `configure ${anyPlatform()}, or leave ATTUNE_PLAYGROUND empty`
        : `configure ${anyPlatform()}: the playground shows one program alone`,
    ),
  ];
}
