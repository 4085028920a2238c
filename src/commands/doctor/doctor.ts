import type { Settings } from "#src/config.ts";
import { AttuneError } from "#src/errors.ts";
import type { Finding } from "./check.ts";
import { checks } from "./checks.ts";
import type { Output } from "../output.ts";

/**
 * Prints what every check finds, and fails when something must be mended. That comes first, and once more at the end, where it is
 * still on the screen.
 */
export async function examine(settings: () => Settings, output: Output): Promise<void> {
  const found: Finding[] = [];
  for await (const finding of findings(settings)) found.push(finding);
  const all = grouped(found);
  const [fix, rest] = [true, false].map((isFix) => all.filter(({ level }) => (level === "fix") === isFix));
  for (const finding of [...fix!, ...rest!]) output.line(printed(finding));
  const warnings = rest!.filter(({ level }) => level === "warn").length;
  if (fix!.length > 0 && rest!.length > 0) {
    output.line("");
    for (const finding of fix!) output.line(printed(finding));
  }
  output.line(
    fix!.length + warnings === 0
      ? "All is well."
      : `${fix!.length} to fix now, ${warnings} to look at when there is time.`,
  );
  if (fix!.length > 0) process.exitCode = 1;
}

/** So many that are alike are printed in full. */
const SHOWN = 3;

/** Of findings that are alike a few stay, the last of them with how many more there are. */
function grouped(all: readonly Finding[]): readonly Finding[] {
  const counts = new Map<string, number>();
  const keyOf = ({ level, about, alike }: Finding) => `${level} ${about} ${alike}`;
  for (const one of all)
    if (one.alike !== undefined) counts.set(keyOf(one), (counts.get(keyOf(one)) ?? 0) + 1);
  const shown = new Map<string, number>();
  return all.flatMap((one): readonly Finding[] => {
    const count = counts.get(keyOf(one)) ?? 1;
    const place = (shown.get(keyOf(one)) ?? 0) + 1;
    shown.set(keyOf(one), place);
    if (one.alike === undefined || count <= SHOWN || place < SHOWN) return [one];
    if (place > SHOWN) return [];
    return [{ ...one, what: `${one.what} (and ${count - SHOWN} more like it)` }];
  });
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
