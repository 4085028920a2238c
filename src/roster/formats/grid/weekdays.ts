import { serialDate, weekdayOf } from "../../text/dates/day-cell.ts";
import { dateText, wrongWeekday, type Cell, type Fault, type HeaderDay, type Row } from "./days.ts";

/** What a row of weeks, weekdays or periods begins with. */
export const WEEKS =
  /^(?:週|第?\d*週|weeks?|wk|period|block|期|期間|曜日?|days?|weekdays?|日付|日|dates?|祝日?)\.?$/iu;

/** What a row of totals begins with. */
export const SUM = /^(?:(?:grand |sub)?totals?\b|合計|小計|総計|計$)/iu;

/** Weekdays that stand in a row of their own must be those of the days. */
export function weekdayFault(rows: readonly Row[], days: readonly HeaderDay[]): Fault | undefined {
  for (const row of rows) {
    if (!isWeekdayRow(row, days)) continue;
    const wrong = under(row, days).find(({ cell, day }) => {
      const named = weekdayOf(cell.text);
      const own = new Date(day).getUTCDay();
      return named === undefined ? LETTERS[plain(cell.text)]?.includes(own) === false : named !== own;
    });
    if (wrong !== undefined) return wrongWeekday(wrong.cell, wrong.day);
  }
  return undefined;
}

/** A row of weekdays under or above the days; 日 alone is also a duty, and holidays (祝) may stand among them. */
export function isWeekdayRow(row: Row, days: readonly HeaderDay[]): boolean {
  const own = under(row, days).map(({ cell }) => cell.text);
  const names = row.slice(0, days[0]!.at).filter(({ text }) => text !== "");
  const hasName = names.some(({ text }) => !WEEKS.test(text.normalize("NFKC")));
  if (!hasName && areLetters(under(row, days))) return true;
  if (!own.every((text) => weekdayOf(text) !== undefined || /^[(（]?祝/u.test(text))) return false;
  const named = own.filter((text) => weekdayOf(text) !== undefined);
  const different = new Set(named.map(plain)).size;
  // Somebody's second row may be 日 alone, a day shift on each of a few days.
  return hasName ? different > 3 : different > 1 && named.length * 2 > days.length;
}

/** The days once more: a sheet has weekdays as the same dates in another format (aaa), which come as 46357. */
export function saysDaysAgain(row: Row, days: readonly HeaderDay[]): boolean {
  const own = under(row, days);
  return (
    own.length > 1 &&
    row.slice(0, days[0]!.at).every(({ text }) => text === "") &&
    own.every(({ cell: { text }, day }) => text === dateText(day) || serialDate(text) === day)
  );
}

/** M T W T F S S, with R for Thursday and U for Sunday where they are told apart. */
const LETTERS: Readonly<Record<string, readonly number[]>> = {
  m: [1],
  t: [2, 4],
  w: [3],
  r: [4],
  f: [5],
  s: [6, 0],
  u: [0],
};

/** So many letters in a row are no codes of duty. */
const SEVERAL = 5;

/** Single letters that are the weekdays of these days, or of as many others in a row. */
function areLetters(cells: ReturnType<typeof under>): boolean {
  if (cells.length < SEVERAL || cells.some(({ cell }) => LETTERS[plain(cell.text)] === undefined))
    return false;
  return [0, 1, 2, 3, 4, 5, 6].some((later) =>
    cells.every(({ cell, day }) =>
      LETTERS[plain(cell.text)]!.includes((new Date(day).getUTCDay() + later) % 7),
    ),
  );
}

const plain = (text: string): string => text.normalize("NFKC").trim().toLowerCase();

const under = (row: Row, days: readonly HeaderDay[]): readonly { cell: Cell; day: HeaderDay["day"] }[] =>
  days.flatMap(({ at, day }) => {
    const cell = row[at];
    return cell === undefined || cell.text === "" ? [] : [{ cell, day }];
  });
