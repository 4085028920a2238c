import { statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Person } from "#src/domain/person.ts";
import type { Problem } from "#src/roster/text/problem.ts";
import { sharedBetween } from "./between-programs.ts";
import { PEOPLE } from "#src/domain/files.ts";
import type { NamedFile } from "#src/roster/reading/files-in-force.ts";
import { checkProgram, MOST_BYTES, type GivenPeople } from "./load-program.ts";
import { comparedOf, type CheckedFile } from "./load-programs.ts";
import type { HasAccounts } from "./people-file.ts";

/** What a program's people.csv says now. */
export interface PeopleFound {
  /** The file as program.yaml names it. */
  readonly file: string;
  /** Those of the last file without a mistake. */
  readonly people: readonly Person[];
  /** Why the file as it is now is not followed. */
  readonly problems: readonly Problem[];
  /** The last ones are about what another program has too: whose they are is that program's own matter. */
  readonly shared?: number;
}

/** The people.csv of all programs of a process. */
export interface PeopleWatch {
  /**
   * Reads a program's file if it has changed, or had mistakes. Costs one look at its date otherwise. Never throws.
   *
   * @param given counts in its place
   */
  look(program: string, given?: GivenPeople): PeopleFound | undefined;
  /** What people would be the program's, and every mistake, if this counted. Nothing comes of it. */
  check(program: string, given: GivenPeople): PeopleFound | undefined;
  /** Where a program's people.csv is. */
  place(program: string): NamedFile | undefined;
}

interface Watched {
  readonly file: string;
  readonly path: string;
  good: CheckedFile;
  found: PeopleFound;
  /** Of the file, or what counts in its place. */
  stamp?: string | GivenPeople;
}

/**
 * Watches people.csv of all programs together, since none may name whom another names. A file with a mistake is not
 * followed, just as no process starts with it: program.yaml, which names people too, is read along for that. What else
 * has changed in program.yaml counts from the next start on.
 */
export function watchPeople(
  programs: readonly CheckedFile[],
  platforms: readonly HasAccounts[],
): PeopleWatch {
  const all = new Map(programs.flatMap(watchedOf));
  const checked = (program: string, one: Watched, given: GivenPeople | undefined) => {
    const { file, placed } = one.good;
    const now: CheckedFile = { ...checkProgram(file, platforms, given), file, placed };
    const problems = [...now.problems.map(placed), ...otherId(now, program)];
    const others = [...all.values()].filter((other) => other !== one).map(({ good }) => good);
    const shared = problems.length === 0 ? sharedBetween([...others, now].flatMap(comparedOf)) : [];
    return { now, problems: [...problems, ...shared], shared: shared.length };
  };
  return {
    look(program, given) {
      const one = all.get(program);
      if (one === undefined) return undefined;
      const stamp = given === undefined ? stampOf(one.path) : given;
      if (stamp === one.stamp && one.found.problems.length === 0) return one.found;
      one.stamp = stamp;
      const { now, problems } = checked(program, one, given);
      if (problems.length === 0) one.good = now;
      one.found = { file: given?.about.name ?? one.file, people: one.good.program?.people ?? [], problems };
      return one.found;
    },
    check(program, given) {
      const one = all.get(program);
      if (one === undefined) return undefined;
      const { now, problems, shared } = checked(program, one, given);
      return { shared, file: given.about.name, people: now.program?.people ?? [], problems };
    },
    place(program) {
      const one = all.get(program);
      return one && { part: PEOPLE, path: one.path, most: MOST_BYTES };
    },
  };
}

function watchedOf(checked: CheckedFile): readonly (readonly [string, Watched])[] {
  const { program, places, file } = checked;
  if (program === undefined || places === undefined) return [];
  const path = resolve(dirname(file), places.peopleFile);
  const found = { file: places.peopleFile, people: program.people, problems: [] };
  return [[program.id, { file: places.peopleFile, path, good: checked, found }]];
}

/** Stored data is found by a program's id: a running process keeps it. */
function otherId({ program, file, places }: CheckedFile, id: string): readonly Problem[] {
  if (program === undefined || program.id === id) return [];
  const line = places === undefined ? {} : { line: places.id };
  const message = `the program was "${id}" when Attune started, and is "${program.id}" now`;
  return [{ file, ...line, field: "id", message, todo: "write the old id again" }];
}

/** Changes when the file does. */
function stampOf(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? "-" : `${found.mtimeMs}:${found.ctimeMs}:${found.ino}:${found.size}`;
}
