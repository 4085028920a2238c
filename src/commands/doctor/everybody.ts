import { checkPrograms } from "#src/config/load-programs.ts";
import { PLATFORMS } from "#src/composition/platforms.ts";
import { personId, type Person } from "#src/domain/person.ts";
import type { Program } from "#src/domain/program.ts";
import type { Row } from "#src/domain/shared-people.ts";

/** A program whose files can be read so far. */
export type CheckedProgram = Pick<Program, "id" | "people">;

export const checkedPrograms = (files: readonly string[]): readonly CheckedProgram[] =>
  checkPrograms(files, PLATFORMS).programs.flatMap(({ program }) => program ?? []);

/** The people of all programs; of several programs their ids say which one, since each has its own r1. */
export function everybody(files: readonly string[]): readonly Person[] {
  return named(checkedPrograms(files)).map(([person]) => person);
}

/** Everybody as they are named to operators, with their row. */
export function named(programs: readonly CheckedProgram[]): readonly (readonly [Person, Row])[] {
  return programs.flatMap(({ id, people }, program) =>
    people.map((person) => {
      const called = programs.length === 1 ? person : { ...person, id: personId(`${id}/${person.id}`) };
      return [called, { program, person }] as const;
    }),
  );
}
