import { dayCell } from "../../text/dates/day-cell.ts";
import { dateReader } from "../../text/dates/dates.ts";
import { columnsOf, type Row } from "../grid/days.ts";

/** A table with a day in each line, cut from what stands around it. */
export interface DaysDown {
  readonly above: readonly Row[];
  /** Columns as rows: its headings first, then what stands there on each day. */
  readonly columns: readonly Row[];
  /** So many lines of headings. */
  readonly heads: number;
  /** Lines between and below the days that have no day of their own. */
  readonly beside: readonly Row[];
  /** The days, and headings that stand there once more, as they are written. */
  readonly header: Row;
}

/** What a column of days is called. */
const DATE = /^(?:日付?|月日|年月日|期日|日にち|days?|dates?)\.?$/iu;
const NUMBERS = /^(?:no|№|nr|番号|#)\.?$/iu;
/** So many days are a table. */
const SEVERAL = 2;

/** Cuts a table with a day in each line out of a sheet. @param isSomebody a heading that names somebody is none */
export function daysDown(
  given: readonly Row[],
  dates: string | undefined,
  isSomebody: (row: Row) => boolean,
): DaysDown | undefined {
  const read = dateReader(dates);
  const isDay = (text: string | undefined) =>
    text !== undefined && text !== "" && dayCell(text, read) !== undefined;
  const place = dayColumn(given, isDay);
  if (place === undefined) return undefined;
  const rows = unfolded(given, place);
  const { head, at } = place;
  const first = rows.findIndex((row, index) => index > head && isDay(row[at]?.text));
  const isHead = (row: Row) => !isSomebody(row) && isHeading(row[at]?.text ?? "");
  const heads = rows.slice(head, first).filter((row, index) => index === 0 || isHead(row));
  const later = sameDays(
    rows.slice(head + 1).filter((row) => !heads.includes(row)),
    at,
    isDay,
  );
  const body = later.filter((row) => isDay(row[at]?.text));
  const beside = later.filter((row) => !isDay(row[at]?.text));
  const columns = columnsOf([...heads, ...body]);
  const written = rows.slice(head).filter((row) => heads.includes(row) || isDay(row[at]?.text));
  const header = [...written.flatMap((row) => row[at] ?? []), ...repeated(given[head]!, rows[head]!)];
  return { above: rows.slice(0, head), columns, heads: heads.length, beside, header };
}

const plain = (text: string): string => text.normalize("NFKC").replaceAll(/\s+/gu, "");
const isHeading = (text: string): boolean => text === "" || DATE.test(plain(text));
const filled = (row: Row): number => row.filter(({ text }) => text !== "").length;

/** The line of headings, and the column below it that has the days: the one that is called so, else the first with days. */
function dayColumn(rows: readonly Row[], isDay: (text: string | undefined) => boolean) {
  const daysBelow = (head: number, at: number) =>
    rows.slice(head + 1).filter((row) => isDay(row[at]?.text)).length;
  for (const [head, row] of rows.entries()) {
    const at = row.findIndex(({ text }) => DATE.test(plain(text)));
    if (at !== -1 && filled(row) > 1 && daysBelow(head, at) >= SEVERAL) return { head, at };
  }
  const head = rows.findIndex(
    (row, index) => filled(row) > 1 && row.some((_, at) => isDay(rows[index + 1]?.[at]?.text)),
  );
  if (head === -1) return undefined;
  const at = rows[head + 1]!.findIndex(
    ({ text }, column) => isDay(text) && !NUMBERS.test(plain(rows[head]![column]?.text ?? "")),
  );
  return at === -1 || daysBelow(head, at) < SEVERAL ? undefined : { head, at };
}

/** Two blocks beside each other under the same headings (1 to 15 at the left, 16 to 31 at the right) are one below the other. */
function unfolded(
  rows: readonly Row[],
  { head, at }: { readonly head: number; readonly at: number },
): readonly Row[] {
  const row = rows[head]!;
  const called = plain(row[at]!.text);
  const starts = row.flatMap(({ text }, place) => (text !== "" && plain(text) === called ? [place] : []));
  const blocks = starts.map((from, index) => ({ from, to: starts[index + 1] ?? row.length }));
  const headings = blocks.map(({ from, to }) =>
    row
      .slice(from, to)
      .map(({ text }) => plain(text))
      .join("\n")
      .trimEnd(),
  );
  if (blocks.length < 2 || new Set(headings).size > 1) return rows;
  const cut = (one: Row, { from, to }: (typeof blocks)[number], index: number): Row => [
    ...one.slice(0, at).map((cell) => (index === 0 ? cell : { ...cell, text: "" })),
    ...one.slice(from, to),
  ];
  const body = blocks.flatMap((block, index) => rows.slice(head + 1).map((one) => cut(one, block, index)));
  return [...rows.slice(0, head), cut(row, blocks[0]!, 0), ...body];
}

/** The headings of further blocks. */
const repeated = (given: Row, own: Row): Row => given.filter((cell) => !own.includes(cell));

/** Lines without a day are the day's above only where each day has as many of them. */
function sameDays(
  rows: readonly Row[],
  at: number,
  isDay: (text: string | undefined) => boolean,
): readonly Row[] {
  const counts: number[] = [];
  for (const row of rows) {
    if (isDay(row[at]?.text)) counts.push(0);
    else if (isContinued(row, at) && counts.length > 0) counts[counts.length - 1]! += 1;
  }
  const isEven = counts.length > 1 && counts[0]! > 0 && new Set(counts).size === 1;
  let day = "";
  return rows
    .filter((row) => filled(row) > 0)
    .map((row) => {
      const own = row[at]?.text ?? "";
      if (isDay(own)) day = own;
      return isEven && day !== "" && isContinued(row, at) ? row.with(at, { ...row[at]!, text: day }) : row;
    });
}

const isContinued = (row: Row, at: number): boolean => row[at]?.text === "" && filled(row) > 0;
