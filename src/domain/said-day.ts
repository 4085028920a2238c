import { Temporal } from "temporal-polyfill";
import { DAYS_A_WEEK, dateText, dayNumber, mondayOf, weekOf, type DayNumber } from "./time.ts";

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
export const MONTH_NAME = String.raw`(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?`;
export const WEEKDAY_NAME = String.raw`(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?`;

type Part = "year" | "month" | "day";

/** Each way to write a day, as year (may be missing), month, day. */
const DATES: readonly { readonly pattern: RegExp; readonly order: readonly Part[] }[] = [
  { pattern: /^(\d{4})[-/.年] ?(\d{1,2})[-/.月] ?(\d{1,2})日?$/, order: ["year", "month", "day"] },
  { pattern: /^令和(\d{1,2})年(\d{1,2})月(\d{1,2})日$/, order: ["year", "month", "day"] },
  { pattern: /^(\d{1,2})月 ?(\d{1,2})日$/, order: ["month", "day"] },
  { pattern: /^(\d{1,2})\. ?(\d{1,2})(?:\. ?(\d{4})|\.)?$/, order: ["day", "month", "year"] },
  {
    pattern: new RegExp(String.raw`^(?:the )?(\d{1,2})(?:st|nd|rd|th)? (?:of )?(${MONTH_NAME}),? ?(\d{4})?$`),
    order: ["day", "month", "year"],
  },
  {
    pattern: new RegExp(String.raw`^(${MONTH_NAME}) (?:the )?(\d{1,2})(?:st|nd|rd|th)?,? ?(\d{4})?$`),
    order: ["month", "day", "year"],
  },
];

/** 1/8 is 8 January in Japan and in the United States, and 1 August in most of Europe. */
const SLASHED = /^(\d{1,2})\/(\d{1,2})(?:\/(\d{4}))?$/;

const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const JAPANESE_WEEKDAYS = "月火水木金土日";
const WEEKDAY = new RegExp(
  String.raw`^(next |this |来週の? ?|今週の? ?)?(?:(${WEEKDAY_NAME})|([${JAPANESE_WEEKDAYS}])曜日?)$`,
);

const LENGTH =
  /^(?:for )?(?:the next )?(\d{1,3}|an?|one|two|three|[一二三四五六七八九十]) ?(days?|weeks?|months?|日間?|週間?|[かヶケカ]月間?)$/;
const COUNTS: Readonly<Record<string, number>> = { a: 1, an: 1, one: 1, two: 2, three: 3 };
const KANJI_DIGITS = "一二三四五六七八九十";

/**
 * The day that somebody named, in English or Japanese; undefined when they named none that exists, or one that can
 * be read in two ways.
 *
 * @param said lower case, with single spaces, without "until" and まで
 * @param today the program's local day
 * @param isJapanese a month stands before its day there, always
 */
export function dayFrom(said: string, today: DayNumber, isJapanese: boolean): DayNumber | undefined {
  const monday = mondayOf(weekOf(today));
  if (/^(?:today|今日|本日)(?:だけ|一日)?$/.test(said)) return today + 1;
  if (/^(?:tomorrow|明日|あした)$/.test(said)) return today + 1;
  if (/^(?:the day after tomorrow|明後日|あさって)$/.test(said)) return today + 2;
  if (/^(?:(?:the end of )?(?:the|this) week|next week|来週|今週(?:いっぱい|末)?)$/.test(said))
    return monday + DAYS_A_WEEK;
  if (/^(?:(?:the )?end of (?:the|this) month|next month|来月|今月(?:いっぱい|末)?|月末)$/.test(said))
    return firstOfNextMonth(today);
  return lengthFrom(said, today) ?? weekdayFrom(said, today, monday) ?? dateFrom(said, today, isJapanese);
}

function lengthFrom(said: string, today: DayNumber): DayNumber | undefined {
  const match = LENGTH.exec(said);
  if (match === null) return undefined;
  const [, written = "", unit = ""] = match;
  const kanji = KANJI_DIGITS.indexOf(written);
  const count = COUNTS[written] ?? (kanji === -1 ? Number(written) : kanji + 1);
  if (/^(?:month|.月)/.test(unit))
    return dayNumber(Temporal.PlainDate.from(dateText(today)).add({ months: count }).toString());
  return today + count * (/^(?:week|週)/.test(unit) ? DAYS_A_WEEK : 1);
}

/** A weekday is the next one of its name, or the one in the week that begins next Monday. */
function weekdayFrom(said: string, today: DayNumber, monday: DayNumber): DayNumber | undefined {
  const match = WEEKDAY.exec(said);
  if (match === null) return undefined;
  const [, week = "", english, japanese] = match;
  const index =
    english === undefined ? JAPANESE_WEEKDAYS.indexOf(japanese!) : WEEKDAYS.indexOf(english.slice(0, 3));
  if (/^(?:next|来週)/.test(week)) return monday + DAYS_A_WEEK + index;
  const day = monday + index;
  return day > today ? day : day + DAYS_A_WEEK;
}

function dateFrom(said: string, today: DayNumber, isJapanese: boolean): DayNumber | undefined {
  const slashed = SLASHED.exec(said);
  if (slashed !== null) {
    const [first, second] = [Number(slashed[1]), Number(slashed[2])];
    const monthFirst = dayOn(slashed[3], first, second, today);
    const dayFirst = isJapanese ? undefined : dayOn(slashed[3], second, first, today);
    return monthFirst !== undefined && dayFirst !== undefined && monthFirst !== dayFirst
      ? undefined
      : (monthFirst ?? dayFirst);
  }
  for (const { pattern, order } of DATES) {
    const match = pattern.exec(said);
    if (match === null) continue;
    const part = (name: Part) => (order.includes(name) ? match[1 + order.indexOf(name)] : undefined);
    const written = part("month")!;
    const month = /^\d/.test(written) ? Number(written) : MONTHS.indexOf(written.slice(0, 3)) + 1;
    const year = part("year");
    return dayOn(
      said.startsWith("令和") ? String(2018 + Number(year)) : year,
      month,
      Number(part("day")),
      today,
    );
  }
  return undefined;
}

/** The days that a date in this text may mean where it can be read in two ways: 1/12 is 12 January, or 1 December. */
export function daysMeant(text: string, today: DayNumber): readonly DayNumber[] {
  const slashed = /(?<!\d)(\d{1,2})\/(\d{1,2})(?:\/(\d{4}))?(?!\d)/.exec(text.normalize("NFKC"));
  if (slashed === null) return [];
  const [first, second, year] = [Number(slashed[1]), Number(slashed[2]), slashed[3]];
  const days = [comingDay(year, first, second, today), comingDay(year, second, first, today)];
  return [...new Set(days.flatMap((day) => (day === undefined || day <= today ? [] : [day])))].toSorted(
    (a, b) => a - b,
  );
}

/** "8日まで": the next day of the month with that number. */
export function dayOfMonth(day: number, today: DayNumber): DayNumber | undefined {
  const [year, month] = [Number(dateText(today).slice(0, 4)), Number(dateText(today).slice(5, 7))];
  const found = existing(year, month, day);
  if (found !== undefined && found > today) return found;
  return month === 12 ? existing(year + 1, 1, day) : existing(year, month + 1, day);
}

const firstOfNextMonth = (today: DayNumber): DayNumber | undefined =>
  dayNumber(Temporal.PlainDate.from(dateText(today)).with({ day: 1 }).add({ months: 1 }).toString());

/** Days for which a day of no year counts as passed. Nobody rests for most of a year, and its date is shown without the year. */
const LATELY = 90;

/** A day without a year is the next one of that name; or today, or one that has passed lately: it is not taken for next year's. */
function dayOn(
  year: string | undefined,
  month: number,
  day: number,
  today: DayNumber,
): DayNumber | undefined {
  return comingDay(year, month, day, year === undefined ? today - LATELY : today);
}

/** The next day of that name after this one; with its year, the one that is named. */
function comingDay(
  year: string | undefined,
  month: number,
  day: number,
  after: DayNumber,
): DayNumber | undefined {
  if (year !== undefined) return existing(Number(year), month, day);
  const named = Number(dateText(after).slice(0, 4));
  return [named, named + 1].flatMap((one) => existing(one, month, day) ?? []).find((one) => one > after);
}

/** A date that does not exist, like 31 April, is not guessed at. */
function existing(year: number, month: number, day: number): DayNumber | undefined {
  const written = [year, String(month).padStart(2, "0"), String(day).padStart(2, "0")].join("-");
  const found = dayNumber(written);
  return Number.isNaN(found) || dateText(found) !== written ? undefined : found;
}
