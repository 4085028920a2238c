import { stat } from "node:fs/promises";
import { readingRoom } from "../reading/reading-room.ts";
import type { ReadingRoom, SourceRead } from "../reading/reading-task.ts";
import { readIn, rosterOf, type ReadRoster } from "../reading/read-roster.ts";
import type { RosterSource } from "#src/roster/reading/source.ts";
import type { Program } from "#src/domain/program.ts";
import type { RosterDoubt, RosterReport, RosterTrouble } from "#src/domain/roster-report.ts";
import type { Roster } from "#src/domain/roster.ts";
import { MINUTE, later, type Instant } from "#src/domain/time.ts";
import type { Log } from "#src/ports/log.ts";
import { describeProblem } from "../text/problem.ts";
import { describeDoubt, doubtOf, followed, mendDoubt, missingFrom } from "../change/doubt.ts";
import { changesNothing, rosterChange, updateOf } from "../change/merge.ts";
import { saidInProcess, saidSince, type SaidMemory } from "../change/said.ts";
import { rosterReport, type RosterWatch } from "./roster-state.ts";
import type { FeedWatch } from "./feed-watch.ts";
import pTimeout from "p-timeout";

export interface WatchOptions {
  /** Where files and feeds are read; a room of its own without one. */
  readonly room?: ReadingRoom;
  /** Milliseconds that a beat waits for what it began to read; without it, until the end. */
  readonly patience?: number;
  /** Where it is kept which roster said what; in this process without one. */
  readonly said?: SaidMemory;
  /** Something was read after the beat that began it had gone on. */
  wake?(): void;
}

/** A source that exceeded a limit is tried again after this: the machine may have been busy. */
const ANOTHER_TRY = 15 * MINUTE;

/** A source as it was last looked at. */
interface Looked {
  readonly stamp: string;
  /** What a feed had been fetched as. */
  readonly bytes: Uint8Array | undefined;
  readonly found: SourceRead;
  /** When to look again although nothing has changed. */
  readonly again?: Instant;
}

/**
 * Looks at the roster files and feeds at every beat, reads those that have changed, and tells what the stored
 * roster lacks. A source that cannot be had keeps what it said last. Lines that are not understood are left out
 * and logged by file and line.
 */
export function watchRoster(
  program: Program,
  sources: readonly RosterSource[],
  log: Log,
  feeds?: FeedWatch,
  { room = readingRoom(), patience, wake, said = saidInProcess() }: WatchOptions = {},
): RosterWatch {
  const looked = new Map<RosterSource, Looked>();
  const lastGood = new Map<RosterSource, SourceRead>();
  const missing = new Map<RosterSource, RosterTrouble>();
  let underWay: Promise<void> | undefined;
  let report: RosterReport | undefined;
  let read: ReadRoster | undefined;
  /** The stored roster that said what the files say. Any other is looked at: whoever changed it, the files count. */
  let equal: Roster | undefined;
  let doubts: readonly RosterTrouble[] = [];

  const isDue = (source: RosterSource, stamp: string, now: Instant): boolean => {
    const known = looked.get(source);
    if (known?.stamp !== stamp || !isSame(known.bytes, feeds?.bytes(source.name))) return true;
    return known.again !== undefined && now >= known.again;
  };

  /** What a source says now; what it said last when nobody can tell. */
  const readOne = async (source: RosterSource, stamp: string, now: Instant): Promise<SourceRead> => {
    const bytes = feeds?.bytes(source.name);
    const found = await readIn(room, program, source, bytes);
    const { refused } = found;
    const again = refused?.passes && { again: later(now, ANOTHER_TRY) };
    looked.set(source, { stamp, bytes, found, ...again });
    if (refused === undefined) {
      lastGood.set(source, found);
      missing.delete(source);
      return found;
    }
    const reason = refused.problem.message;
    if (lastGood.has(source) && missing.get(source)?.reason !== reason)
      log.warn({ problem: describeProblem(refused.problem) }, "a roster stays as it was last read");
    // A feed that was not fetched is the feed's own trouble.
    if (refused.problem.why.code !== "not-fetched")
      missing.set(source, {
        name: source.name,
        since: missing.get(source)?.since ?? now,
        reason,
        mend: true,
      });
    return lastGood.get(source) ?? found;
  };

  const readAll = async (stamps: readonly string[], now: Instant): Promise<void> => {
    const found: SourceRead[] = [];
    for (const [index, source] of sources.entries()) {
      const known = looked.get(source);
      const isKnown = known !== undefined && !isDue(source, stamps[index]!, now);
      found.push(
        isKnown ? (lastGood.get(source) ?? known.found) : await readOne(source, stamps[index]!, now),
      );
    }
    const before = read?.fingerprint;
    read = rosterOf(program, sources, found);
    if (read.fingerprint === before) return;
    equal = undefined;
    for (const problem of read.notUnderstood)
      log.warn({ problem: describeProblem(problem) }, "a roster line is left out");
  };

  /** Told once: the log has a line when a doubt begins or becomes another one. */
  const told = (found: readonly (RosterDoubt | undefined)[], now: Instant): readonly RosterTrouble[] =>
    found.flatMap((doubt): readonly RosterTrouble[] => {
      if (doubt === undefined) return [];
      const name = doubt.why === "people" ? "people.csv" : "roster";
      const reason = `${describeDoubt(doubt)}; ${mendDoubt(doubt)}`;
      const before = doubts.find((one) => one.doubt?.why === doubt.why);
      if (String(before?.doubt?.people) !== String(doubt.people))
        log.warn({ doubt: reason }, "the roster is in doubt");
      return [{ name, since: before?.since ?? now, reason, mend: true, doubt }];
    });

  /** Reads what has changed, unless that is under way; waits for it as long as there is patience. */
  const look = async (now: Instant): Promise<void> => {
    if (underWay !== undefined) return;
    const stamps = await Promise.all(sources.map(stampOf));
    if (read !== undefined && !sources.some((one, index) => isDue(one, stamps[index]!, now))) return;
    let isWaiting = true;
    underWay = readAll(stamps, now).finally(() => {
      underWay = undefined;
      if (!isWaiting) wake?.();
    });
    await pTimeout(underWay, { milliseconds: patience ?? Infinity, message: false });
    isWaiting = false;
  };

  return {
    state: () => ({
      troubles: [...missing.values(), ...(feeds?.troubles() ?? []), ...doubts],
      ...(report === undefined ? {} : { report }),
    }),
    async change(before, now) {
      await feeds?.beat(now);
      await look(now);
      const stored = before.input.roster;
      // A doubt ends by itself once the shifts that it is about are past.
      if (read === undefined || (stored === equal && doubts.length === 0)) return undefined;
      const heard = await said.read();
      const all = rosterChange(stored, read.entries, read.windows, now, {
        said: heard,
        voices: read.voices,
      });
      await said.write(saidSince(heard, read.voices, stored, now));
      const doubt = doubtOf(stored, all, read, now);
      const change = followed(stored, all, doubt, now);
      doubts = told([missingFrom(program.people, stored, now), doubt], now);
      const update = changesNothing(change, stored) ? undefined : updateOf(before, change);
      const after = update?.after ?? before;
      report = rosterReport(after, read, now);
      // Should it not be kept, the stored roster is another one, and looked at anew.
      equal = after.input.roster;
      return update;
    },
  };
}

/** Changes when a roster's file does, for a look every minute: dates and sizes, no contents. */
async function stampOf({ path }: RosterSource): Promise<string> {
  if (path === undefined) return "-";
  try {
    const { mtimeMs, ctimeMs, ino, size } = await stat(path);
    return `${mtimeMs}:${ctimeMs}:${ino}:${size}`;
  } catch {
    return "-";
  }
}

/** Many servers send a feed anew that says what it said. */
const isSame = (one: Uint8Array | undefined, other: Uint8Array | undefined): boolean =>
  one === other || (one !== undefined && other !== undefined && Buffer.compare(one, other) === 0);
