import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { rosterPart } from "#src/domain/files.ts";
import type { Program } from "#src/domain/program.ts";
import type { Absence, Assignment, Roster } from "#src/domain/roster.ts";
import { instant, utc } from "#src/domain/time.ts";
import type { FileAbout } from "#src/ports/files.ts";
import type { Store } from "#src/ports/store.ts";
import { rosterChange } from "#src/roster/change/merge.ts";
import { keptSource } from "#src/roster/reading/files-in-force.ts";
import { carryOut } from "#src/roster/reading/reading.ts";
import { readRoster } from "#src/roster/reading/read-roster.ts";
import type { RosterSource } from "#src/roster/reading/source.ts";
import { csvText } from "#src/roster/text/tables/csv-text.ts";

/** One roster as it is written: its bytes, and how program.yaml is to name it. */
export interface WrittenRoster {
  readonly file: string;
  readonly bytes: Uint8Array;
  /** The place of its entry in `roster` of program.yaml; undefined for one of our own, `csv` without any settings. */
  readonly entry: number | undefined;
  /** How it is read, where that differs from its entry. */
  readonly reading: FileAbout["reading"];
}

/** What the files of a program are written as, beside its rosters. */
const TAKEN: readonly string[] = ["program.yaml", "people.csv"];

/**
 * A program's roster files as they are in force, each with its settings: names, columns and codes that next month's file needs, too. What
 * is kept beyond what they say (an earlier month, a feed) stands in a file of its own. Undefined where they say something else than
 * what is kept: then it is the roster as it is kept that counts, alone.
 */
export async function filesAsInForce(
  program: Program,
  sources: readonly RosterSource[],
  store: Store,
  kept: Roster,
): Promise<readonly WrittenRoster[] | undefined> {
  const inForce = await store.filesInForce();
  const found: { readonly written: WrittenRoster; readonly source: RosterSource }[] = [];
  const names = new Set(TAKEN);
  for (const [entry, source] of sources.entries()) {
    if (source.path === undefined) continue;
    const version = inForce.find(({ part }) => part === rosterPart(source.name));
    if (version === undefined && !existsSync(source.path)) return undefined;
    const bytes = version === undefined ? readFileSync(source.path) : await store.fileBytes(version.id);
    const called = basename(version?.about.name ?? source.path);
    const file = names.has(called) ? `${entry + 1}-${called}` : called;
    names.add(file);
    const read = version === undefined ? source : keptSource(source, version);
    found.push({
      written: { file, bytes, entry, reading: readingOf(read, version?.about) },
      source: { ...read, name: file },
    });
  }
  const says = await saying(program, found);
  const left = without(kept, says);
  if (!saysNothing(without(says, kept))) return undefined;
  if (saysNothing(left)) return found.map(({ written }) => written);
  const file = names.has("roster.csv") ? "roster-before.csv" : "roster.csv";
  const bytes = new TextEncoder().encode(rosterText(left));
  const rest = {
    written: { file, bytes, entry: undefined, reading: undefined },
    source: { name: file, format: "csv" as const },
  };
  const whole = [...found, rest];
  const all = await saying(program, whole);
  const isSame = saysNothing(without(all, kept)) && saysNothing(without(kept, all));
  return isSame ? whole.map(({ written }) => written) : undefined;
}

/** What was settled with a version, in whole: names of program.yaml go on to hold beside those that were settled in the chat. */
const readingOf = ({ aliases }: RosterSource, about: FileAbout | undefined): FileAbout["reading"] =>
  about?.reading && { ...about.reading, ...(aliases && { aliases }) };

/** The roster of a fresh Attune that starts from these files. */
async function saying(
  program: Program,
  found: readonly { readonly written: WrittenRoster; readonly source: RosterSource }[],
): Promise<Roster> {
  const pages = new Map(found.map(({ written, source }) => [source.name, [written.bytes]]));
  const read = await readRoster(
    program,
    found.map(({ source }) => source),
    { read: carryOut },
    { fetched: ({ name }) => pages.get(name) },
  );
  const nothing: Roster = { assignments: [], absences: [] };
  const { added, absences } = rosterChange(nothing, read.entries, read.windows, instant(0));
  return { assignments: added, absences };
}

/** What of one roster the other does not say. */
function without(one: Roster, other: Roster): Roster {
  const [shifts, leaves] = [new Set(other.assignments.map(shiftKey)), new Set(other.absences.map(leaveKey))];
  return {
    assignments: one.assignments.filter((shift) => !shifts.has(shiftKey(shift))),
    absences: one.absences.filter((leave) => !leaves.has(leaveKey(leave))),
  };
}

const saysNothing = ({ assignments, absences }: Roster): boolean =>
  assignments.length + absences.length === 0;

const shiftKey = ({ person, start, end, label, role }: Assignment): string =>
  JSON.stringify([person, start, end, label, role]);
const leaveKey = ({ person, start, end }: Absence): string => JSON.stringify([person, start, end]);

/** As the roster format `csv` reads it; who is away stands in it as leave. */
export function rosterText({ assignments, absences }: Roster): string {
  const rows = [
    ...assignments.map(({ person, start, end, label, role }) => [person, utc(start), utc(end), label, role]),
    ...absences.map(({ person, start, end }) => [person, utc(start), utc(end), "leave", ""]),
  ];
  return csvText([["person", "start", "end", "label", "role"], ...rows]);
}
