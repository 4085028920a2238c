import { fileContents, readRoster, rosterStamp, type ReadRoster } from "#src/config/roster-files.ts";
import type { RosterSource } from "#src/config/roster-sources.ts";
import type { Program } from "#src/domain/program.ts";
import type { RosterReport, RosterState, RosterTrouble } from "#src/domain/roster-report.ts";
import type { Roster } from "#src/domain/roster.ts";
import type { Instant } from "#src/domain/time.ts";
import { zoneOf } from "#src/domain/zone.ts";
import type { Log } from "#src/ports/log.ts";
import { describeProblem, shortened, type RosterProblem } from "#src/roster/problem.ts";
import { changesNothing, rosterChange } from "#src/roster/merge.ts";
import { changed } from "#src/schedule/changed-roster.ts";
import type { PlanningDeps } from "#src/schedule/planning.ts";
import { rosterReport } from "#src/schedule/roster-report.ts";
import type { FeedWatch } from "./feed-watch.ts";

export interface RosterWatch {
  readonly change: PlanningDeps["rosterChange"];
  /** What was read last, and what cannot be read just now. */
  state(): RosterState;
}

/**
 * Looks at the roster files and feeds at every beat, reads them when one has changed, and tells what the stored
 * roster lacks. A source that cannot be had keeps what it said last. Lines that are not understood are left out
 * and logged by file and line.
 */
export function watchRoster(
  program: Program,
  sources: readonly RosterSource[],
  log: Log,
  feeds?: FeedWatch,
): RosterWatch {
  const lastGood = new Map<string, Uint8Array>();
  const missing = new Map<string, RosterTrouble>();
  let stamp: string | undefined;
  let report: RosterReport | undefined;
  let read: ReadRoster | undefined;
  /** The stored roster that said what the files say. Any other is looked at: whoever changed it, the files count. */
  let equal: Roster | undefined;

  const contents = (source: RosterSource, now: Instant): Uint8Array | RosterProblem => {
    const found = feeds?.bytes(source.name) ?? fileContents(source);
    if (found instanceof Uint8Array) {
      lastGood.set(source.name, found);
      missing.delete(source.name);
      return found;
    }
    if (source.path !== undefined && !missing.has(source.name))
      missing.set(source.name, { name: source.name, since: now, reason: found.message, mend: true });
    return lastGood.get(source.name) ?? found;
  };

  return {
    state: () => ({
      troubles: [...missing.values(), ...(feeds?.troubles() ?? [])],
      ...(report === undefined ? {} : { report }),
    }),
    async change(stored, now) {
      await feeds?.beat(now);
      const found = `${rosterStamp(sources)} ${feeds?.version() ?? 0}`;
      if (found !== stamp || read === undefined) {
        const before = read?.fingerprint;
        read = readRoster(program, sources, (source) => contents(source, now));
        stamp = found;
        if (read.fingerprint !== before) {
          equal = undefined;
          for (const problem of read.notUnderstood)
            log.warn({ problem: describeProblem(problem) }, "a roster line is left out");
        }
      }
      if (stored === equal) return undefined;
      const change = rosterChange(stored, read.entries, read.windows, now);
      const input = {
        program,
        zone: zoneOf(program.timeZone),
        roster: changed(stored, change),
        wishes: new Map(),
      };
      report = rosterReport(input, imported(read), now);
      equal = changesNothing(change, stored) ? stored : undefined;
      return equal === undefined ? change : undefined;
    },
  };
}

/** What a report says of the reading itself. */
export function imported({ entries, notUnderstood }: Pick<ReadRoster, "entries" | "notUnderstood">) {
  const duties = entries.filter((entry) => entry.kind === "duty");
  const shifts = new Set(duties.map((one) => `${one.person} ${one.start} ${one.end}`)).size;
  return {
    shifts,
    copies: duties.length - shifts,
    leftOut: notUnderstood.map(({ file, line, field, message, why }) => ({
      place: line === undefined ? file : `${file}:${line}`,
      reason: field === undefined ? message : `${field}: ${message}`,
      why: why.text === undefined ? why : { ...why, text: shortened(why.text) },
    })),
  };
}
