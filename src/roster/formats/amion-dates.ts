import { dateReader, type DateReader } from "../text/dates.ts";

/** The dates of one Amion report. */
export interface AmionDates {
  read(text: string): ReturnType<DateReader>;
  /** It is a date in form, whichever of its numbers is the day. */
  isOne(text: string): boolean;
  /** The order that program.yaml has. */
  readonly stated: string | undefined;
}

/** Amion writes the month first unless program.yaml says otherwise. */
const AMION = "M-D-YY";

/** As spreadsheets write a date that they took for one. */
const RESAVED = /^(\d{1,2})([/.])(\d{1,2})\2(?:\d{2}|\d{4})$/u;

/**
 * Amion's own form is 3-29-26. A report that a spreadsheet saved again has its dates in the order of that machine:
 * 3/29/2026, or 29/03/2026 where a 3-4-26 became the 3rd of April. So they are read in a stated order, or as month
 * first where one of them shows it and none of Amion's own form is left over; else nobody can tell.
 */
export function amionDates(cells: readonly string[], stated: string | undefined): AmionDates {
  const order = stated ?? AMION;
  const readers = [order, ...["-", "/", "."].flatMap((mark) => resaved(order, mark))].map(dateReader);
  const any: DateReader = (text) => {
    for (const read of readers) {
      const found = read(text);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const own = dateReader(AMION);
  const showsMonthFirst = cells.some((cell) => Number(RESAVED.exec(cell)?.[3] ?? 0) > 12);
  const isMixed = cells.some((cell) => own(cell) !== undefined && !/^\d{4}/u.test(cell));
  const isSure = stated !== undefined || (showsMonthFirst && !isMixed);
  return {
    stated,
    read: (text) => (isSure || !RESAVED.test(text) ? any(text) : undefined),
    isOne: (text) => any(text) !== undefined || RESAVED.test(text),
  };
}

/** The same order with other marks, and years of two and of four digits. */
const resaved = (order: string, mark: string): readonly string[] =>
  ["YY", "YYYY"].map((year) => order.replaceAll(/[-/. ]/gu, mark).replace(/Y+/u, year));
