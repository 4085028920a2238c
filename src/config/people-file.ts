import type { Locale } from "../domain/locale.ts";
import { personId, type Person, type Role } from "../domain/person.ts";
import { hiddenIn } from "../domain/text.ts";
import type { PlatformDescription } from "../ports/platform-description.ts";
import { quoted, type Problem } from "#src/roster/text/problem.ts";
import { readTable } from "#src/roster/text/table.ts";
import { localeShape } from "./program-shape.ts";
import { idShape, unseen } from "./shapes.ts";

const REQUIRED = ["id", "name", "role"] as const;
const OPTIONAL = ["name_en", "email", "locale"] as const;
type Column = (typeof REQUIRED)[number] | (typeof OPTIONAL)[number];

/** What has a column of accounts, called by its name. */
export type HasAccounts = Pick<PlatformDescription, "name">;

const ROLES = ["resident", "attending", "coordinator"] as const satisfies Role[];

export interface PeopleFile {
  /** Rows with a mistake are in it too, as far as they go, so that a roster's reader still knows their names. */
  readonly people: readonly Person[];
  /** The line that each stands on. */
  readonly lines: ReadonlyMap<Person, number>;
  readonly problems: readonly Problem[];
}

/**
 * Reads people.csv (`id,name,name_en,role,email,locale` and a column for each platform's accounts): every bad row with its line.
 * A cell of roles may have several, `resident+attending`, the usual one first.
 */
export function readPeople(
  file: string,
  text: string,
  locale: Locale,
  platforms: readonly HasAccounts[],
): PeopleFile {
  const accounts = platforms.map(({ name }) => name);
  const table = readTable<string>(file, text, { required: REQUIRED, optional: [...OPTIONAL, ...accounts] });
  const problems: Problem[] = [...table.problems];
  const lines = new Map<Person, number>();
  for (const row of table.rows) {
    const report: Report = (field, message, todo) =>
      problems.push({ file, line: row.line, field, message, todo });
    const cells = row.cells as Cells;
    check(cells, report);
    lines.set(personOf(cells, locale, accounts), row.line);
  }
  const people = [...lines.keys()];
  problems.push(...duplicates(file, lines, accounts));
  if (table.usable && people.length === 0) {
    problems.push({ file, message: "there is nobody in it", todo: "write one line for each person" });
  }
  return { people, lines, problems };
}

type Report = (field: string, message: string, todo: string) => void;
/** A row's cells by their columns; an account's by its platform. */
type Cells = Readonly<Record<Column, string> & Record<string, string>>;

function check(cells: Cells, report: Report): void {
  for (const [field, cell] of Object.entries(cells)) {
    const hidden = hiddenIn(cell);
    if (hidden !== undefined) report(field, ...unseen(hidden));
    if (cell.includes("\uFFFD"))
      report(field, `${quoted(cell)} has letters that cannot be read`, "save the file as UTF-8");
  }
  if (!idShape.safeParse(cells.id).success) {
    const found = cells.id === "" ? "it is empty" : `${quoted(cells.id)} is no id`;
    report("id", `${found}: expected letters, digits, dots, dashes or underscores`, "write one such as r1");
  }
  if (cells.name === "") report("name", "it is empty", "write the name as colleagues write it");
  if (cells.name_en !== "" && !/^[\p{sc=Latin}\p{M}\s.,'’‐-]+$/u.test(cells.name_en)) {
    const message = `${quoted(cells.name_en)} is not in Latin letters`;
    report("name_en", message, "write it as English readers read it (Mari Tanaka), or leave it empty");
  }
  const wrong = wrongRole(cells.role);
  if (wrong !== undefined) report("role", ...wrong);
  if (cells.email !== "" && !/^[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+$/u.test(cells.email)) {
    report("email", `${quoted(cells.email)} is no e-mail address`, "mend it or leave it empty");
  }
  if (cells.locale !== "" && !localeShape.safeParse(cells.locale).success) {
    report(
      "locale",
      `${quoted(cells.locale)} is no language that Attune speaks`,
      "write en or ja, or leave it empty",
    );
  }
}

/** The roles of a cell as they stand in it, "resident+attending". */
const rolesIn = (cell: string): readonly string[] =>
  cell
    .normalize("NFKC")
    .toLowerCase()
    .split("+")
    .map((part) => part.trim());

const isRole = (text: string): text is Role => ROLES.some((role) => role === text);

/** What is wrong about a cell of roles, and what to write. */
function wrongRole(cell: string): readonly [message: string, todo: string] | undefined {
  const write =
    "write resident, attending or coordinator, or several, the usual one first: resident+attending";
  if (cell === "") return ["it is empty", write];
  const found = rolesIn(cell);
  const other = found.find((part) => !isRole(part));
  if (other === "") return [`${quoted(cell)} has no role on one side of a +`, write];
  if (other !== undefined) return [`${quoted(other)} is no role`, write];
  const twice = found.find((part, at) => found.indexOf(part) !== at);
  return twice === undefined ? undefined : [`${quoted(twice)} is there twice`, "write each role once"];
}

function personOf(cells: Cells, locale: Locale, platforms: readonly string[]): Person {
  const own = localeShape.safeParse(cells.locale);
  const accounts = platforms.flatMap((platform) =>
    cells[platform] === "" ? [] : [[platform, cells[platform]]],
  );
  const [usual = "resident", ...others] = new Set(rolesIn(cells.role).filter(isRole));
  return {
    id: personId(cells.id),
    name: cells.name,
    ...(cells.name_en === "" ? {} : { nameEn: cells.name_en }),
    roles: [usual, ...others],
    locale: own.success ? own.data : locale,
    ...(cells.email === "" ? {} : { email: cells.email }),
    accounts: Object.fromEntries(accounts) as Record<string, string>,
  };
}

/** What may belong to one person only. */
function duplicates(
  file: string,
  lines: ReadonlyMap<Person, number>,
  platforms: readonly string[],
): readonly Problem[] {
  const fields: readonly (readonly [string, (person: Person) => string | undefined])[] = [
    ["id", (person) => person.id.toLowerCase()],
    ["email", (person) => person.email?.toLowerCase()],
    ...platforms.map((platform) => [platform, (person: Person) => person.accounts[platform]] as const),
  ];
  return fields.flatMap(([field, valueOf]) => {
    const first = new Map<string, number>();
    return [...lines].flatMap(([person, line]): readonly Problem[] => {
      const value = valueOf(person);
      if (value === undefined || value === "") return [];
      const before = first.get(value);
      if (before === undefined) {
        first.set(value, line);
        return [];
      }
      const message = `${quoted(value)} is there already, on line ${before}`;
      return [{ file, line, field, message, todo: "give each person their own" }];
    });
  });
}
