import pTimeout from "p-timeout";
import type { Program } from "#src/domain/program.ts";
import type { RosterTrouble } from "#src/domain/roster-report.ts";
import { MINUTE, later, type Instant } from "#src/domain/time.ts";
import type { Log } from "#src/ports/log.ts";
import { NO_FILES, stampOf, readAs, type FilesInForce } from "../reading/files-in-force.ts";
import { readIn, rosterOf, type ReadRoster } from "../reading/read-roster.ts";
import type { ReadingRoom, SourceRead } from "../reading/reading-task.ts";
import type { RosterSource } from "../reading/source.ts";
import { describeProblem } from "../text/problem.ts";
import type { FeedWatch } from "./feed-watch.ts";

/** What watching the sources of a program needs. */
export interface SourceWatchDeps {
  readonly program: Program;
  readonly sources: readonly RosterSource[];
  readonly log: Log;
  readonly feeds: FeedWatch | undefined;
  readonly room: ReadingRoom;
  /** What counts in place of the files that program.yaml names. */
  readonly files?: FilesInForce;
  /** Milliseconds that a beat waits for what it began to read; without it, until the end. */
  readonly patience?: number;
  /** Something was read after the beat that began it had gone on. */
  wake?(): void;
}

/** The rosters of a program, read again whenever one has changed. */
export interface SourceWatch {
  /** Reads what has changed, unless that is under way; waits for it as long as there is patience. */
  look(now: Instant): Promise<void>;
  /** What all of them said at the last look; undefined before the first was over. */
  read(): ReadRoster | undefined;
  /** What cannot be had just now. */
  troubles(): readonly RosterTrouble[];
}

/** Lines that are not understood are left out, and logged by file and line. */
export function watchSources(deps: SourceWatchDeps): SourceWatch {
  const { program, sources, log, patience, wake, files = NO_FILES } = deps;
  const { isDue, currentReading, asRead, troubles } = sourceReader(deps);
  let underWay: Promise<void> | undefined;
  let read: ReadRoster | undefined;

  const readAll = async (stamps: readonly string[], now: Instant): Promise<void> => {
    const found: SourceRead[] = [];
    for (const [index, source] of sources.entries())
      found.push(await currentReading(source, stamps[index]!, now));
    const before = read?.fingerprint;
    read = rosterOf(
      program,
      sources.map((source) => asRead(source).source),
      found,
    );
    if (read.fingerprint === before) return;
    for (const problem of read.notUnderstood)
      log.warn({ problem: describeProblem(problem) }, "a roster line is left out");
  };

  return {
    async look(now) {
      if (underWay !== undefined) return;
      await files.takeOver(now);
      const stamps = await Promise.all(
        sources.map(async (source) => {
          const kept = asRead(source).source;
          return kept === source ? stampOf(source.path) : `kept ${JSON.stringify(kept)}`;
        }),
      );
      if (read !== undefined && !sources.some((one, index) => isDue(one, stamps[index]!, now))) return;
      let isWaiting = true;
      underWay = readAll(stamps, now).finally(() => {
        underWay = undefined;
        if (!isWaiting) wake?.();
      });
      await pTimeout(underWay, { milliseconds: patience ?? Infinity, message: false });
      isWaiting = false;
    },
    read: () => read,
    troubles,
  };
}

/** A source that exceeded a limit is tried again after this: the machine may have been busy. */
const ANOTHER_TRY = 15 * MINUTE;

/** A source as it was last read. */
interface LastReading {
  readonly stamp: string;
  /** What a feed had been fetched as. */
  readonly pages: readonly Uint8Array[] | undefined;
  readonly found: SourceRead;
  /** When to look again although nothing has changed. */
  readonly again?: Instant;
}

/** Reads one source after the other. One that cannot be had keeps what it said last. */
function sourceReader({ program, log, feeds, room, files = NO_FILES }: SourceWatchDeps) {
  const lastReadings = new Map<RosterSource, LastReading>();
  const lastGood = new Map<RosterSource, SourceRead>();
  const missing = new Map<RosterSource, RosterTrouble>();

  const asRead = (source: RosterSource) => readAs(source, files, (name) => feeds?.pages(name));

  const isDue = (source: RosterSource, stamp: string, now: Instant): boolean => {
    const known = lastReadings.get(source);
    if (known?.stamp !== stamp || !isSame(known.pages, asRead(source).pages)) return true;
    return known.again !== undefined && now >= known.again;
  };

  const readAnew = async (source: RosterSource, stamp: string, now: Instant): Promise<SourceRead> => {
    const { source: read, pages } = asRead(source);
    const found = await readIn(room, program, read, pages);
    const { refused } = found;
    const again = refused?.passes && { again: later(now, ANOTHER_TRY) };
    lastReadings.set(source, { stamp, pages, found, ...again });
    if (refused === undefined) {
      lastGood.set(source, found);
      missing.delete(source);
      return found;
    }
    const reason = refused.problem.message;
    const before = missing.get(source);
    if (lastGood.has(source) && before?.reason !== reason)
      log.warn({ problem: describeProblem(refused.problem) }, "a roster stays as it was last read");
    // A feed that was not fetched is the feed's own trouble.
    if (refused.problem.why.code !== "not-fetched")
      missing.set(source, { name: source.name, since: before?.since ?? now, reason, mend: true });
    return lastGood.get(source) ?? found;
  };

  return {
    isDue,
    asRead,
    /** What a source says now; what it said last when nobody can tell. */
    currentReading(source: RosterSource, stamp: string, now: Instant): Promise<SourceRead> {
      const known = lastReadings.get(source);
      if (known === undefined || isDue(source, stamp, now)) return readAnew(source, stamp, now);
      return Promise.resolve(lastGood.get(source) ?? known.found);
    },
    troubles: (): readonly RosterTrouble[] => [...missing.values(), ...(feeds?.troubles() ?? [])],
  };
}

/** Many servers send a feed anew that says what it said. */
const isSame = (one: readonly Uint8Array[] | undefined, other: readonly Uint8Array[] | undefined): boolean =>
  one === other ||
  (one?.length === other?.length &&
    (one ?? []).every((page, at) => page === other?.[at] || Buffer.compare(page, other![at]!) === 0));
