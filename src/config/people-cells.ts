import type { Locale } from "../domain/locale.ts";
import type { PeopleMistake } from "../domain/people-mistake.ts";
import { hiddenIn } from "../domain/text.ts";
import type { PeopleColumn } from "#src/roster/text/people/people-headings.ts";
import { quoted } from "#src/roster/text/problem.ts";
import { wrongRole } from "./people-roles.ts";
import { localeShape } from "./program-shape.ts";
import { idShape, unseen } from "./shapes.ts";

export type CellReport = (field: string, mistake: PeopleMistake, message: string, todo: string) => void;

/** A row's cells by their columns; an account's by its platform. */
export type Cells = Readonly<Record<PeopleColumn, string> & Record<string, string>>;

/** What is wrong about the cells of one row, each by itself. */
export function checkCells(cells: Cells, report: CellReport, isJapanese: boolean): void {
  for (const [field, text] of Object.entries(cells)) {
    const hidden = hiddenIn(text);
    if (hidden !== undefined) report(field, { code: "unseen", text: hidden }, ...unseen(hidden));
    if (UNREAD.test(text))
      report(
        field,
        { code: "formula", text },
        `${quoted(text)} is no text`,
        "write what is meant in place of the formula, and save the file again",
      );
    if (text.includes("\uFFFD"))
      report(
        field,
        { code: "letters", text },
        `${quoted(text)} has letters that cannot be read`,
        "save the file as UTF-8",
      );
  }
  if (!idShape.safeParse(cells.id).success) {
    const mistake: PeopleMistake = cells.id === "" ? { code: "empty" } : { code: "id", text: cells.id };
    const found = cells.id === "" ? "it is empty" : `${quoted(cells.id)} is no id`;
    const message = `${found}: expected letters, digits, dots, dashes or underscores`;
    report("id", mistake, message, "write one such as r1");
  }
  if (cells.name === "")
    report("name", { code: "empty" }, "it is empty", "write the name as colleagues write it");
  if (cells.name_en !== "" && !/^[\p{sc=Latin}\p{M}\s.,'’‐-]+$/u.test(cells.name_en)) {
    const message = `${quoted(cells.name_en)} is not in Latin letters`;
    const todo = "write it as English readers read it (Mari Tanaka), or leave it empty";
    report("name_en", { code: "latin", text: cells.name_en }, message, todo);
  }
  const wrong = wrongRole(cells.role, isJapanese);
  if (wrong !== undefined) report("role", ...wrong);
  if (cells.email !== "" && !EMAIL.test(cells.email)) {
    const message = `${quoted(cells.email)} is no e-mail address`;
    report("email", { code: "email", text: cells.email }, message, "mend it or leave it empty");
  }
  if (cells.locale !== "" && languageOf(cells.locale) === undefined) {
    const message = `${quoted(cells.locale)} is no language that Attune speaks`;
    const todo = "write en or ja, or leave it empty";
    report("locale", { code: "language", text: cells.locale }, message, todo);
  }
}

/** One bare address: no `mailto:`, no name around it, no full stop behind it. */
const EMAIL = /^[^\s@,;:<>()"]+@[^\s@,;:<>()"]+\.[^\s@,;:<>()".]+$/u;

/** A formula without its result, or one that failed, as a spreadsheet hands it over. */
const UNREAD = /^(?:=|#(?:N\/A|REF!|NAME\?|VALUE!|DIV\/0!|NULL!|NUM!)$)/u;

const LANGUAGES: Readonly<Record<string, Locale>> = {
  日本語: "ja",
  japanese: "ja",
  英語: "en",
  english: "en",
};

export const languageOf = (cell: string): Locale | undefined =>
  LANGUAGES[cell.toLowerCase()] ?? localeShape.safeParse(cell.toLowerCase()).data;
