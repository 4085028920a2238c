import { titleMonths, type TitleMonths } from "../../text/dates/title-months.ts";
import { dateReader } from "../../text/dates/dates.ts";
import type { RosterText } from "../../text/reader.ts";
import { parseWall, type Wall } from "../../text/dates/wall.ts";
import { dateText, dayRow, headerDays, type DayRow, type Fault, type HeaderDay, type Row } from "./days.ts";
import { withoutCounts } from "./tallies.ts";
import { SUM, weekdayFault, WEEKS } from "./weekdays.ts";

/** Where a table's days stand, and what is around them. */
export interface MatrixHeader {
  readonly row: Row;
  readonly days: readonly HeaderDay[];
  readonly above: readonly Row[];
  readonly below: readonly Row[];
  /** Further rows that begin another table. */
  readonly others: ReadonlySet<Row>;
}

/** So many days are a header; of fewer, only whole ones. */
const SEVERAL = 2;

/**
 * Of the rows that could be the header the fullest is it; two that are as full and say different days are a doubt.
 *
 * @param isSomebody a row that names somebody is no header, whatever numbers its codes are
 */
export function headerOf(
  rows: readonly Row[],
  source: RosterText,
  isSomebody: (row: Row) => boolean,
): MatrixHeader | Fault {
  const dates = dateReader(source.dates);
  const candidates = rows
    .filter((row) => !isSomebody(row) && !startsWith(row, SUM))
    .map((row) => dayRow(row, dates))
    .filter(({ days }) => days.length >= SEVERAL);
  const fits = withoutCounts(candidates);
  const titleOf = ({ row }: DayRow) =>
    titleMonths(`${sheetTitle(source)}\n${textOf(rows.slice(0, rows.indexOf(row)))}`);
  const read = fits.map((one) => {
    const month = monthFor(one, source, titleOf(one));
    return {
      one,
      days: isFault(month) ? month : headerDays(one, { month, dayFirst: dayFirstOf(source.dates) }),
    };
  });
  const clear = read.flatMap(({ one, days }) => (isFault(days) ? [] : [{ one, days }]));
  const fullest = <Fit extends { readonly one: DayRow }>(some: readonly Fit[]): readonly Fit[] => {
    const most = Math.max(0, ...some.map(({ one }) => one.days.length));
    return some.filter(({ one }) => one.days.length === most);
  };
  const [first] = fullest(read);
  if (first === undefined) return noHeader;
  const [best, ...rivals] = fullest(clear);
  // A fuller row whose days cannot be read is the header all the same.
  if (best === undefined || best.one.days.length < first.one.days.length) return first.days as Fault;
  const rival = rivals.find(({ days }) => String(days.map(keyOf)) !== String(best.days.map(keyOf)));
  if (rival !== undefined) return twoHeaders(best.one.row, rival.one.row);

  const at = rows.indexOf(best.one.row);
  const below = rows.slice(at + 1);
  const contradiction = titleFault(best.days, source, titleOf(best.one)) ?? weekdayFault(rows, best.days);
  if (contradiction !== undefined) return contradiction;
  const others = read
    .filter(({ one }) => one.row !== best.one.row && one.days.length * 2 >= best.days.length)
    .filter(({ one }) => !startsWith(one.row, WEEKS))
    .filter(({ days }) => isFault(days) || String(days.map(keyOf)) !== String(best.days.map(keyOf)));
  return {
    row: best.one.row,
    days: best.days,
    above: rows.slice(0, at),
    below,
    others: new Set(others.map(({ one }) => one.row)),
  };
}

const startsWith = (row: Row, what: RegExp): boolean =>
  what.test(row.find(({ text }) => text !== "")?.text.normalize("NFKC") ?? "");

export const isFault = (found: unknown): found is Fault =>
  typeof found === "object" && found !== null && "todo" in found;

const keyOf = ({ at, day }: HeaderDay): string => `${at} ${day}`;

const textOf = (rows: readonly Row[]): string =>
  rows.map((row) => row.map(({ text }) => text).join(" ")).join("\n");

/** The name of a sheet counts like a line above its table where it names one month; "Nov 2026 - Jan 2027" says less than the table. */
function sheetTitle({ sheetName = "" }: RosterText): string {
  const { months, named, period } = titleMonths(sheetName);
  return months.length + named.length === 1 && period === undefined ? sheetName : "";
}

/** Whether the stated order has the day before the month. */
const dayFirstOf = (dates: string | undefined): boolean | undefined =>
  dates === undefined ? undefined : dates.indexOf("D") < dates.indexOf("M");

/** The month that the header begins in; undefined when its days carry their own. */
function monthFor({ row, days }: DayRow, source: RosterText, title: TitleMonths): Wall | undefined | Fault {
  const { months, period } = title;
  const stated = source.month === undefined ? undefined : parseWall(`${source.month}-01`);
  if (stated !== undefined) return stated;
  if (period !== undefined) return parseWall(`${dateText(period.from).slice(0, 7)}-01`);
  const isOpen = !hasMonths(days) && (goesOn(days) || rivalsOf(title).length > 0);
  if (months.length === 1) return isOpen ? unclearMonth(row) : months[0];
  if (days.every(({ day }) => day.date !== undefined)) return undefined;
  return months.length > 1 ? unclearMonth(row) : noMonth(row);
}

/** Months without a year beside one with its year: in "1月勤務表（2026年12月作成）" either may be the table's. */
const rivalsOf = ({ months, named }: TitleMonths): readonly number[] =>
  months.length === 0
    ? []
    : named.filter((month) => !months.some((one) => new Date(one).getUTCMonth() + 1 === month));

const hasMonths = (days: DayRow["days"]): boolean =>
  days.every(({ day }) => day.date !== undefined || day.month !== undefined || day.numbers !== undefined);

/** From a month into the next one: a title with one month may mean either ("12月度" from the 16th of November). */
const goesOn = (days: DayRow["days"]): boolean =>
  days.some(({ day }, index) => index > 0 && (day.day ?? 0) < (days[index - 1]!.day.day ?? 0));

/** What the title and program.yaml say must be what the header says. */
function titleFault(
  days: readonly HeaderDay[],
  { month }: RosterText,
  title: TitleMonths,
): Fault | undefined {
  const { months, named, period } = title;
  const inHeader = new Set(days.map(({ day }) => dateText(day).slice(0, 7)));
  if (month !== undefined && !inHeader.has(month))
    return anotherMonth(`the header says ${[...inHeader][0]}`, month);
  const whole = months.map((one) => dateText(one).slice(0, 7));
  const numbers = new Set([...inHeader].map((one) => Number(one.slice(-2))));
  const bare = named.length > 0 && !named.some((one) => numbers.has(one)) ? named : [];
  const says = whole.length > 0 ? whole : bare.map((one) => `month ${one}`);
  const isOfRival = rivalsOf(title).some((one) => numbers.has(one));
  if (says.length > 0 && !isOfRival && !whole.some((one) => inHeader.has(one)))
    return anotherMonth(
      `the file says ${says.join(" and ")}`,
      month ?? [...inHeader][0]!,
      month === undefined,
    );
  const [first, last] = [days[0]!.day, days.at(-1)!.day];
  if (period !== undefined && (first < period.from || last > period.to))
    return anotherMonth(
      `the file says ${dateText(period.from)} to ${dateText(period.to)}`,
      month ?? `${dateText(first)} to ${dateText(last)}`,
      month === undefined,
    );
  return undefined;
}

const anotherMonth = (says: string, other: string, isHeader = false): Fault => ({
  message: `${says}, and ${isHeader ? "its header" : "program.yaml"} says ${other}`,
  todo: isHeader
    ? "mend the title or the days of the header"
    : "mend `month:` in program.yaml, or give it the file of that month",
  why: { code: "no-month" },
});

const placeOf = (row: Row) => ({ line: row[0]!.line });

const noMonth = (row: Row): Fault => ({
  ...placeOf(row),
  message: "the header has days but nothing says of which month",
  why: { code: "no-month" },
  todo: "write `month: 2026-12` in program.yaml, or 2026年12月 in a line above",
});

const unclearMonth = (row: Row): Fault => ({
  ...placeOf(row),
  message: "the lines above, with the name of the sheet, name more than one month, or one for days of two",
  why: { code: "no-month" },
  todo: "write `month:` in program.yaml, the month of the first day",
});

const twoHeaders = (one: Row, other: Row): Fault => ({
  ...placeOf(other),
  message: `lines ${one[0]!.line} and ${other[0]!.line} could both be the days of the table`,
  todo: "put each table into a file of its own",
  why: { code: "two-tables", text: String(one[0]!.line) },
});

const noHeader: Fault = {
  message: "no line has the days of a month, from left to right",
  why: { code: "not-a-roster" },
  todo: "write a header such as name,2026-12-01,2026-12-02 or 氏名,1,2,3 with `month: 2026-12`",
};
