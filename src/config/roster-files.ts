import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import type { PersonId } from "../domain/person.ts";
import type { Program } from "../domain/program.ts";
import { DAY, instant, later, type Instant } from "../domain/time.ts";
import { dayNumber, zoneOf } from "../domain/zone.ts";
import { decode } from "../roster/decode.ts";
import { ROSTER_READERS, type RosterFormat } from "../roster/formats.ts";
import type { ReadingWindow } from "../roster/merge.ts";
import type { Problem } from "../roster/problem.ts";
import type { RosterEntry, RosterReading, Site } from "../roster/reader.ts";

/** One entry of `roster` in program.yaml. */
export interface RosterSource {
  /** What problems call it: the path as program.yaml has it. */
  readonly name: string;
  readonly path: string;
  readonly format: RosterFormat;
  readonly person?: PersonId;
}

/** All rosters of a program, read once. */
export interface ReadRoster {
  readonly entries: readonly RosterEntry[];
  /** What `rosterChange` may conclude from a shift that is not there. */
  readonly windows: readonly ReadingWindow[];
  readonly notUnderstood: readonly Problem[];
  /** Changes when any text does, however its file's date stands. */
  readonly fingerprint: string;
}

/** Rosters are read this far around the rotations. */
const MARGIN = 7 * DAY;

/** Reads every roster of a program. Never fails: what cannot be read is listed, the rest is used. */
export function readRoster(program: Program, sources: readonly RosterSource[]): ReadRoster {
  const site = siteOf(program);
  const hash = createHash("sha256").update(JSON.stringify([program.timeZone, program.people, site.horizon]));
  const readings = sources.map((source): RosterReading => {
    const text = textOf(source);
    hash.update(`\0${source.name}\0${source.format}\0${source.person ?? ""}\0`);
    if (typeof text !== "string") return { entries: [], notUnderstood: [text], unreadable: true };
    hash.update(text);
    const person = source.person === undefined ? {} : { person: source.person };
    return ROSTER_READERS[source.format]({ file: source.name, text, ...person }, site);
  });
  const entries = readings.flatMap((reading) => reading.entries);
  return {
    entries,
    windows: windowsOf(program, sources, readings),
    notUnderstood: [...readings.flatMap((reading) => reading.notUnderstood), ...doubled(entries)],
    fingerprint: hash.digest("hex"),
  };
}

/** Changes when a roster's file does, for a look every minute: dates and sizes, no contents. */
export function rosterStamp(sources: readonly RosterSource[]): string {
  const stamps = sources.map(({ path }) => {
    const found = statSync(path, { throwIfNoEntry: false });
    return found === undefined ? "-" : `${found.mtimeMs}:${found.size}`;
  });
  return stamps.join(" ");
}

function siteOf(program: Program): Site {
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

function textOf(source: RosterSource): string | Problem {
  try {
    return decode(readFileSync(source.path));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "error";
    return {
      file: source.name,
      message: `the roster cannot be read (${code})`,
      todo: "put the file there, or mend its path in program.yaml",
    };
  }
}

/**
 * Each roster speaks about the people it names. Who is in none of them has no shifts any more, unless a
 * roster could not be read: then nothing is known about the people that it may have named.
 */
function windowsOf(program: Program, sources: readonly RosterSource[], readings: readonly RosterReading[]) {
  const named = new Set(readings.flatMap((reading) => reading.entries.map((entry) => entry.person)));
  const allRead = readings.every((reading) => reading.unreadable !== true);
  const unnamed = program.people.map((person) => person.id).filter((id) => allRead && !named.has(id));
  return readings.flatMap((reading, index): readonly ReadingWindow[] => {
    const duties = reading.entries.filter((entry) => entry.kind === "duty");
    if (duties.length === 0) return [];
    let start: Instant = instant(Number.MAX_SAFE_INTEGER);
    let end: Instant = instant(Number.MIN_SAFE_INTEGER);
    for (const duty of duties) {
      if (duty.start < start) start = duty.start;
      if (duty.end > end) end = duty.end;
    }
    const own = reading.entries.map((entry) => entry.person);
    const people = new Set(sources[index]?.person === undefined ? [...own, ...unnamed] : own);
    return [{ people, start, end }];
  });
}

/** Nobody works two shifts at once: both are kept, since nobody can tell which is right. */
function doubled(entries: readonly RosterEntry[]): readonly Problem[] {
  const duties = Map.groupBy(
    entries.filter((entry) => entry.kind === "duty"),
    (entry) => entry.person,
  );
  return [...duties].flatMap(([person, own]) => {
    const ordered = own.toSorted((a, b) => a.start - b.start || a.end - b.end);
    return ordered.flatMap((duty, index): readonly Problem[] => {
      const before = ordered[index - 1];
      const isCopy = before?.start === duty.start && before.end === duty.end;
      if (before === undefined || before.end <= duty.start || isCopy) return [];
      const when = [before, duty]
        .map((one) => `${new Date(one.start).toISOString().slice(0, 16)}Z`)
        .join(" and ");
      const message = `${person} is on two shifts at once, starting ${when}`;
      return [{ file: "roster", message, todo: "take one of them out" }];
    });
  });
}
