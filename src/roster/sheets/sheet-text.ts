import { quoted } from "../text/problem.ts";
import type { GridSheet, GridValue, Merge, Unread } from "./workbook.ts";

/** A sheet as the lines of a CSV file: line 7 is row 7. */
export interface SheetText {
  readonly text: string;
  /** What is hidden or struck through and not empty: it is left out. */
  readonly hidden: readonly HiddenPart[];
  /** How many columns each cell has that was made one across, "3,2" for C3. */
  readonly across: ReadonlyMap<string, number>;
}

export interface HiddenPart {
  /** "row 7", "column C", or what stands in a cell and in which. */
  readonly name: string;
  /** "7", "C" or "C7". */
  readonly place: string;
  readonly how: Unread;
  /** Of a row. */
  readonly line?: number;
  /** How many cells with something in them, those of hidden rows counted there. */
  readonly cells: number;
}

/** Writes a sheet down as text. Dates are 2026-12-01, times 07:00, both 2026-12-01 07:00. */
export function sheetText(sheet: GridSheet): SheetText {
  const cells = sheet.rows.map((row) => row.map(cellText));
  const hidden = new Map<string, HiddenPart>();
  for (const merge of sheet.merges) {
    for (const part of coveredBy(merge, cells)) hidden.set(part.name, part);
    spread(merge, cells);
  }
  const lines = cells.map((row, index) =>
    row
      .map((text, column) => {
        const part = text === "" ? undefined : hiddenAt(sheet, index, column, text);
        if (part === undefined) return text;
        hidden.set(part.name, { ...part, cells: (hidden.get(part.name)?.cells ?? 0) + 1 });
        return "";
      })
      .map(quotedCell)
      .join(","),
  );
  return {
    text: lines.join("\n"),
    hidden: [...hidden.values()],
    across: new Map(
      sheet.merges.flatMap(({ startRow, startCol, endCol }) =>
        endCol > startCol ? [[`${startRow + 1},${startCol}`, endCol - startCol + 1] as const] : [],
      ),
    ),
  };
}

function hiddenAt(
  { hiddenRows, hiddenColumns, unread }: GridSheet,
  row: number,
  column: number,
  text: string,
): HiddenPart | undefined {
  const [line, letter] = [row + 1, letters(column)];
  if (hiddenRows.has(row)) return { name: `row ${line}`, place: String(line), how: "hidden", line, cells: 1 };
  if (hiddenColumns.has(column)) return { name: `column ${letter}`, place: letter, how: "hidden", cells: 1 };
  const how = unread.get(`${row},${column}`);
  const place = `${letter}${line}`;
  return how && { name: `${quoted(text)} in ${place}`, place, how, cells: 1 };
}

function letters(column: number): string {
  let [text, rest] = ["", column];
  for (; rest >= 0; rest = Math.floor(rest / 26) - 1) text = String.fromCharCode(65 + (rest % 26)) + text;
  return text;
}

/** Takes out what nobody sees since the cells were made one, and says where it stood. */
function coveredBy({ startRow, startCol, endRow, endCol }: Merge, cells: string[][]): readonly HiddenPart[] {
  const found: HiddenPart[] = [];
  const first = cells[startRow]?.[startCol] ?? "";
  for (let row = startRow; row <= Math.min(endRow, cells.length - 1); row += 1)
    for (let column = startCol; column <= Math.min(endCol, cells[row]!.length - 1); column += 1) {
      const text = cells[row]![column]!;
      if ((row === startRow && column === startCol) || text === "") continue;
      cells[row]![column] = "";
      if (text === first) continue;
      const place = `${letters(startCol)}${startRow + 1}`;
      found.push({ name: `${quoted(text)} under the merged cell ${place}`, place, how: "hidden", cells: 1 });
    }
  return found;
}

/** What was made one downwards counts for all its rows: a name, a day, a duty of several people or of several days. */
function spread({ startRow, startCol, endRow, endCol }: Merge, cells: string[][]): void {
  const text = cells[startRow]?.[startCol] ?? "";
  if (startCol !== endCol || endRow - startRow >= MOST_ROWS) return;
  for (let row = startRow; row <= endRow; row += 1)
    if (cells[row]?.[startCol] === "") cells[row]![startCol] = text;
}

/** So many rows at most are one person's, or one duty; what is higher is a banner beside the table. */
const MOST_ROWS = 10;

/** Times without a date stand on the last days of 1899; from 24 hours on they stand on the day after. */
const FIRST_DAY_OVER = Date.UTC(1900, 0, 1);
const TIMES_UNTIL = Date.UTC(1900, 0, 2);
/** Moments without a date's format: from 2009 to 2064. */
const isMoment = (value: number): boolean => value > 40_000 && value < 60_000 && !Number.isInteger(value);
const SERIAL_EPOCH = Date.UTC(1899, 11, 30);
const DAY = 86_400_000;

function cellText(value: GridValue): string {
  if (value === null) return "";
  if (value instanceof Date) return momentText(value.getTime());
  if (typeof value === "number" && isMoment(value)) return momentText(SERIAL_EPOCH + value * DAY);
  return String(value)
    .replaceAll(/[\s\u3000]+/gu, " ")
    .trim();
}

/** To the minute: a third of a day is not written down exactly. */
function momentText(milliseconds: number): string {
  const at = new Date(Math.round(milliseconds / 60_000) * 60_000);
  if (Number.isNaN(at.getTime())) return "";
  const [date, time] = [at.toISOString().slice(0, 10), at.toISOString().slice(11, 16)];
  // 25:30 is half past one of the next day, and not of this one.
  if (at.getTime() >= FIRST_DAY_OVER && at.getTime() < TIMES_UNTIL)
    return `${24 + at.getUTCHours()}${time.slice(2)}`;
  if (at.getTime() < TIMES_UNTIL) return time;
  return time === "00:00" ? date : `${date} ${time}`;
}

const quotedCell = (text: string): string => (text === "" ? "" : `"${text.replaceAll('"', '""')}"`);
