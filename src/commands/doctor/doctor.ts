import type { Settings } from "#src/config.ts";
import { AttuneError } from "#src/errors.ts";
import type { Finding } from "./check.ts";
import { checks } from "./checks.ts";
import type { Output } from "../output.ts";

/** Prints what every check finds, and fails when something must be mended. */
export async function examine(settings: () => Settings, output: Output): Promise<void> {
  const seen = { ok: 0, warn: 0, fix: 0 };
  for await (const finding of findings(settings)) {
    seen[finding.level] += 1;
    output.line(printed(finding));
  }
  const isWell = seen.fix + seen.warn === 0;
  output.line(
    isWell ? "All is well." : `${seen.fix} to fix now, ${seen.warn} to look at when there is time.`,
  );
  if (seen.fix > 0) process.exitCode = 1;
}

async function* findings(settings: () => Settings): AsyncGenerator<Finding> {
  let known: Settings;
  try {
    known = settings();
  } catch (error) {
    if (!(error instanceof AttuneError)) throw error;
    for (const mistake of error.message.split("\n").slice(1))
      yield { level: "fix", about: "settings", what: mistake };
    yield { level: "warn", about: "the rest", what: "not looked at before the settings are right" };
    return;
  }
  yield { level: "ok", about: "settings", what: "every variable makes sense" };
  for (const check of checks) yield* await check(known);
}

const printed = ({ level, about, what, todo }: Finding): string =>
  `${level.padEnd(4)}  ${about.padEnd(9)}  ${what}${todo === undefined ? "" : `\n${" ".repeat(17)}→ ${todo}`}`;
