import { DAY, MINUTE } from "#src/domain/time.ts";
import { LONGEST_TIME, type DateReader } from "./dates.ts";
import { parseWall, wall, type Wall } from "./wall.ts";

/** A day as a table's header writes it: a whole date, or as much of one as stands there. */
export interface DayCell {
  readonly date?: Wall;
  /** Of a cell without a year. Two numbers such as 1/12 are kept as they stand until the whole header is known. */
  readonly numbers?: readonly [number, number];
  readonly month?: number;
  readonly day?: number;
  /** 0 is Sunday; the cell names the weekday too. */
  readonly weekday?: number;
}

const WEEKDAYS = ["日", "月", "火", "水", "木", "金", "土"];
const ENGLISH = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** As calendars shorten them to two letters, in English and in German. */
const SHORT: Readonly<Record<string, number>> = {
  su: 0,
  so: 0,
  mo: 1,
  tu: 2,
  di: 2,
  we: 3,
  mi: 3,
  th: 4,
  do: 4,
  fr: 5,
  sa: 6,
};

/** "火", "(火)", "火曜日", "Tue", "Tuesday": 0 for Sunday to 6; undefined for anything else. */
export function weekdayOf(text: string): number | undefined {
  const plain = text
    .normalize("NFKC")
    .trim()
    .replaceAll(/^\(|\)$|[.,]$/gu, "")
    .toLowerCase();
  const japanese = /^([日月火水木金土])(?:曜日?)?$/u.exec(plain)?.[1];
  if (japanese !== undefined) return WEEKDAYS.indexOf(japanese);
  const short = SHORT[plain];
  if (short !== undefined) return short;
  const english = /^(sun|mon|tue|wed|thu|fri|sat)[a-z]{0,6}$/u.exec(plain)?.[1];
  return english === undefined ? undefined : ENGLISH.indexOf(english);
}

/** "dec", "December": 1 to 12; undefined for anything else. */
export function monthOf(text: string): number | undefined {
  const at = MONTHS.findIndex((name) => text.toLowerCase().startsWith(name));
  return at === -1 || !/^[a-z]{3,9}\.?$/iu.test(text) ? undefined : at + 1;
}

/** Days from the last day of 1899 as spreadsheets count them; those of 2009 to 2064. */
const SERIAL = /^[45]\d{4}(?:\.0+)?$/u;
const SERIAL_EPOCH = Date.UTC(1899, 11, 30);

/** 46357 → 1 December 2026; undefined for what is no such number. */
export const serialDate = (text: string): Wall | undefined =>
  SERIAL.test(text) ? wall(SERIAL_EPOCH + Math.trunc(Number(text)) * DAY) : undefined;

/** 0.3125 in a sheet is 07:30: a format such as h"時"mm"分" does not look like a time to who reads the file. */
export function partOfDay(text: string): number | undefined {
  const minutes = /^0\.\d+$/u.test(text) ? Number(text) * 1_440 : Number.NaN;
  return Math.abs(minutes - Math.round(minutes)) < 1e-3 ? Math.round(minutes) * MINUTE : undefined;
}

/** "2026-12-01", "1", "1日", "1(火)", "1\n火", "12/1 (Tue)", "Tue 12/1", "1-Dec", "Dec 1", 46357. */
export function dayCell(cell: string, dates: DateReader): DayCell | undefined {
  if (cell.length > LONGEST_TIME) return undefined;
  const text = cell
    .normalize("NFKC")
    .replaceAll(/[\s\u3000]+/gu, " ")
    .trim();
  const { rest, weekday } = withoutWeekday(text);
  const named = weekday === undefined ? {} : { weekday };
  const date = dates(rest) ?? dates(rest.replace(/[ T]00:00(?::00)?$/u, "")) ?? serialDate(rest);
  if (date !== undefined) return { date, ...named };
  const japanese = /^(?:(\d{1,2})月)?(\d{1,2})日?$/u.exec(rest);
  if (japanese !== null)
    return withinYear(japanese[1] === undefined ? undefined : Number(japanese[1]), japanese[2]!, named);
  const slashed = /^(\d{1,2})[/.](\d{1,2})\.?$/u.exec(rest);
  if (slashed !== null) return { numbers: [Number(slashed[1]), Number(slashed[2])], ...named };
  return inWords(rest, named);
}

/** "1-Dec", "1 Dec 2026", "01-Dec-26", "Dec 1", "December 1, 2026". */
function inWords(text: string, named: Pick<DayCell, "weekday">): DayCell | undefined {
  const form =
    /^(?:(\d{1,2})(?:st|nd|rd|th)?[-. /]?)?([a-z]{3,9})\.?(?:[-. /]?(\d{1,2})(?:st|nd|rd|th)?(?!\d))?(?:,?[-. /](\d{4}))?$/iu;
  const [, early, first, last, year] = form.exec(text) ?? [];
  const [, dayFirst, word, short] = /^(\d{1,2})[-. /]([a-z]{3,9})[-. /](\d{2})$/iu.exec(text) ?? [];
  const month = monthOf(word ?? first ?? "");
  if (month === undefined) return undefined;
  if (dayFirst !== undefined) return dated(`20${short}`, month, dayFirst, named);
  if ((early === undefined) === (last === undefined)) return undefined;
  const day = early ?? last!;
  return year === undefined ? withinYear(month, day, named) : dated(year, month, day, named);
}

function dated(
  year: string,
  month: number,
  day: string,
  named: Pick<DayCell, "weekday">,
): DayCell | undefined {
  const date = parseWall(`${year}-${String(month).padStart(2, "0")}-${day.padStart(2, "0")}`);
  return date === undefined ? undefined : { date, ...named };
}

function withinYear(
  month: number | undefined,
  day: string,
  named: Pick<DayCell, "weekday">,
): DayCell | undefined {
  const number = Number(day);
  if (number < 1 || number > 31 || (month !== undefined && (month < 1 || month > 12))) return undefined;
  return { ...(month === undefined ? {} : { month }), day: number, ...named };
}

/** The weekday before or after a day, in brackets or not. */
function withoutWeekday(text: string): { readonly rest: string; readonly weekday?: number } {
  const [, before, space, after] =
    /^(.*\d日?)(\s?)(\([^()]{1,9}\)|[月火水木金土日]曜?日?|[a-z]{3,9}\.?)$/iu.exec(text) ?? [];
  const last = after === undefined ? undefined : weekdayOf(after);
  // "1日" is the first day of a month, and "1 日" a Sunday.
  if (before !== undefined && last !== undefined && (after !== "日" || space !== ""))
    return { rest: before.trim(), weekday: last };
  // "1(祝)" and "1(火・祝)": a mark in brackets is no part of the day.
  const marked = /^(.*\d(?:日)?)\s?\(([^()]{1,9})\)$/u.exec(text);
  if (marked !== null) {
    const own = weekdayOf(marked[2]!.slice(0, 1));
    return { rest: marked[1]!.trim(), ...(own === undefined ? {} : { weekday: own }) };
  }
  const [, first, rest] = /^([a-z]{3,9}[.,]?|[月火水木金土日])\s?(\d.*)$/iu.exec(text) ?? [];
  const weekday = first === undefined ? undefined : weekdayOf(first);
  return weekday === undefined ? { rest: text } : { rest: rest!, weekday };
}
