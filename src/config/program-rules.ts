import type { Person } from "../domain/person.ts";
import type { PeopleMistake } from "../domain/people-mistake.ts";
import type { Policy } from "../domain/program.ts";
import { DAY } from "../domain/time.ts";
import { collidingCodes } from "#src/roster/text/duties/duty-codes.ts";
import { quoted, type Problem } from "#src/roster/text/problem.ts";
import type { ProgramFile } from "./program-shape.ts";
import { addressPlace } from "./roster-sources.ts";
import type { SourceFile } from "./source-shape.ts";
import { fieldOf, type YamlFile } from "./yaml-file.ts";

type Report = (path: readonly PropertyKey[], message: string, todo: string, mistake?: PeopleMistake) => void;

/** What must hold between the values of program.yaml, and between it and people.csv. */
export function programProblems(
  file: string,
  yaml: YamlFile,
  given: ProgramFile,
  people: readonly Person[] | undefined,
  policy: Policy,
): readonly Problem[] {
  const problems: Problem[] = [];
  const report: Report = (path, message, todo, mistake) =>
    problems.push({
      file,
      line: yaml.lineOf(path),
      field: fieldOf(path),
      message,
      todo,
      ...(mistake && { mistake }),
    });

  rotationRules(given, people, report);
  researchRules(given, report);
  rosterRules(given, people, report);
  unique(given.goals ?? [], "goals", "id", report);
  for (const key of ["run", "nominal"] as const) {
    const { at, of } = policy.mismatch[key];
    if (at <= of) continue;
    report(
      ["policy", "mismatch", key],
      `${at} of the last ${of} shifts cannot be`,
      "write an `at` no greater than `of`",
    );
  }
  return problems;
}

/** Years. A mistyped one, or 9999 for ever, would plan every week until then. */
const LONGEST_ROTATION = 10;
/** Milliseconds. */
const YEAR = 365.25 * DAY;

function rotationRules(given: ProgramFile, people: readonly Person[] | undefined, report: Report): void {
  unique(given.rotations, "rotations", "name", report);
  for (const [index, rotation] of given.rotations.entries()) {
    if (rotation.to < rotation.from) {
      report(["rotations", index, "to"], "it is before `from`", "write the rotation's last day");
    }
    const years = (Date.parse(rotation.to) - Date.parse(rotation.from)) / YEAR;
    if (years > LONGEST_ROTATION) {
      const message = `the rotation lasts ${Math.floor(years)} years, and at most ${LONGEST_ROTATION} can be`;
      report(["rotations", index, "to"], message, "check the year of both days");
    }
    for (const [position, id] of (rotation.residents ?? []).entries()) {
      const person = people?.find((one) => one.id === id);
      if (people === undefined || person?.roles.includes("resident")) continue;
      const message = person === undefined ? `${quoted(id)} is not in people.csv` : `${id} is no resident`;
      report(["rotations", index, "residents", position], message, "write the id of a resident", {
        code: person === undefined ? "named-in-program" : "resident-in-program",
        text: id,
      });
    }
  }
}

function researchRules({ research, rotations }: ProgramFile, report: Report): void {
  if (research === undefined) return;
  const { from, to } = research;
  if (to < from) report(["research", "to"], "it is before `from`", "write the study's last day");
  else if (!rotations.some((one) => one.from <= to && from <= one.to))
    report(["research", "from"], "no rotation has a day of the study", "check both days of the study");
}

function rosterRules(given: ProgramFile, people: readonly Person[] | undefined, report: Report): void {
  for (const [index, source] of given.roster.entries()) {
    const path = ["roster", index];
    placeRules(source, path, report);
    formatRules(source, path, report);
    columnRules(source, path, report);
    codeRules(source, path, report);
    const others = Object.entries(source.aliases ?? {});
    for (const [alias, id] of others.filter(([, id]) => people?.every((one) => one.id !== id))) {
      report([...path, "aliases", alias], ...notThere(id));
    }
    if (source.person !== undefined && people?.every((one) => one.id !== source.person)) {
      report([...path, "person"], ...notThere(source.person));
    }
  }
}

const notThere = (id: string): readonly [message: string, todo: string, mistake: PeopleMistake] => [
  `${quoted(id)} is not in people.csv`,
  "write an id of people.csv",
  { code: "named-in-program", text: id },
];

/** A roster is a file, or a feed whose address is kept elsewhere. */
function placeRules(source: SourceFile, path: readonly PropertyKey[], report: Report): void {
  if (source.file !== undefined && source.url !== undefined)
    report([...path, "url"], "it names a file and a feed", "make two rosters of them");
  if (source.file === undefined && source.url === undefined)
    report(path, "it names no file and no feed", "add `file` or `url`");
  if (source.url === undefined) return;
  const places = [source.url].flat();
  if (source.format === "qgenda" && places.length > 1)
    report([...path, "url"], "an account at QGenda is in one place", "make a roster of each account");
  // A feed's address is a secret, so it is not repeated here.
  if (places.some((place) => addressPlace("", place) === undefined)) {
    const todo = "keep it in an environment variable or a file, and write env:NAME or file:PATH";
    report([...path, "url"], "a feed's address does not belong in this file", todo);
  }
}

/** Settings that only some formats know, with what to write in the others. */
const KNOWN_TO: Readonly<Partial<Record<keyof SourceFile, readonly [formats: RegExp, todo: string]>>> = {
  sheet: [
    /^(?:csv|matrix|amion)/u,
    "take it out; a calendar (.ics) has no sheets. If the file is a workbook, write `format: csv` or `format: matrix`",
  ],
  codes: [/^matrix$/u, "take it out; only `format: matrix` has codes"],
  month: [/^matrix$/u, "take it out; only the days of `format: matrix` may be without their month"],
  dates: [/^(?:csv|matrix|amion)/u, "take it out; dates of a calendar have one order"],
  tentative: [/^icalendar$/u, "take it out; only a calendar calls its entries tentative"],
  duty: [/^(?!matrix)/u, 'take it out, and give the code its hours: `codes: { "HOL": "08:00-17:00" }`'],
};

/** A setting that does nothing would be believed to do something. */
function formatRules(source: SourceFile, path: readonly PropertyKey[], report: Report): void {
  for (const [key, [formats, todo]] of Object.entries(KNOWN_TO))
    if (source[key as keyof SourceFile] !== undefined && !formats.test(source.format))
      report([...path, key], `format ${source.format} does not use it`, todo);
}

/** A CSV mapping must say who, and from when to when. */
function columnRules(source: SourceFile, path: readonly PropertyKey[], report: Report): void {
  if (source.columns === undefined) return;
  if (source.format !== "csv")
    report([...path, "columns"], `${source.format} has no names of columns`, "take it out");
  const needed = ["start", "end", ...(source.person === undefined ? (["person"] as const) : [])] as const;
  for (const column of needed) {
    if (source.columns[column] === undefined)
      report([...path, "columns"], `it does not say which column is ${column}`, `add ${column}: …`);
  }
}

/** Two codes that look alike and have different hours would be one. */
function codeRules({ codes }: SourceFile, path: readonly PropertyKey[], report: Report): void {
  const alike = codes === undefined ? undefined : collidingCodes(codes);
  if (alike === undefined) return;
  const [one, other] = alike.map((code) => quoted(code));
  report([...path, "codes"], `${one} and ${other} are one code with different hours`, "keep one of the two");
}

/** "-" and "none" stand in for elements that are wrong anyway. */
const STAND_INS = new Set(["-", "none"]);

function unique<Key extends string>(
  list: readonly Readonly<Record<Key, string>>[],
  name: string,
  key: Key,
  report: Report,
): void {
  const values = list.map((one) => one[key]);
  for (const [index, value] of values.entries()) {
    if (values.indexOf(value) === index || STAND_INS.has(value)) continue;
    report([name, index, key], `${quoted(value)} is there twice`, "give each its own");
  }
}
