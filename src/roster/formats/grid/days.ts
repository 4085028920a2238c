import { DAY } from "#src/domain/time.ts";
import { dayCell, type DayCell } from "../../text/dates/day-cell.ts";
import type { DateReader } from "../../text/dates/dates.ts";
import { quoted, type RosterProblem } from "../../text/problem.ts";
import { parseWall, wall, type Wall } from "../../text/dates/wall.ts";

/** A cell of a table with its place: lines and columns are counted from 1 and 0. */
export interface Cell {
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

/** A row of a table, or a column of one that stands on its side. */
export type Row = readonly Cell[];

/** The columns of some rows, as rows: a row that ends before has empty cells there. */
export function columnsOf(rows: readonly Row[]): readonly Row[] {
  const width = Math.max(0, ...rows.map((row) => row.length));
  return Array.from({ length: width }, (_, column) =>
    rows.map((row) => row[column] ?? { text: "", line: row[0]!.line, column }),
  );
}

/** What a problem needs beside the file's name. */
export type Fault = Omit<RosterProblem, "file">;

/** A row's cells that could be days. */
export interface DayRow {
  readonly row: Row;
  readonly days: readonly { readonly at: number; readonly cell: Cell; readonly day: DayCell }[];
}

/** A day of the header, and the place in its row under which its codes stand. */
export interface HeaderDay {
  readonly at: number;
  readonly day: Wall;
}

/** The row as days; its first cell is for names. */
export function dayRow(row: Row, dates: DateReader): DayRow {
  const days = row.flatMap((cell, at) => {
    const day = at === 0 || cell.text === "" ? undefined : dayCell(cell.text, dates);
    return day === undefined ? [] : [{ at, cell, day }];
  });
  return { row, days };
}

/** How the header's days are put into the calendar. */
export interface Calendar {
  /** The first of the month that the header begins in. */
  readonly month: Wall | undefined;
  /** The order that is stated has the day first, "DD/MM/YYYY". */
  readonly dayFirst: boolean | undefined;
}

/** The days of a header in order, each the one after the one before, or why not. */
export function headerDays({ days }: DayRow, calendar: Calendar): readonly HeaderDay[] | Fault {
  const orders = calendar.dayFirst === undefined ? [false, true] : [calendar.dayFirst];
  const tried = days.some(({ day }) => day.numbers !== undefined) ? orders : [false];
  const readings = tried.map((dayFirst) => inOrder(days, calendar.month, dayFirst));
  const clear = readings.filter((one) => Array.isArray(one)) as readonly (readonly HeaderDay[])[];
  const [first, other] = clear;
  // 12/1, 12/2, 12/3 are also three twelfths of a month: days of a table follow one another.
  if (first !== undefined && other !== undefined) {
    const near = clear.filter((one) => one.at(-1)!.day - one[0]!.day < one.length * 3 * DAY);
    return near.length === 1 ? near[0]! : unclearOrder(days[0]!.cell);
  }
  return first ?? readings[0]!;
}

function inOrder(
  days: DayRow["days"],
  month: Wall | undefined,
  dayFirst: boolean,
): readonly HeaderDay[] | Fault {
  const found: HeaderDay[] = [];
  for (const { at, cell, day } of days) {
    const before = found.at(-1)?.day;
    const own = dateOf(partsOf(day, dayFirst), before, month);
    if (own === undefined || (before !== undefined && own < before)) return broken(cell, before);
    if (day.weekday !== undefined && day.weekday !== new Date(own).getUTCDay())
      return wrongWeekday(cell, own);
    found.push({ at, day: own });
  }
  return dayTwice(days, found) ?? found;
}

/** A day that stands twice is two columns of one day only where every day does. */
function dayTwice(days: DayRow["days"], found: readonly HeaderDay[]): Fault | undefined {
  const counts = Map.groupBy(found, ({ day }) => day);
  const [usual] = [...counts.values()].map((some) => some.length);
  if ([...counts.values()].every((some) => some.length === usual)) return undefined;
  const at = found.findIndex(({ day }, index) => index > 0 && day === found[index - 1]!.day);
  const { cell } = days[at]!;
  return {
    line: cell.line,
    field: cellName(cell),
    message: `${quoted(cell.text)} stands there twice`,
    todo: "take one of the two out of the header, or write every day as often",
    why: { code: "no-date", text: cell.text },
  };
}

function partsOf({ date, numbers, month, day }: DayCell, dayFirst: boolean) {
  if (date !== undefined) return { date };
  if (numbers === undefined) return { month, day: day! };
  return dayFirst ? { month: numbers[1], day: numbers[0] } : { month: numbers[0], day: numbers[1] };
}

/** A day without its month goes on where the one before ended; the 1st follows only a month's last day. */
function dateOf(
  parts: ReturnType<typeof partsOf>,
  before: Wall | undefined,
  month: Wall | undefined,
): Wall | undefined {
  if ("date" in parts) return parts.date;
  const base = before ?? month;
  if (base === undefined) return undefined;
  const [year, at] = [new Date(base).getUTCFullYear(), new Date(base).getUTCMonth() + 1];
  if (parts.month !== undefined) {
    // The nearest one: December's table may begin in November and end in January.
    const years = [year - 1, year, year + 1];
    const near = years.find((one) => Math.abs((one - year) * 12 + parts.month! - at) < 6);
    return near === undefined ? undefined : dayIn(near, parts.month, parts.day);
  }
  const own = dayIn(year, at, parts.day);
  if (before === undefined || (own !== undefined && own >= before)) return own;
  const next = wall(before + DAY);
  return new Date(next).getUTCDate() === parts.day ? next : undefined;
}

function dayIn(year: number, month: number, day: number): Wall | undefined {
  const two = (number: number) => String(number).padStart(2, "0");
  return parseWall(`${year}-${two(month)}-${two(day)}`);
}

/** "C7", as spreadsheets call a cell's place. */
export function cellName({ line, column }: Cell): string {
  let [letters, rest] = ["", column];
  for (; rest >= 0; rest = Math.floor(rest / 26) - 1)
    letters = String.fromCharCode(65 + (rest % 26)) + letters;
  return `${letters}${line}`;
}

export const dateText = (day: Wall): string => new Date(day).toISOString().slice(0, 10);

const broken = (cell: Cell, before: Wall | undefined): Fault => ({
  line: cell.line,
  field: cellName(cell),
  message: `${quoted(cell.text)} ${before === undefined ? "is no day of that month" : `does not follow ${dateText(before)}`}`,
  todo: "write whole dates such as 2026-12-01 in the header, or in program.yaml `month:` of the first day",
  why: { code: "no-date", text: cell.text },
});

export const wrongWeekday = (cell: Cell, day: Wall): Fault => ({
  line: cell.line,
  field: cellName(cell),
  message: `${quoted(cell.text)} stands at ${dateText(day)}, which is another weekday`,
  todo: "the table is of another month than program.yaml's `month:` or its title says; mend that",
  why: { code: "another-weekday", text: cell.text },
});

const unclearOrder = (cell: Cell): Fault => ({
  line: cell.line,
  field: cellName(cell),
  message: `${quoted(cell.text)} does not say which number is the day`,
  todo: "state the order in program.yaml, such as `dates: DD/MM/YYYY`",
  why: { code: "ambiguous-date", text: cell.text },
});
