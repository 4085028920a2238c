import { checkProgram, type CheckedProgram } from "#src/config/load-program.ts";
import { readRoster } from "#src/config/roster-files.ts";
import { describeProblem, type Problem } from "#src/roster/problem.ts";
import type { Check, Finding } from "./check.ts";

/** program.yaml and people.csv must be right; of a roster, what is not understood is left out. */
export const programCheck: Check = async ({ programFile }) => {
  const checked = checkProgram(programFile);
  const mistakes = checked.problems.map((one): Finding => finding("fix", "program", one));
  return [...(mistakes.length > 0 ? mistakes : [facts(programFile, checked)]), ...rosterFindings(checked)];
};

function facts(file: string, { program }: CheckedProgram): Finding {
  const of = (role: string) => program?.people.filter((person) => person.role === role).length ?? 0;
  const people = `${of("resident")} residents, ${of("attending")} attendings, ${of("coordinator")} coordinators`;
  return {
    level: "ok",
    about: "program",
    what: `${file}: ${program?.name}, ${program?.timeZone}, ${people}`,
  };
}

function rosterFindings({ program, sources }: CheckedProgram): readonly Finding[] {
  if (program === undefined || sources === undefined) return [];
  const { entries, notUnderstood } = readRoster(program, sources);
  const duties = entries.filter((entry) => entry.kind === "duty");
  const left = notUnderstood.map((one) => finding("warn", "roster", one));
  if (duties.length === 0 && sources.some(({ feed }) => feed !== undefined)) return left;
  if (duties.length === 0) {
    const todo = "check `roster` in program.yaml: nobody is asked anything without shifts";
    return [...left, { level: "fix", about: "roster", what: "no shift was found", todo }];
  }
  const people = new Set(duties.map((duty) => duty.person)).size;
  const leftOut =
    left.length === 0 ? "nothing left out" : `${left.length} not understood and left out, see above`;
  return [
    ...left,
    { level: "ok", about: "roster", what: `${duties.length} shifts of ${people} people; ${leftOut}` },
  ];
}

const finding = (level: Finding["level"], about: string, problem: Problem): Finding => ({
  level,
  about,
  what: describeProblem({ ...problem, todo: "" }).replace(/; $/u, ""),
  todo: problem.todo,
});
