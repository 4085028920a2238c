import { later } from "#src/domain/time.ts";
import { checkPrograms, type CheckedFile } from "#src/config/load-programs.ts";
import type { Role } from "#src/domain/person.ts";
import { PLATFORMS } from "#src/composition/platforms.ts";
import { readingRoom } from "#src/roster/reading/reading-room.ts";
import type { ReadingRoom } from "#src/roster/reading/reading-task.ts";
import { readRoster } from "#src/roster/reading/read-roster.ts";
import { describeProblem, type Problem, type RosterProblem } from "#src/roster/text/problem.ts";
import { isUnknownName, unknownNames } from "#src/roster/text/unknown-names.ts";
import { aliasCall, unknownText } from "../unknown-text.ts";
import { accountLine } from "../ledger-text.ts";
import { speaksFor, unusualRoles } from "./roster-facts.ts";
import type { Check, Finding } from "./check.ts";

/** program.yaml and people.csv must be right; of a roster, what is not understood is left out. */
export const programCheck: Check = async ({ programFiles }) => {
  const { programs, between } = checkPrograms(programFiles, PLATFORMS);
  const room = readingRoom();
  const found: Finding[] = [];
  for (const one of programs) found.push(...(await findingsOf(one, room)));
  return [...found, ...between.map((one) => finding("fix", "program", one))];
};

async function findingsOf(checked: CheckedFile, room: ReadingRoom): Promise<readonly Finding[]> {
  const mistakes = checked.problems.map((one) => finding("fix", "program", checked.placed(one)));
  return [...(mistakes.length > 0 ? mistakes : [facts(checked)]), ...(await rosterFindings(checked, room))];
}

function facts({ file, program }: CheckedFile): Finding {
  const of = (role: Role) => program?.people.filter(({ roles }) => roles[0] === role).length ?? 0;
  const several = program?.people.filter(({ roles }) => roles.length > 1).length ?? 0;
  const more = several === 0 ? "" : ` (${several} in several roles, counted by the usual one)`;
  const people = `${of("resident")} residents, ${of("attending")} attendings, ${of("coordinator")} coordinators${more}`;
  return {
    level: "ok",
    about: "program",
    what: `${file}: ${program?.name[program.locale]}, ${program?.timeZone}, ${people}`,
  };
}

async function rosterFindings(
  { program, sources, placed }: CheckedFile,
  room: ReadingRoom,
): Promise<readonly Finding[]> {
  if (program === undefined || sources === undefined) return [];
  const { entries, notUnderstood, accounts, voices } = await readRoster(program, sources, room);
  const duties = entries.filter((entry) => entry.kind === "duty");
  // What a running Attune has fetched is looked at in its database.
  const here = notUnderstood.filter(({ why }) => why.code !== "not-fetched");
  const unknown = unknownNames(here.map(placedRoster(placed)), program.people).map((one): Finding => ({
    level: "warn",
    about: "roster",
    what: unknownText(one),
    todo: aliasCall(one),
  }));
  const left = [
    ...here.filter((one) => !isUnknownName(one)).map((one) => finding("warn", "roster", placed(one))),
    ...unknown,
  ];
  const lines = [
    ...accounts.map(({ name, counts }) => accountLine({ name, ...counts })),
    ...voices.flatMap(({ name, entries: own, span }) => {
      if (span === undefined) return [];
      const people = new Set(own.map(({ person }) => person));
      return [speaksFor(name, people, { first: span.start, last: later(span.end, -1) }, program)];
    }),
    ...unusualRoles(entries, program),
  ];
  const books = lines.map((what): Finding => ({ level: "ok", about: "roster", what }));
  if (duties.length === 0 && sources.some(({ feed }) => feed !== undefined)) return left;
  if (duties.length === 0) {
    const todo = "check `roster` in program.yaml: nobody is asked anything without shifts";
    return [...left, ...books, { level: "fix", about: "roster", what: "no shift was found", todo }];
  }
  const people = new Set(duties.map((duty) => duty.person)).size;
  const leftOut =
    left.length === 0 ? "nothing left out" : `${here.length} not understood and left out, see above`;
  return [
    ...left,
    ...books,
    { level: "ok", about: "roster", what: `${duties.length} shifts of ${people} people; ${leftOut}` },
  ];
}

/** A roster's mistake as an operator of several programs finds its place. */
const placedRoster =
  (placed: CheckedFile["placed"]) =>
  (problem: RosterProblem): RosterProblem => ({ ...problem, file: placed(problem).file });

const finding = (level: Finding["level"], about: string, problem: Problem): Finding => ({
  level,
  about,
  what: describeProblem({ ...problem, todo: "" }).replace(/; $/u, ""),
  todo: problem.todo,
});
