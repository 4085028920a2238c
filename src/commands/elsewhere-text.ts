import { resolve } from "node:path";
import { checkPrograms } from "#src/config/load-programs.ts";
import { sharedRows } from "#src/domain/shared-people.ts";
import { PLATFORMS } from "#src/composition/platforms.ts";
import type { OneProgram } from "./stored-program.ts";

/** Where else somebody works, a line for each other program: a command on one of them says nothing of what the others keep. */
export function elsewhereLines(
  { programFile, programFiles }: Pick<OneProgram, "programFile" | "programFiles">,
  id: string,
  command: string,
): readonly string[] {
  const files = programFiles.map((file) => resolve(file));
  const here = files.indexOf(resolve(programFile));
  if (here < 0 || files.length === 1) return [];
  const { programs } = checkPrograms(files, PLATFORMS);
  const rows = sharedRows(programs.map(({ program }) => program?.people ?? []));
  const theirs = rows.find((all) => all.some((row) => row.program === here && row.person.id === id)) ?? [];
  return theirs
    .filter(({ program }) => program !== here)
    .map(
      ({ program, person }) =>
        `${id} works in ${programs[program]?.program?.id}, too, as ${person.id}, and what is kept there is not among this: attune ${command} --person ${person.id} --program ${files[program]}`,
    );
}
