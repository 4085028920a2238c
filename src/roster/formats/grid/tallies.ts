import type { DayRow, Row } from "./days.ts";

/** How many are on duty, or should be: numbers of people, which are neither days nor codes. */
const TALLY =
  /人数|人員|必要|定員|定数|過不足|充足|配置|数$|\b(?:counts?|head\s?counts?|staffing|needed|required|requirements?|coverage|minimum|maximum|min\.? staff|quota|fte|shortage)\b/iu;
const NUMBER = /^[-+−±△▲]?\d{1,3}(?:\.\d+)?[人名]?$/u;

/**
 * A row of numbers with a heading before them that counts people, or that is a duty's code: "必要人数,2,2", "D,3,2".
 *
 * @param isCode tells the codes of duties; the heading of the days may be one, too (日)
 */
export function isTally(row: Row, isCode: (text: string) => boolean = () => false): boolean {
  const cells = row.filter(({ text }) => text !== "").map(({ text }) => text.normalize("NFKC"));
  const first = cells.findIndex((text) => NUMBER.test(text));
  return (
    first > 0 &&
    cells.slice(first).every((text) => NUMBER.test(text)) &&
    cells.slice(0, first).some((text) => TALLY.test(text) || isCode(text))
  );
}

/** Rows of numbers below one of days that is as full, and that are no days themselves. */
export function withoutCounts(rows: readonly DayRow[]): readonly DayRow[] {
  const isCount = (one: DayRow) => areCounts(one) || isTally(one.row);
  const isUnder = (row: DayRow, at: number) =>
    rows.slice(0, at).some((above) => !isCount(above) && above.days.length + TOTALS >= row.days.length);
  return rows.filter((row, at) => !isCount(row) || !isUnder(row, at));
}

/** So many numbers behind the days may be totals. */
const TOTALS = 2;
/** Days of the shortest month: the 1st follows none before. */
const SHORTEST = 28;

/** Numbers that go up and down, or stay as they are, are no days of a month: each stands once there, or as often as the others. */
function areCounts({ days }: DayRow): boolean {
  const numbers = days.map(({ day }) => (isBare(day) ? day.day! : Number.NaN));
  if (numbers.some(Number.isNaN)) return false;
  const falls = numbers.some(
    (day, at) => at > 0 && day < numbers[at - 1]! && (day > 1 || numbers[at - 1]! < SHORTEST),
  );
  const runs = numbers.reduce<number[]>((lengths, day, at) => {
    if (at > 0 && day === numbers[at - 1]) lengths[lengths.length - 1]! += 1;
    else lengths.push(1);
    return lengths;
  }, []);
  return falls || runs.length === 1 || new Set(runs).size > 1;
}

const isBare = ({ day, month, weekday }: DayRow["days"][number]["day"]): boolean =>
  day !== undefined && month === undefined && weekday === undefined;
