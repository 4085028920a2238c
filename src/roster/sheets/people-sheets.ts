import { csvText } from "../text/tables/csv-text.ts";
import { peopleLines } from "../text/people/people-headings.ts";
import { recordsOf } from "../text/tables/records.ts";
import { sheetText } from "./sheet-text.ts";
import { sheetsOf, type NoWorkbook } from "./workbook.ts";

/** A sheet that has the columns of a list of people. */
export interface PeopleSheet {
  readonly name: string;
  /** As CSV: line 7 is row 7. */
  readonly text: string;
  /** What is hidden or struck through below the header, by its place ("7", "C" or "C7"). It is not in the text. */
  readonly unread: readonly string[];
}

/** The sheets of a workbook that can be seen and have the columns of a list of people, or why there are none at all. */
export async function peopleSheets(bytes: Uint8Array): Promise<readonly PeopleSheet[] | NoWorkbook> {
  const sheets = await sheetsOf(bytes);
  if ("message" in sheets) return sheets;
  const shown = sheets.filter(({ isHidden }) => !isHidden);
  return shown.flatMap((sheet) => {
    const { text, hidden } = sheetText(sheet);
    const lines = peopleLines(text, shown.length === 1);
    if (lines === undefined) return [];
    const rows = recordsOf(sheet.name, lines, []);
    const header = rows[0]!.line;
    const unread = hidden.filter(({ line }) => line === undefined || line >= header);
    return [{ name: sheet.name, text: withoutEmpty(rows), unread: unread.map(({ place }) => place) }];
  });
}

/** A sheet reaches further than what is written in it: columns and rows without anything are no part of the list. */
function withoutEmpty(rows: ReturnType<typeof recordsOf>): string {
  const filled = rows.filter(({ cells }) => cells.some((cell) => cell !== ""));
  const width = Math.max(...filled.map(({ cells }) => cells.length));
  const columns = Array.from({ length: width }, (_, at) => at).filter((at) =>
    filled.some(({ cells }) => (cells[at] ?? "") !== ""),
  );
  const byLine = new Map(filled.map(({ line, cells }) => [line, columns.map((at) => cells[at] ?? "")]));
  const last = Math.max(...byLine.keys());
  return csvText(Array.from({ length: last }, (_, at) => byLine.get(at + 1) ?? [""]));
}
