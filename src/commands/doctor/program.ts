import { instant, later, dayNumber, zoneOf } from "#src/domain/time.ts";
import { checkPrograms, type CheckedFile } from "#src/config/load-programs.ts";
import type { Role } from "#src/domain/person.ts";
import { PLATFORMS } from "#src/composition/platforms.ts";
import { isReal } from "#src/config.ts";
import type { Program } from "#src/domain/program.ts";
import { describeProblem, type Problem, type RosterProblem } from "#src/roster/text/problem.ts";
import { isUnknownName, unknownNames } from "#src/roster/text/people/unknown-names.ts";
import { aliasCall, unknownText } from "../unknown-text.ts";
import { readPublished } from "../roster-change.ts";
import { accountLine } from "../ledger-text.ts";
import { speaksFor, unusualRoles } from "./roster-facts.ts";
import type { Check, Finding } from "./check.ts";

/** program.yaml and people.csv must be right; of a roster, what is not understood is left out. */
export const programCheck: Check = async (settings) => {
  const { programs, between } = checkPrograms(settings.programFiles, PLATFORMS);
  const found: Finding[] = [];
  for (const one of programs) found.push(...(await findingsOf(one, isReal(settings))));
  return [...found, ...between.map((one) => finding("fix", "program", one))];
};

async function findingsOf(checked: CheckedFile, inRealTime: boolean): Promise<readonly Finding[]> {
  const mistakes = checked.problems.map((one) => finding("fix", "program", checked.placed(one)));
  return [
    ...(mistakes.length > 0 ? mistakes : [facts(checked)]),
    ...(inRealTime ? endedRotations(checked) : []),
    ...(await rosterFindings(checked)),
  ];
}

/** Days before the last rotation's end at which the next one is missed. */
const SOON = 14;

/** Nobody is asked anything on shifts that are in no rotation. The playground's time is moved at will. */
function endedRotations({ program, placed }: CheckedFile): readonly Finding[] {
  const ends = program?.rotations.map(({ to }) => to) ?? [];
  const last = ends.toSorted().at(-1);
  if (program === undefined || last === undefined) return [];
  const left = dayNumber(last) - zoneOf(program.timeZone).dayOf(instant(Date.now()));
  if (left > SOON) return [];
  const { file } = placed({ file: "program.yaml", message: "", todo: "" });
  const todo =
    "add the next one to `rotations`, and start Attune anew: nobody is asked anything outside of them";
  return left < 0
    ? [
        {
          level: "fix",
          about: "program",
          what: `${file}: every rotation is over, the last one since ${last}`,
          todo,
        },
      ]
    : [{ level: "warn", about: "program", what: `${file}: the last rotation ends ${last}`, todo }];
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

async function rosterFindings({ program, sources, placed }: CheckedFile): Promise<readonly Finding[]> {
  if (program === undefined || sources === undefined) return [];
  // Without anybody in people.csv every line would name nobody: there is one thing to mend, which is told.
  if (program.people.length === 0) return [];
  const { entries, notUnderstood, accounts, bySource, silent } = await readPublished(program, sources);
  const duties = entries.filter((entry) => entry.kind === "duty");
  const left = leftOut(notUnderstood, silent, program, placed);
  const lines = [
    ...accounts.map(({ name, counts }) => accountLine({ name, ...counts })),
    ...bySource.flatMap(({ name, entries: own, span }) => {
      if (span === undefined) return [];
      const people = new Set(own.map(({ person }) => person));
      return [speaksFor(name, people, { first: span.start, last: later(span.end, -1) }, program)];
    }),
    ...unusualRoles(entries, program),
  ];
  const books = lines.map((what): Finding => ({ level: "ok", about: "roster", what }));
  if (duties.length === 0) {
    const todo = "check `roster` in program.yaml: nobody is asked anything without shifts";
    return [...left, ...books, { level: "fix", about: "roster", what: "no shift was found", todo }];
  }
  const people = new Set(duties.map((duty) => duty.person)).size;
  const missing =
    left.length === 0 ? "nothing left out" : `${notUnderstood.length} not understood and left out, see above`;
  return [
    ...left,
    ...books,
    { level: "ok", about: "roster", what: `${duties.length} shifts of ${people} people; ${missing}` },
  ];
}

/** What was left out of the rosters. That nothing of one can be used cannot wait. */
function leftOut(
  notUnderstood: readonly RosterProblem[],
  silent: readonly string[],
  program: Program,
  placed: CheckedFile["placed"],
): readonly Finding[] {
  const [unusable, rest] = [true, false].map((is) =>
    notUnderstood.filter(({ file }) => silent.includes(file) === is),
  );
  return [
    ...unusable!.map((one) => ({ ...finding("fix", "roster", placed(one)), alike: one.file })),
    ...rest!
      .filter((one) => !isUnknownName(one))
      .map((one) => ({
        ...finding("warn", "roster", placed(one)),
        alike: `${one.file} ${one.why.code} ${one.field}`,
      })),
    ...unknownNames(rest!.map(placedRoster(placed)), program.people).map((one): Finding => ({
      level: "warn",
      about: "roster",
      what: unknownText(one),
      todo: aliasCall(one),
      ...(one.nearest.length === 0 && { alike: "nobody" }),
    })),
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
