import type { Locale } from "../domain/locale.ts";
import type { PeopleMistake } from "../domain/people-mistake.ts";
import { personId, type Person } from "../domain/person.ts";
import type { Rotation } from "../domain/program.ts";
import type { PlatformDescription } from "../ports/platform-description.ts";
import { quoted, type Problem, type RosterProblem } from "#src/roster/text/problem.ts";
import { readTable, type Table } from "#src/roster/text/tables/table.ts";
import { peopleColumnOf, PEOPLE_OPTIONAL, PEOPLE_REQUIRED } from "#src/roster/text/people/people-headings.ts";
import { checkCells, languageOf, type CellReport, type Cells } from "./people-cells.ts";
import { rolesIn } from "./people-roles.ts";

/** What has a column of accounts, called by its name. */
export type HasAccounts = Pick<PlatformDescription, "name">;

export interface PeopleFile {
  /** Rows with a mistake are in it too, as far as they go, so that a roster's reader still knows their names. */
  readonly people: readonly Person[];
  /** The line that each stands on. */
  readonly lines: ReadonlyMap<Person, number>;
  readonly problems: readonly PeopleProblem[];
}

/** Whatever is wrong about a list of people, coordinators read in their own language, too. */
export interface PeopleProblem extends Problem {
  readonly mistake: PeopleMistake;
}

/**
 * What is wrong about the table. A heading that is not known may be the column that is missing: it is named there, and not called
 * superfluous beside it.
 */
function ofTable({ problems, usable, called }: Table<string>): readonly PeopleProblem[] {
  const isUnknown = ({ why, field }: RosterProblem) => why.code === "column" && field === undefined;
  const unknown = usable
    ? []
    : problems.filter(isUnknown).map(({ why: { text = "" } }) => called.get(text) ?? text);
  return problems
    .filter((one) => usable || !isUnknown(one) || !problems.some(({ why }) => why.code === "no-column"))
    .map((one) => ({ ...one, mistake: mistakeOf(one, unknown) }));
}

function mistakeOf({ why: { code, text } }: RosterProblem, unknown: readonly string[]): PeopleMistake {
  if (code !== "column" && code !== "no-column" && code !== "broken-line") return { code: "no-header" };
  const more = code === "no-column" && unknown.length > 0 && { more: unknown.join("\n") };
  return { code, ...(text !== undefined && { text }), ...more };
}

/**
 * Reads people.csv (`id,name,name_en,role,email,locale,rotation` and a column for each platform's accounts, or the same in Japanese):
 * every bad row with its line. A cell of roles may have several, `resident+attending`, the usual one first; a cell of
 * rotations names those of program.yaml.
 */
export function readPeople(
  file: string,
  text: string,
  locale: Locale,
  platforms: readonly HasAccounts[],
  rotations: readonly Pick<Rotation, "name">[],
): PeopleFile {
  const accounts = platforms.map(({ name }) => name);
  const table = readTable<string>(file, text, {
    required: PEOPLE_REQUIRED,
    optional: [...PEOPLE_OPTIONAL, ...accounts],
    columnOf: peopleColumnOf,
  });
  const problems = [...ofTable(table)];
  const lines = new Map<Person, number>();
  const called = (field: string): string => table.called.get(field) ?? field;
  for (const row of table.rows) {
    const report: CellReport = (field, mistake, message, todo) =>
      problems.push({ file, line: row.line, field: called(field), message, todo, mistake });
    const cells = asMeant(row.cells as Cells);
    checkCells(cells, report, /[^ -~]/u.test(called("role")));
    const theirs = rotationsIn(cells, rotations, report);
    lines.set({ ...personOf(cells, locale, accounts), ...(theirs && { rotations: theirs }) }, row.line);
  }
  const people = [...lines.keys()];
  problems.push(...duplicates(file, lines, accounts).map((one) => ({ ...one, field: called(one.field) })));
  if (table.usable && people.length === 0) {
    problems.push({
      file,
      message: "there is nobody in it",
      todo: "write one line for each person",
      mistake: { code: "nobody" },
    });
  }
  return { people, lines, problems };
}

/** Cells without what a Japanese keyboard makes of them: letters of full width. A name stays as it is written. */
const asMeant = (cells: Cells): Cells =>
  Object.fromEntries(
    Object.entries(cells).map(([field, cell]) => [
      field,
      field === "name" ? cell : cell.normalize("NFKC").trim(),
    ]),
  ) as Cells;

const plain = (text: string): string => text.normalize("NFKC").trim().toLowerCase();

/** The rotations of a cell, "December + January", as program.yaml calls them; undefined where the program is to say. */
function rotationsIn(
  { rotation: cell, role }: Cells,
  rotations: readonly Pick<Rotation, "name">[],
  report: CellReport,
): readonly string[] | undefined {
  if (cell === "") return undefined;
  if (!rolesIn(role).includes("resident")) {
    report("rotation", { code: "not-on-rotation" }, "only residents are on a rotation", "leave it empty");
    return undefined;
  }
  const called = (text: string) => rotations.find(({ name }) => plain(name) === plain(text))?.name;
  const parts = called(cell) === undefined ? cell.split(/[+、;]/u) : [cell];
  for (const part of parts.filter((one) => called(one) === undefined))
    report(
      "rotation",
      { code: "rotation", text: part.trim(), more: rotations.map(({ name }) => name).join("\n") },
      `${quoted(part.trim())} is no rotation of program.yaml`,
      `write one of ${rotations.map(({ name }) => quoted(name)).join(", ")}, several with a + between`,
    );
  return [...new Set(parts.flatMap((part) => called(part) ?? []))];
}

function personOf(cells: Cells, locale: Locale, platforms: readonly string[]): Person {
  const accounts = platforms.flatMap((platform) =>
    cells[platform] === "" ? [] : [[platform, cells[platform]]],
  );
  const [usual = "resident", ...others] = rolesIn(cells.role);
  return {
    id: personId(cells.id),
    name: cells.name,
    ...(cells.name_en === "" ? {} : { nameEn: cells.name_en }),
    roles: [usual, ...others],
    locale: languageOf(cells.locale) ?? locale,
    ...(cells.email === "" ? {} : { email: cells.email }),
    accounts: Object.fromEntries(accounts) as Record<string, string>,
  };
}

/** What may belong to one person only. */
function duplicates(
  file: string,
  lines: ReadonlyMap<Person, number>,
  platforms: readonly string[],
): readonly (PeopleProblem & { readonly field: string })[] {
  const fields: readonly (readonly [string, (person: Person) => string | undefined])[] = [
    ["id", (person) => person.id],
    ["email", (person) => person.email],
    ...platforms.map((platform) => [platform, (person: Person) => person.accounts[platform]] as const),
  ];
  return fields.flatMap(([field, valueOf]) => {
    const first = new Map<string, { readonly value: string; readonly line: number }>();
    return [...lines].flatMap(([person, line]) => {
      const value = valueOf(person);
      if (value === undefined || value === "") return [];
      // Nobody tells one from another by its capitals, and no platform does.
      const key = value.toLowerCase();
      const before = first.get(key);
      if (before === undefined) {
        first.set(key, { value, line });
        return [];
      }
      const message = `${quoted(before.value)} is there already, on line ${before.line}`;
      const mistake: PeopleMistake = { code: "double", text: before.value, more: String(before.line) };
      return [{ file, line, field, message, todo: "give each person their own", mistake }];
    });
  });
}
