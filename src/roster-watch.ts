import { readRoster, rosterStamp } from "#src/config/roster-files.ts";
import type { RosterSource } from "#src/config/roster-sources.ts";
import type { Program } from "#src/domain/program.ts";
import type { Log } from "#src/ports/log.ts";
import { describeProblem } from "#src/roster/problem.ts";
import { changesNothing, rosterChange } from "#src/roster/merge.ts";
import type { PlanningDeps } from "#src/schedule/planning.ts";

/**
 * Looks at the roster files at every beat, reads them when one has changed, and tells what the stored roster
 * lacks. Lines that are not understood are left out and logged by file and line.
 */
export function watchRoster(
  program: Program,
  sources: readonly RosterSource[],
  log: Log,
): PlanningDeps["rosterChange"] {
  let stamp: string | undefined;
  let fingerprint: string | undefined;
  return async (stored, now) => {
    const found = rosterStamp(sources);
    if (found === stamp) return undefined;
    const read = readRoster(program, sources);
    stamp = found;
    if (read.fingerprint === fingerprint) return undefined;
    fingerprint = read.fingerprint;
    for (const problem of read.notUnderstood)
      log.warn({ problem: describeProblem(problem) }, "a roster line is left out");
    const change = rosterChange(stored, read.entries, read.windows, now);
    return changesNothing(change, stored) ? undefined : change;
  };
}
