import { isCourseDate } from "./course-dates.ts";
import { ci } from "./rule.ts";
import type { Rule } from "./rule.ts";

/** What is written the same in both languages. */
export const anywhereRules: readonly Rule[] = [
  { kind: "email", pattern: /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}/gu },
  // +81 90 1234 5678
  { kind: "phone", pattern: /\+\d(?:[ ().-]{0,2}\d){7,}/gu },
  // 03-1234-5678, 090 1234 5678, 0120(123)456
  { kind: "phone", pattern: /(?<!\d)0\d{1,4}(?:[ .-]|\)\s?|\s?\()\d{1,4}(?:[ .-]|\)\s?)\d{3,4}(?!\d)/gu },
  { kind: "phone", pattern: /(?<!\d)0[5789]0\d{8}(?!\d)/gu },
  { kind: "phone", pattern: /(?<![\d-])\d{3}-\d{4}(?![\d-])/gu },
  // (555) 123-4567, 555.123.4567
  { kind: "phone", pattern: /(?<!\d)(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}(?!\d)/gu },
  // ext. 5521, tel 5550199, 内線5521
  { kind: "phone", pattern: ci("\\b(?:ext|extension)\\.? ?#?\\d{3,5}\\b") },
  {
    kind: "phone",
    pattern: ci(
      "\\b(?:tel|phone|cell|mobile|mob|ph|pager|beeper|fax)\\.?(?: no\\.?| number| is)?[:# ]{0,2}\\d{4,}",
    ),
  },
  {
    kind: "phone",
    pattern:
      /(?:内線|電話|携帯|PHS|ピッチ|連絡先|ファックス|FAX)(?:番号)?[ :はに#]{0,2}\d{3,}(?! ?(?:秒|分|件|回|時|台))/gu,
  },
  // 2026-03-29, 2026/3/29, 1954.3.3
  {
    kind: "full-date",
    pattern: /(?<!\d)(?:18|19|20)\d{2}([./-])(?:0?[1-9]|1[0-2])\1\d{1,2}(?!\d)/gu,
    unless: isCourseDate,
  },
  // 3/29/1954, 29.03.1954
  {
    kind: "full-date",
    pattern: /(?<!\d)\d{1,2}([./-])\d{1,2}\1(?:18|19|20)\d{2}(?!\d)/gu,
    unless: isCourseDate,
  },
  // 3/29/54, 29-3-54
  {
    kind: "full-date",
    pattern: /(?<![\d/-])(\d{1,2})([/-])(\d{1,2})\2\d{2}(?![\d/-])/gu,
    unless: (match) => !isDayAndMonth(Number(match[1]), Number(match[3])) || isCourseDate(match),
  },
];

const isDayAndMonth = (first: number, second: number): boolean =>
  Math.min(first, second) >= 1 && Math.min(first, second) <= 12 && Math.max(first, second) <= 31;

/** Groups of digits that belong together: 12-34567, 1234 5678, 123_45. */
const GROUPS = /(?<!\d)\d+(?:[-_ ]\d+)+/gu;

/** Five digits or more, in one run or grouped, in figures or in Chinese characters. Prices and doses with a comma are none. */
export function hasLongNumber(text: string): boolean {
  const withoutThousands = text.replaceAll(/(?<![\d,])\d{1,3}(?:,\d{3})+(?![\d,])/gu, "#");
  if (/\d{5,}|[〇一二三四五六七八九]{5,}/u.test(withoutThousands)) return true;
  return [...withoutThousands.matchAll(GROUPS)].some(([group]) => isGroupedNumber(group));
}

function isGroupedNumber(text: string): boolean {
  const groups = text.split(/[-_ ]/u);
  const digits = groups.reduce((sum, group) => sum + group.length, 0);
  if (groups.every((group) => group.length === 1)) return digits >= 6;
  if (text.includes(" ")) return digits >= 6 && groups.some((group) => group.length >= 3);
  return digits >= 5 && !isSpan(groups);
}

/** From one number to another: 0800-1700, 2025-2026, 2025-26, 2026-03, 100-120; steps of ten: 30-60-90; or a date. */
function isSpan(groups: readonly string[]): boolean {
  const [from = "", to = "", third, ...more] = groups;
  if (more.length > 0) return false;
  if (third !== undefined) return isDate(from, to, third) || isInTens(groups.map(Number));
  const times = [from, to].every((part) => /^(?:[01]\d|2[0-4])[0-5]\d$/u.test(part));
  const years = /^20\d{2}$/u.test(from) && /^\d{2}(?:\d{2})?$/u.test(to);
  const range = from.length <= 3 && to.length <= 3 && Number(from) < Number(to) && !from.startsWith("0");
  return times || years || range;
}

/** A date has a rule of its own: here it is no number. */
const isDate = (first: string, second: string, third: string): boolean =>
  /^20\d{2}$/u.test(first)
    ? isDayAndMonth(Number(second), Number(third))
    : /^(?:20)?\d{2}$/u.test(third) && isDayAndMonth(Number(first), Number(second));

const isInTens = (numbers: readonly number[]): boolean =>
  numbers.every((number, at) => number % 10 === 0 && number > (numbers[at - 1] ?? 0));
