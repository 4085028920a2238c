import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import type { Program } from "../domain/program.ts";
import { DAY, later } from "../domain/time.ts";
import { dayNumber, zoneOf } from "../domain/zone.ts";
import { damageIn } from "../domain/text.ts";
import { decode } from "../roster/decode.ts";
import { ROSTER_READERS } from "../roster/formats.ts";
import type { ReadingWindow } from "../roster/merge.ts";
import type { RosterProblem } from "../roster/problem.ts";
import type { RosterEntry, RosterReading, Site } from "../roster/reader.ts";
import { doubled, windowsOf } from "../roster/together.ts";
import type { RosterSource } from "./roster-sources.ts";

/** All rosters of a program, read once. */
export interface ReadRoster {
  readonly entries: readonly RosterEntry[];
  /** What `rosterChange` may conclude from a shift that is not there. */
  readonly windows: readonly ReadingWindow[];
  readonly notUnderstood: readonly RosterProblem[];
  /** The sources that say nothing at all: unreadable, or without a line that is understood. */
  readonly silent: readonly string[];
  /** Changes when any text does, however its file's date stands. */
  readonly fingerprint: string;
}

/** What a source says just now, or why nobody knows. */
export type Contents = (source: RosterSource) => Uint8Array | RosterProblem;

/** Rosters are read this far around the rotations. */
const MARGIN = 7 * DAY;

/** Reads every roster of a program. Never fails: what cannot be read is listed, the rest is used. */
export function readRoster(
  program: Program,
  sources: readonly RosterSource[],
  contents: Contents = fileContents,
): ReadRoster {
  const site = siteOf(program);
  const hash = createHash("sha256").update(JSON.stringify([program.timeZone, program.people, site.horizon]));
  const readings = sources.map((source): RosterReading => {
    const found = contents(source);
    hash.update(`\0${JSON.stringify({ ...source, feed: undefined })}\0`);
    if (!(found instanceof Uint8Array)) return { entries: [], notUnderstood: [found], unreadable: true };
    hash.update(found);
    return readSource(source, found, site);
  });
  const entries = readings.flatMap((reading) => reading.entries);
  const people = program.people.map((person) => person.id);
  return {
    entries,
    windows: windowsOf(
      people,
      readings.map((reading, index) => ({ reading, person: sources[index]?.person })),
    ),
    silent: sources.filter((_, index) => readings[index]!.entries.length === 0).map(({ name }) => name),
    notUnderstood: [...readings.flatMap((reading) => reading.notUnderstood), ...doubled(entries)],
    fingerprint: hash.digest("hex"),
  };
}

/** Reads one roster from its bytes. */
export function readSource(source: RosterSource, bytes: Uint8Array, site: Site): RosterReading {
  const text = decode(bytes, source.encoding);
  const reading = ROSTER_READERS[source.format]({ ...source, file: source.name, text }, site);
  const broken = damageIn(text);
  if (broken === undefined) return reading;
  const isLost = broken.code === "U+FFFD";
  const problem: RosterProblem = {
    file: source.name,
    line: text.slice(0, broken.at).split(/\r\n|\n|\r/u).length,
    message: isLost
      ? "some letters cannot be read: the file is broken or in another encoding"
      : `it holds control characters, which are no text (${broken.code} is the first); they are read as spaces`,
    todo: isLost
      ? "save it as UTF-8, or state its `encoding:` in program.yaml"
      : "check the line, and export the file again without them",
    why: { code: "letters" },
  };
  return { ...reading, notUnderstood: [problem, ...reading.notUnderstood] };
}

/** Changes when a roster's file does, for a look every minute: dates and sizes, no contents. */
export function rosterStamp(sources: readonly RosterSource[]): string {
  const stamps = sources.map(({ path }) => {
    const found = path === undefined ? undefined : statSync(path, { throwIfNoEntry: false });
    return found === undefined ? "-" : `${found.mtimeMs}:${found.size}`;
  });
  return stamps.join(" ");
}

/** What a reader must know of a program. */
export function siteOf(program: Program): Site {
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

/** A source's file. A feed is not fetched here. */
export const fileContents: Contents = ({ name, path }) => {
  if (path === undefined) {
    const todo = "it is fetched by a running Attune, and by `attune plan` and `attune import`";
    return { file: name, message: "the feed has not been fetched yet", todo, why: { code: "not-fetched" } };
  }
  try {
    return readFileSync(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "error";
    return {
      file: name,
      message: `the roster cannot be read (${code})`,
      todo: "put the file there, or mend its path in program.yaml",
      why: { code: "not-there" },
    };
  }
};
