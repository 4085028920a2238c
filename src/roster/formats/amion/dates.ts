import { serialDate } from "../../text/dates/day-cell.ts";
import { dateProblem, dateReader, exchangedOrder, type DateReader } from "../../text/dates/dates.ts";
import { quoted, type RosterProblem } from "../../text/problem.ts";
import type { RosterText } from "../../text/reader.ts";

/** The dates of one Amion report. */
export interface AmionDates {
  read(text: string): ReturnType<DateReader>;
  /** It is a date in form, whichever of its numbers is the day. */
  isOne(text: string): boolean;
  /** Why a date was not taken. */
  problem(text: string): Pick<RosterProblem, "message" | "todo" | "why">;
}

/** Amion writes the month first unless program.yaml says otherwise. */
const AMION = "M-D-YY";

/** As spreadsheets write a date that they took for one. */
const RESAVED = /^(\d{1,2})([/.])(\d{1,2})\2(?:\d{2}|\d{4})$/u;

/** A date in form, whatever its order. */
const ANY_ORDER = /^\d{1,2}([-/.])\d{1,2}\1(?:\d{2}|\d{4})$/u;

/** A day as a sheet of a workbook has it, whatever order its text had before Excel took it for one. */
const dayOfSheet = (text: string) =>
  /^\d{4}-\d{2}-\d{2}$/u.test(text) ? YEAR_FIRST(text) : serialDate(text);
const YEAR_FIRST = dateReader(undefined);

/**
 * Amion's own form is 3-29-26. A report that a spreadsheet saved again has its dates in the order of that machine:
 * 3/29/2026, or 29/03/2026 where a 3-4-26 became the 3rd of April. So they are read in a stated order, or as month
 * first where one of them shows it and none of Amion's own form is left over; else nobody can tell. So are the days of a
 * workbook: one past the 12th shows that 3-4-26 became the 4th of March in it.
 */
export function amionDates(
  cells: readonly string[],
  { dates: stated, isSheet }: Pick<RosterText, "dates" | "isSheet">,
): AmionDates {
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
  const exchanged = dateReader(exchangedOrder(order));
  // One 13-12-26 is a slip; where several are, and none shows the other order, nobody knows which one 3-4-26 has.
  const clear = cells.filter((cell) => (any(cell) === undefined) !== (exchanged(cell) === undefined));
  const odds = clear.filter((cell) => any(cell) === undefined);
  const odd = odds.length > 1 && odds.length === clear.length ? odds[0] : undefined;
  const inSheet = (text: string) => (isSheet === true ? dayOfSheet(text) : undefined);
  const dayIn = (cell: string) =>
    Number(RESAVED.exec(cell)?.[3] ?? new Date(inSheet(cell) ?? 0).getUTCDate());
  const isResaved = (text: string) => RESAVED.test(text) || inSheet(text) !== undefined;
  const showsMonthFirst = cells.some((cell) => dayIn(cell) > 12);
  const isMixed = cells.some((cell) => own(cell) !== undefined && !/^\d{4}/u.test(cell));
  const isSure = stated !== undefined || (showsMonthFirst && !isMixed);
  return {
    read: (text) =>
      odd === undefined && (isSure || !isResaved(text)) ? (any(text) ?? inSheet(text)) : undefined,
    isOne: (text) => any(text) !== undefined || isResaved(text) || ANY_ORDER.test(text),
    problem(text) {
      if (odd !== undefined && any(text) !== undefined) return otherOrder(text, odd, order);
      return inSheet(text) === undefined ? dateProblem(text, stated) : unclearDay(text);
    },
  };
}

/** The same order with other marks, and years of two and of four digits. */
const resaved = (order: string, mark: string): readonly string[] =>
  ["YY", "YYYY"].map((year) => order.replaceAll(/[-/. ]/gu, mark).replace(/Y+/u, year));

const otherOrder = (text: string, odd: string, order: string): ReturnType<AmionDates["problem"]> => ({
  message: `${quoted(text)} may have its day and month changed round: ${quoted(odd)} in this report cannot be ${order}`,
  todo: `state the order of all in program.yaml, such as \`dates: ${exchangedOrder(order)}\`; or mend that one`,
  why: { code: "ambiguous-date", text },
});

const unclearDay = (text: string): ReturnType<AmionDates["problem"]> => ({
  message: `${quoted(text)} may have its day and month changed round: Excel took the report's dates for days in the order of its machine`,
  todo: "check one with the report, and state `dates: M/D/YYYY` in program.yaml if they are right; else import the text into Excel anew",
  why: { code: "ambiguous-date", text },
});
