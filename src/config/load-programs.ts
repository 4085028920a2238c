import { dirname, join } from "node:path";
import { AttuneError } from "../errors.ts";
import { describeProblem, type Problem } from "#src/roster/text/problem.ts";
import { sharedBetween, type Compared } from "./between-programs.ts";
import type { HasAccounts } from "./people-file.ts";
import { checkProgram, type CheckedProgram, type LoadedProgram } from "./load-program.ts";
import { readBlocking } from "#src/roster/reading/reading-room.ts";
import { notReadable, rosterOf, taskOf } from "#src/roster/reading/read-roster.ts";

/** One of the programs of a process, as far as its files are right. */
export interface CheckedFile extends CheckedProgram {
  readonly file: string;
  /** A mistake of this program's, as an operator of all of them finds its place. */
  placed(problem: Problem): Problem;
}

/** A program that can start, with what its files said. */
export interface ProgramOnDisk extends LoadedProgram {
  readonly checked: CheckedFile;
}

/** The files of several programs, as far as they are right. */
export interface CheckedPrograms {
  readonly programs: readonly CheckedFile[];
  /** What they must not share. */
  readonly between: readonly Problem[];
}

/**
 * Reads every program.yaml and what it names.
 * @param platforms whose columns people.csv may have
 * @throws AttuneError `config` that lists every mistake of all of them, when one cannot start
 */
export function loadPrograms(
  files: readonly string[],
  platforms: readonly HasAccounts[],
): readonly ProgramOnDisk[] {
  const { programs, between } = checkPrograms(files, platforms);
  const problems = [...programs.flatMap(mistakesOf), ...between];
  if (problems.length === 0)
    return programs.flatMap((checked) => {
      const { program, sources } = checked;
      return program === undefined || sources === undefined ? [] : [{ program, sources, checked }];
    });
  const count = problems.length === 1 ? "1 mistake" : `${problems.length} mistakes`;
  const what = files.length === 1 ? "The program cannot start" : "The programs cannot start";
  throw new AttuneError("config", [`${what} (${count}).`, ...problems.map(describeProblem)].join("\n"));
}

/** The one program of a file. @throws AttuneError `config`, like `loadPrograms` */
export const loadProgram = (file: string, platforms: readonly HasAccounts[]): ProgramOnDisk =>
  loadPrograms([file], platforms)[0]!;

/** The same as `loadPrograms` without throwing, for a doctor that shows mistakes beside everything else. */
export function checkPrograms(files: readonly string[], platforms: readonly HasAccounts[]): CheckedPrograms {
  const programs = files.map((file): CheckedFile => {
    // All programs have files of the same names, so name the folder.
    const placed = (problem: Problem): Problem =>
      files.length === 1 || problem.file === file
        ? problem
        : { ...problem, file: join(dirname(file), problem.file) };
    return { ...checkProgram(file, platforms), file, placed };
  });
  return { programs, between: sharedBetween(programs.flatMap(comparedOf)) };
}

/** If a program cannot start, mistakes of its roster are reported too. */
function mistakesOf({ program, sources, problems, placed }: CheckedFile): readonly Problem[] {
  if (problems.length === 0) return [];
  const isRead = program !== undefined && sources !== undefined;
  const found = isRead
    ? sources.map((source) => notReadable(source) ?? readBlocking(taskOf(program, source)))
    : [];
  const left = isRead ? rosterOf(program, sources, found).notUnderstood : [];
  // Without known people, every line of a roster would be reported.
  const told = program?.people.length === 0 ? left.filter((one) => !isAboutPeople(one)) : left;
  return [...problems, ...told].map(placed);
}

const isAboutPeople = ({ message }: Problem): boolean => message.endsWith("names nobody of people.csv");

/** A program as it is compared with others. */
export function comparedOf({ file, program, places }: CheckedFile): readonly Compared[] {
  if (program === undefined || places === undefined) return [];
  const people = [...places.people].map(([person, line]) => ({
    person,
    file: join(dirname(file), places.peopleFile),
    line,
  }));
  return [{ id: program.id, file, line: places.id, people }];
}
