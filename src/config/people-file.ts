import type { Locale } from "../domain/locale.ts";
import { personId, type Person, type Role } from "../domain/person.ts";
import { hiddenIn } from "../domain/text.ts";
import { quoted, type Problem } from "#src/roster/text/problem.ts";
import { readTable, type Row } from "#src/roster/text/table.ts";
import { localeShape } from "./program-shape.ts";
import { idShape, unseen } from "./shapes.ts";

const COLUMNS = {
  required: ["id", "name", "role"],
  optional: ["email", "locale", "slack", "teams"],
} as const;
type Column = "id" | "name" | "role" | "email" | "locale" | "slack" | "teams";

const ROLES: readonly string[] = ["resident", "attending", "coordinator"] satisfies Role[];
const PLATFORMS = ["slack", "teams"] as const;

export interface PeopleFile {
  /** Rows with a mistake are in it too, as far as they go, so that a roster's reader still knows their names. */
  readonly people: readonly Person[];
  /** The line that each stands on. */
  readonly lines: ReadonlyMap<Person, number>;
  readonly problems: readonly Problem[];
}

/** Reads people.csv (`id,name,role,email,locale,slack,teams`): every bad row with its line. */
export function readPeople(file: string, text: string, locale: Locale): PeopleFile {
  const table = readTable<Column>(file, text, COLUMNS);
  const problems: Problem[] = [...table.problems];
  const lines = new Map<Person, number>();
  for (const row of table.rows) {
    const report = (field: Column, message: string, todo: string) =>
      problems.push({ file, line: row.line, field, message, todo });
    check(row, report);
    lines.set(personOf(row, locale), row.line);
  }
  const people = [...lines.keys()];
  problems.push(...duplicates(file, lines));
  if (table.usable && people.length === 0) {
    problems.push({ file, message: "there is nobody in it", todo: "write one line for each person" });
  }
  return { people, lines, problems };
}

type Report = (field: Column, message: string, todo: string) => void;

function check({ cells }: Row<Column>, report: Report): void {
  for (const [field, cell] of Object.entries(cells)) {
    const hidden = hiddenIn(cell);
    if (hidden !== undefined) report(field as Column, ...unseen(hidden));
    if (cell.includes("\uFFFD"))
      report(field as Column, `${quoted(cell)} has letters that cannot be read`, "save the file as UTF-8");
  }
  if (!idShape.safeParse(cells.id).success) {
    const found = cells.id === "" ? "it is empty" : `${quoted(cells.id)} is no id`;
    report("id", `${found}: expected letters, digits, dots, dashes or underscores`, "write one such as r1");
  }
  if (cells.name === "") report("name", "it is empty", "write the name as colleagues write it");
  if (!ROLES.includes(cells.role.toLowerCase())) {
    const found = cells.role === "" ? "it is empty" : `${quoted(cells.role)} is no role`;
    report("role", found, "write resident, attending or coordinator");
  }
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

function personOf({ cells }: Row<Column>, locale: Locale): Person {
  const own = localeShape.safeParse(cells.locale);
  const accounts = PLATFORMS.flatMap((platform) =>
    cells[platform] === "" ? [] : [[platform, cells[platform]]],
  );
  return {
    id: personId(cells.id),
    name: cells.name,
    role: (ROLES.find((role) => role === cells.role.toLowerCase()) ?? "resident") as Role,
    locale: own.success ? own.data : locale,
    ...(cells.email === "" ? {} : { email: cells.email }),
    accounts: Object.fromEntries(accounts) as Record<string, string>,
  };
}

/** What may belong to one person only. */
function duplicates(file: string, lines: ReadonlyMap<Person, number>): readonly Problem[] {
  const fields: readonly (readonly [Column, (person: Person) => string | undefined])[] = [
    ["id", (person) => person.id.toLowerCase()],
    ["email", (person) => person.email?.toLowerCase()],
    ...PLATFORMS.map((platform) => [platform, (person: Person) => person.accounts[platform]] as const),
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
