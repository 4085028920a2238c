import { monthOf } from "./day-cell.ts";
import { parseWall, type Wall } from "./wall.ts";

/** What the lines above a table say about its time. */
export interface TitleMonths {
  /** The first of each month that is named, each once. */
  readonly months: readonly Wall[];
  /** From the first to the last day, "2026年11月16日～12月15日". */
  /** Months of no year, 1 to 12, "11月 勤務表", "November schedule". */
  readonly named: readonly number[];
  readonly period: { readonly from: Wall; readonly to: Wall } | undefined;
}

const PERIOD =
  /(\d{4})[年/.-]\s?(\d{1,2})[月/.-]\s?(\d{1,2})日?\s*(?:\([^)]*\))?\s*(?:[~〜–—-]|から|to)\s*(?:(\d{4})[年/.-]\s?)?(?:(\d{1,2})[月/.-]\s?)?(\d{1,2})日?/u;
const REIWA = /(?:令和|(?<![\p{L}\d])R)(\d{1,2}|元)年/gu;
const MONTHS = [
  /(?<year>\d{4})\s*年\s*(?<month>\d{1,2})\s*月(?!\s*\d{1,2}\s*日)/gu,
  /(?<![\d/.-])(?<year>\d{4})\s*[/.-]\s*(?<month>\d{1,2})(?![\d/.-])/gu,
  /(?<![\d/.-])(?<month>\d{1,2})\/(?<year>\d{4})(?![\d/.-])/gu,
  /(?<month>\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?),?\s+(?<year>\d{4})(?!\d)/giu,
];

/** A whole date in a title is when it was printed, and no month of the table; a period is. */
export function titleMonths(title: string): TitleMonths {
  const text = title
    .normalize("NFKC")
    .replaceAll(REIWA, (_, year: string) => `${2018 + (year === "元" ? 1 : Number(year))}年`);
  const period = periodIn(text);
  const found = MONTHS.flatMap((form) => [...text.replace(PERIOD, " ").matchAll(form)]).flatMap((match) => {
    const { year, month = "" } = match.groups!;
    const number = /^\d/u.test(month) ? Number(month) : monthOf(month);
    return firstOf(Number(year), number ?? 0) ?? [];
  });
  const rest = MONTHS.reduce((left, form) => left.replaceAll(form, " "), text.replace(PERIOD, " "));
  const named = [...rest.matchAll(BARE)].map(({ groups }) =>
    Number(groups!["number"] ?? monthOf(groups!["word"]!)),
  );
  return { months: [...new Set(found)], named: named.filter((month) => month >= 1 && month <= 12), period };
}

/** A month without its year, and no part of a date: "11月", "November". May is a verb, too, but for a line's first word. */
const BARE =
  /(?<![\d年/.-])(?<number>\d{1,2})月(?!\s*\d|[末初中曜日以]|から|まで|より|の希望)|(?<![\p{L}\d])(?<!\d(?:st|nd|rd|th)?[\s-])(?<word>(?<=^\s*)may(?!\s+(?:be|not|have|change|contain)\b)|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|june?|july?|aug(?:ust)?|sep(?:t|tember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?!\p{L}|\.?,?[\s-]*\d)/gimu;

function periodIn(text: string): TitleMonths["period"] {
  const [, year, month, day, lastYear, lastMonth, lastDay] = PERIOD.exec(text) ?? [];
  if (year === undefined) return undefined;
  const from = dateOf(year, month!, day!);
  const ownMonth = lastMonth ?? month!;
  const isNext = lastYear === undefined && Number(ownMonth) < Number(month);
  const to = dateOf(lastYear ?? String(Number(year) + (isNext ? 1 : 0)), ownMonth, lastDay!);
  return from === undefined || to === undefined || to < from ? undefined : { from, to };
}

const dateOf = (year: string, month: string, day: string): Wall | undefined =>
  parseWall(`${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`);

const firstOf = (year: number, month: number): Wall | undefined => dateOf(String(year), String(month), "1");
