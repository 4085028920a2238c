import { createHash } from "node:crypto";
import type { Program } from "#src/domain/program.ts";
import { DAY, later, dayNumber, zoneOf } from "#src/domain/time.ts";
import { sourceReadingOf, windowsOf, type ReadingWindow, type SourceReading } from "../change/coverage.ts";
import type { RosterProblem } from "../text/problem.ts";
import type { Accounts, RosterEntry, ReadingContext } from "../text/reader.ts";
import { inOneRole } from "./copies.ts";
import { refused, type ReadingRoom, type ReadingTask, type SourceRead } from "./reading-task.ts";
import type { RosterSource } from "./source.ts";

/** All rosters of a program, read once. */
export interface ReadRoster {
  readonly entries: readonly RosterEntry[];
  /** What `rosterChange` may conclude from a shift that is not there. */
  readonly windows: readonly ReadingWindow[];
  /** What each roster says, by its name in program.yaml: it can take back what it said before. */
  readonly bySource: readonly SourceReading[];
  readonly notUnderstood: readonly RosterProblem[];
  /** What became of everything in each source that could be looked at. */
  readonly accounts: readonly SourceAccounts[];
  /** The sources that say nothing at all: unreadable, or without a line that is understood. */
  readonly silent: readonly string[];
  /** Changes when any text does, however its file's date stands. */
  readonly fingerprint: string;
}

/** The ledger of one source, by the name that reports have for it. */
export interface SourceAccounts extends Accounts {
  readonly name: string;
}

/** The pages that were fetched of a source; undefined for a file, which is read where the roster is. */
export type FetchedOf = (source: RosterSource) => readonly Uint8Array[] | RosterProblem | undefined;

/** What is wanted beyond reading the files that are there. */
export interface ReadingWish {
  readonly fetched?: FetchedOf;
  /** The ledger thing by thing, beside its counts. */
  readonly inFull?: true;
}

/** Nobody reads more of them, and each is logged. */
const MOST_DOUBLED = 500;

/** Rosters are read this far around the rotations. */
const MARGIN = 7 * DAY;

/** Reads every roster of a program. Never fails: what cannot be read is listed, the rest is used. */
export async function readRoster(
  program: Program,
  sources: readonly RosterSource[],
  room: ReadingRoom,
  { fetched = () => undefined, inFull }: ReadingWish = {},
): Promise<ReadRoster> {
  const found: SourceRead[] = [];
  for (const source of sources) found.push(await readIn(room, program, source, fetched(source), inFull));
  return rosterOf(program, sources, found);
}

/** Reads one roster of a program in the room for that. */
export async function readIn(
  room: ReadingRoom,
  program: Program,
  source: RosterSource,
  fetched: readonly Uint8Array[] | RosterProblem | undefined,
  inFull?: true,
): Promise<SourceRead> {
  const full = inFull && { inFull };
  if (fetched !== undefined && "message" in fetched) return refused(fetched);
  if (fetched !== undefined) return room.read({ ...taskOf(program, source, fetched), ...full });
  return notReadable(source) ?? room.read({ ...taskOf(program, source), ...full });
}

/** A feed that nobody has fetched: no thread is started for nothing. */
export const notReadable = ({ name, path }: RosterSource): SourceRead | undefined =>
  path === undefined
    ? refused({
        file: name,
        message: "the feed has not been fetched yet",
        todo: "it is fetched by a running Attune, and by `attune plan` and `attune import`",
        why: { code: "not-fetched" },
      })
    : undefined;

/** What a thread needs to know to read a roster. */
export function taskOf(program: Program, source: RosterSource, pages?: readonly Uint8Array[]): ReadingTask {
  const { people, timeZone, rotations } = program;
  return { source, ...(pages && { pages }), program: { people, timeZone, rotations } };
}

/** All rosters of a program together, each as it was read. */
export function rosterOf(
  program: Program,
  sources: readonly RosterSource[],
  found: readonly SourceRead[],
): ReadRoster {
  const given = found.map(({ reading }) => reading);
  const hasRoles = given.some(({ entries }) => entries.some((one) => one.kind === "duty" && one.isStated));
  const { readings, torn } = hasRoles ? inOneRole(sources, given) : { readings: given, torn: [] };
  const entries = readings.flatMap((reading) => reading.entries);
  const people = program.people.map((person) => person.id);
  const said = JSON.stringify([
    program.timeZone,
    program.people,
    readingContextOf(program).horizon,
    sources.map((source, index) => ({ ...source, feed: undefined, is: found[index]!.fingerprint })),
  ]);
  return {
    entries,
    windows: windowsOf(
      people,
      readings.map((reading, index) => ({ reading, person: sources[index]?.person })),
    ),
    bySource: readings.map((reading, index) => {
      const { name, insteadOf, feed, person } = sources[index]!;
      return sourceReadingOf(insteadOf ?? name, reading, {
        isFeed: feed !== undefined,
        personal: person !== undefined,
      });
    }),
    accounts: readings.flatMap(({ accounts }, index) =>
      accounts === undefined ? [] : [{ name: sources[index]!.name, ...accounts }],
    ),
    silent: sources.filter((_, index) => readings[index]!.entries.length === 0).map(({ name }) => name),
    notUnderstood: [
      ...readings.flatMap((reading) => reading.notUnderstood),
      ...[...torn, ...doubled(entries)].slice(0, MOST_DOUBLED),
    ],
    fingerprint: createHash("sha256").update(said).digest("hex"),
  };
}

/** What a reader must know of a program. */
export function readingContextOf(
  program: Pick<Program, "people" | "timeZone" | "rotations">,
): ReadingContext {
  const zone = zoneOf(program.timeZone);
  const edge = (dates: readonly number[], pick: (...days: number[]) => number): number =>
    dates.reduce((a, b) => pick(a, b));
  const from = edge(
    program.rotations.map((one) => dayNumber(one.from)),
    Math.min,
  );
  const to = edge(
    program.rotations.map((one) => dayNumber(one.to)),
    Math.max,
  );
  return {
    people: program.people,
    zone,
    horizon: { from: later(zone.at(from, 0), -MARGIN), to: later(zone.at(to + 1, 0), MARGIN) },
  };
}

/** Nobody works two shifts at once: both are kept, since nobody can tell which is right. */
export function doubled(entries: readonly RosterEntry[]): readonly RosterProblem[] {
  const duties = Map.groupBy(
    entries.filter((entry) => entry.kind === "duty"),
    (entry) => entry.person,
  );
  return [...duties].flatMap(([person, own]) => {
    const ordered = own.toSorted((a, b) => a.start - b.start || a.end - b.end);
    return ordered.flatMap((duty, index): readonly RosterProblem[] => {
      const before = ordered[index - 1];
      const isCopy = before?.start === duty.start && before.end === duty.end;
      if (before === undefined || before.end <= duty.start || isCopy) return [];
      const when = [before, duty]
        .map((one) => `${new Date(one.start).toISOString().slice(0, 16)}Z`)
        .join(" and ");
      const message = `${person} is on two shifts at once, starting ${when}`;
      const why = { code: "doubled", people: [person], at: duty.start } as const;
      return [{ file: "roster", message, todo: "take one of them out", why }];
    });
  });
}
