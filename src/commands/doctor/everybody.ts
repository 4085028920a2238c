import { checkPrograms } from "#src/config/load-programs.ts";
import { PLATFORMS } from "#src/composition/platforms.ts";
import { personId, type Person } from "#src/domain/person.ts";

/** The people of all programs; of several programs their ids say which one, since each has its own r1. */
export function everybody(files: readonly string[]): readonly Person[] {
  const programs = checkPrograms(files, PLATFORMS).programs.flatMap(({ program }) => program ?? []);
  if (programs.length === 1) return programs[0]!.people;
  return programs.flatMap(({ id, people }) =>
    people.map((person) => ({ ...person, id: personId(`${id}/${person.id}`) })),
  );
}
