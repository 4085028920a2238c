import { DAY } from "#src/domain/time.ts";
import { monthOf } from "./day-cell.ts";
import { wall, type Wall } from "./wall.ts";

/*
 * The days that a note speaks of: "swapped 12/2", "2日は鈴木と交代", "vacation 12/3-12/4". A note is free text, so a day counts only
 * where everything in it that could be a day is one of those that are known, and no word leaves an end open.
 */

const WEEKDAY = String.raw`(?:\s*[(（][月火水木金土日](?:曜日?)?[)）]|\s*\((?:mon|tue|wed|thu|fri|sat|sun)\p{L}*\.?\))?`;
const MONTH = String.raw`(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?`;

/** Each way to write a day, with the names of its numbers. */
const DAYS = new RegExp(
  [
    String.raw`(?<!\d)(?<y1>\d{4})\s*[-/.年]\s*(?<m1>\d{1,2})\s*[-/.月]\s*(?<d1>\d{1,2})(?!\d)日?`,
    String.raw`(?<!\d)(?<m2>\d{1,2})月(?<d2>\d{1,2})(?!\d)日?`,
    String.raw`(?<![\d/])(?<a>\d{1,2})\/(?<b>\d{1,2})(?:\/(?<y3>\d{4}|\d{2}))?(?![\d/])`,
    String.raw`(?<!\p{L})(?<n4>${MONTH})\s*(?<d4>\d{1,2})(?:st|nd|rd|th)?(?![\d\p{L}])`,
    String.raw`(?<!\d)(?<d5>\d{1,2})(?:st|nd|rd|th)?[\s-]*(?<n5>${MONTH})(?!\p{L})`,
    // "週3日" and "残り10日" are numbers of days.
    String.raw`(?<![\d週計]|残[り数]?)(?<d6>\d{1,2})日(?!間)`,
    String.raw`(?<!\d)(?<d7>\d{1,2})(?:st|nd|rd|th)(?!\p{L}|[\s-]+(?:years?|yr|call|half|floor|line|shift)(?!\p{L}))`,
  ]
    .map((one) => one + WEEKDAY)
    .join("|"),
  "giu",
);

/** Hours say nothing of which day it is: "12/2 until 17:00", 「2日は17時まで」. */
const HOURS =
  /(?:(?:until|till?|from|after|before|at|by)\s+)?(?<![\d/])(?:\d{1,2}:\d{2}(?:\s*[ap]\.?m\.?)?|\d{1,2}\s*[ap]\.?m\.?(?!\p{L})|\d{1,2}時(?:\d{1,2}分|半)?)(?:まで|から|以降|より)?/giu;

/** Of these it is not sure which days they leave out, or take in. */
const OPEN =
  /(?<!\p{L})(?:until|till?|since|after|before|by|from|starting|starts?|onwards?|every|each|all|except|not on|then|week\p{L}*|month\p{L}*|mon|tue|wed|thu|fri|sat|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|and on)(?!\p{L})|まで|から|以降|以前|以外|より|毎|隔|全|曜|ずっと|上旬|中旬|下旬|前後|週/iu;

/** One day that was found stands between these. */
const [OPENS, CLOSES] = ["\u{E000}", "\u{E001}"];
const RANGE = new RegExp(
  `(?:from\\s+)?${OPENS}(\\d+)${CLOSES}\\s*(?:[-–—~〜]|to|thru|through|から)\\s*${OPENS}(\\d+)${CLOSES}(?:まで)?`,
  "giu",
);

/** Which of the days that are known a note speaks of. */
export interface SaidDays {
  readonly days: readonly Wall[];
  /** It means these, and no others. */
  readonly isSure: boolean;
}

/**
 * The days of `known` that a note speaks of.
 *
 * @param dayFirst whether 3/12 is the 3rd of December; undefined where nothing says it
 */
export function saidDays(text: string, known: readonly Wall[], dayFirst: boolean | undefined): SaidDays {
  const found: (Wall | undefined)[] = [];
  const marked = spelledOut(text).replaceAll(DAYS, (...match) => {
    const own = fitting(match.at(-1) as Parts, known, dayFirst);
    found.push(own.length === 1 ? own[0] : undefined);
    return `${OPENS}${found.length - 1}${CLOSES}`;
  });
  const days = new Set(found.filter((day) => day !== undefined));
  let isSure = days.size > 0 && !found.includes(undefined);
  const rest = marked
    .replaceAll(RANGE, (_, from: string, to: string) => {
      const [first, last] = [found[Number(from)], found[Number(to)]];
      if (first === undefined || last === undefined) return " ";
      isSure &&= first <= last;
      for (let day = first; day <= last; day = wall(day + DAY)) days.add(day);
      return " ";
    })
    .replaceAll(ONE_DAY, " ");
  return { days: [...days], isSure: isSure && !OPEN.test(rest) && !/\d/u.test(rest) };
}

const ONE_DAY = new RegExp(`${OPENS}\\d+${CLOSES}`, "gu");

/** "2、3日" is two days, "12/3-4" are days of one month. */
const spelledOut = (text: string): string =>
  text
    .normalize("NFKC")
    .replaceAll(HOURS, " ")
    .replaceAll(/(?<![\d/月])(\d{1,2})\s*([、,・&~〜-])\s*(?=\d{1,2}日)/gu, "$1日$2")
    .replaceAll(/(?<![\d/])(\d{1,2})\/(\d{1,2})\s*([-~〜–、,・&])\s*(\d{1,2})(?![\d/])/gu, "$1/$2$3$1/$4");

type Parts = Readonly<Record<string, string | undefined>>;

/** The days that a written one can be. */
function fitting(parts: Parts, days: readonly Wall[], dayFirst: boolean | undefined): readonly Wall[] {
  const { y1, m1, d1, m2, d2, a, b, y3, n4, d4, n5, d5, d6, d7 } = parts;
  const name = n4 ?? n5;
  const year = y1 ?? (y3?.length === 2 ? `20${y3}` : y3);
  const month = m1 ?? m2 ?? (name === undefined ? undefined : String(monthOf(name)));
  const day = d1 ?? d2 ?? d4 ?? d5 ?? d6 ?? d7;
  const read = [
    ...(day === undefined ? [] : [{ month, day }]),
    ...(a === undefined || dayFirst === true ? [] : [{ month: a, day: b }]),
    ...(a === undefined || dayFirst === false ? [] : [{ month: b, day: a }]),
  ];
  return [...new Set(days)].filter((one) => {
    const date = new Date(one);
    return read.some(
      (own) =>
        Number(own.day) === date.getUTCDate() &&
        (own.month === undefined || Number(own.month) === date.getUTCMonth() + 1) &&
        (year === undefined || Number(year) === date.getUTCFullYear()),
    );
  });
}
