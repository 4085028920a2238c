import { DAY } from "#src/domain/time.ts";
import { clockTime, dateProblem, dateReader, type DateReader } from "../../text/dates/dates.ts";
import { partOfDay, serialDate } from "../../text/dates/day-cell.ts";
import { tailProblem, unreadTail } from "../../text/dates/unread-tail.ts";
import type { CsvColumn } from "../../text/dialect.ts";
import type { ListingRow } from "../../text/tables/listing.ts";
import { quoted } from "../../text/problem.ts";
import type { RosterText } from "../../text/reader.ts";
import { oneHalf } from "./halves.ts";
import {
  checked,
  saysTime,
  timesOfCells,
  timesOfDay,
  type StatedDates,
  type Times,
  type Wrong,
} from "../../text/tables/row-times.ts";
import { wall, type ToInstant } from "../../text/dates/wall.ts";

export type RowTimes = readonly Times[] | Wrong<CsvColumn>;

/**
 * When a row says that somebody works: one time, or several of a shift in parts.
 * @param ofTimes the clock of times that name no zone
 * @param ofDays the clock of leave without times: whole days are those of the program, whatever the file's clock
 */
export function timesReader(
  source: RosterText,
  ofTimes: ToInstant,
  ofDays: ToInstant,
): (row: ListingRow, isLeave: boolean) => RowTimes {
  const stated = dateReader(source.dates);
  const dates: DateReader = (text) => stated(text) ?? (source.isSheet ? serialDate(text) : undefined);
  const clock = (text: string) => clockTime(text) ?? (source.isSheet ? partOfDay(text) : undefined);
  const hasDates = source.columns?.date !== undefined;
  const readRow = (row: ListingRow, isLeave: boolean): RowTimes => {
    const { cells, spans } = row;
    const local = saysHours(row) ? ofTimes : ofDays;
    const [first, ...further] = spans.filter(
      ({ start, end }, index) => index === 0 || start !== "" || end !== "",
    );
    const found: Times[] = [];
    for (const span of [first!, ...further]) {
      const stated = { read: dates, stated: source.dates, clock, hasDates };
      const times = timesOf({ ...cells, ...span }, isLeave, stated, local);
      if ("message" in times) return times;
      if (times.start < (found.at(-1)?.end ?? times.start)) return backwards(span.start);
      found.push(times);
    }
    return found;
  };
  // A row of duty is read twice: for itself, and for what the columns beside it say.
  const known = new WeakMap<ListingRow, RowTimes>();
  return (row, isLeave) => {
    if (isLeave) return readRow(row, true);
    const times = known.get(row) ?? readRow(row, false);
    known.set(row, times);
    return times;
  };
}

/** The row has times of the clock, and not only days. */
export const saysHours = ({ cells: { date }, spans }: ListingRow): boolean =>
  spans
    .flatMap(({ start, end }) => [start, end].map((cell) => cell.normalize("NFKC")))
    .some((cell) => (date === "" ? /[T\s]\d|\d[:時]|^\d{3,4}$/iu.test(cell) : cell !== ""));

/** How this file's dates and times are read. */
interface CellReaders extends StatedDates {
  readonly clock: (text: string) => number | undefined;
  /** It has a column of days. */
  readonly hasDates: boolean;
}

function timesOf(
  cells: ListingRow["cells"],
  isLeave: boolean,
  { read: dates, stated, clock, hasDates }: CellReaders,
  local: ToInstant,
): Times | Wrong<CsvColumn> {
  for (const field of ["start", "end"] as const) {
    const tail = unreadTail(
      cells[field],
      (text) => clock(text) !== undefined || (cells.date === "" && saysTime(text, dates)),
    );
    if (tail !== undefined) return { field, ...tailProblem(cells[field], tail) };
  }
  const half = oneHalf(cells);
  if (half !== undefined) return half;
  // In a list with a column of days, a time alone has lost its day.
  if (cells.date === "" && hasDates && clock(cells.start) !== undefined)
    return { field: "date", ...dateProblem("", stated) };
  if (cells.date === "") return timesOfCells(cells, isLeave, { read: dates, stated }, local);
  const day = dates(cells.date);
  if (day === undefined) return { field: "date", ...dateProblem(cells.date, stated) };
  const given = cells.endDate ? dates(cells.endDate) : undefined;
  if (cells.endDate && given === undefined)
    return { field: "endDate", ...dateProblem(cells.endDate, stated) };
  if (isLeave && cells.start === "" && cells.end === "")
    return checked({ start: local(day), end: local(wall((given ?? day) + DAY)) }, true);

  const untilNext = cells.end.replace(NEXT_DAY, "");
  const [start, end] = [clock(cells.start), clock(untilNext)];
  if (start === undefined) return noTime("start", cells.start);
  // 翌 is said of an end that is the next day's by itself, too; another would be longer than a day.
  const isNext = untilNext !== cells.end;
  if (end === undefined || (isNext && (given !== undefined || end > start))) return noTime("end", cells.end);
  return checked(timesOfDay(day, start, end, local, given), isLeave);
}

const NEXT_DAY = /^\s*翌[日朝]?\s*/u;

const backwards = (start: string): Wrong<CsvColumn> => ({
  field: "start",
  message: `the part that starts at ${quoted(start)} begins before the one before it ends`,
  todo: "write each part with its own date, in a row of its own",
  why: { code: "order" },
});

const noTime = (field: CsvColumn, cell: string): Wrong<CsvColumn> => ({
  field,
  message: cell === "" ? "it is empty" : `${quoted(cell)} is no time of the clock`,
  todo: "write it as 08:00",
  why: cell === "" ? { code: "empty" } : { code: "no-time", text: cell },
});
