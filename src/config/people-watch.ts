import { statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Person } from "#src/domain/person.ts";
import type { Problem } from "#src/roster/text/problem.ts";
import { sharedBetween } from "./between-programs.ts";
import { checkProgram } from "./load-program.ts";
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
}

/** The people.csv of all programs of a process. */
export interface PeopleWatch {
  /** Reads a program's file if it has changed, or had mistakes. Costs one look at its date otherwise. Never throws. */
  look(program: string): PeopleFound | undefined;
}

interface Watched {
  readonly file: string;
  readonly path: string;
  good: CheckedFile;
  found: PeopleFound;
  stamp?: string;
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
  return {
    look(program) {
      const one = all.get(program);
      if (one === undefined) return undefined;
      const stamp = stampOf(one.path);
      if (stamp === one.stamp && one.found.problems.length === 0) return one.found;
      one.stamp = stamp;
      const { file, placed } = one.good;
      const now: CheckedFile = { ...checkProgram(file, platforms), file, placed };
      const problems = [...now.problems.map(placed), ...otherId(now, program)];
      if (problems.length === 0) {
        const others = [...all.values()].filter((other) => other !== one).map(({ good }) => good);
        problems.push(...sharedBetween([...others, now].flatMap(comparedOf)));
      }
      if (problems.length === 0) one.good = now;
      one.found = { file: one.file, people: one.good.program?.people ?? [], problems };
      return one.found;
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
