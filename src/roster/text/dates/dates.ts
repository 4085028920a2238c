import { quoted, type RosterProblem } from "../problem.ts";
import { parseWall, wall, type Wall } from "./wall.ts";

/** Reads a date alone, as its midnight on the wall; undefined for what is no date of this form. */
export type DateReader = (text: string) => Wall | undefined;

/** Letters of a date or a time: what is longer is none, and is not searched for one. */
export const LONGEST_TIME = 80;

/** Year first is the same everywhere, and always read. */
const YEAR_FIRST = [/^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/u, /^(\d{4})()(\d{2})(\d{2})$/u];
const JAPANESE = /^(\d{4})年(\d{1,2})月(\d{1,2})日$/u;
/** Reiwa began in 2019, and its first year is 元; "R8.12.1" is the same, for short. */
const REIWA = /^(?:令和|R)(\d{1,2}|元)(年|(?=[./]\d{1,2}[./]\d{1,2}$))/u;
/** "(火)" behind a date: it must be that day's. */
const WEEKDAY = /\s?\(([日月火水木金土])(?:曜日?)?(?:・祝)?\)$/u;
const WEEKDAYS = "日月火水木金土";

const TOKENS = /YYYY|YY|MM|M|DD|D/gu;

/** Whether day, month and year each stand in it once, "DD/MM/YYYY". */
export function isDateFormat(format: string): boolean {
  const tokens = (format.match(TOKENS) ?? []).map((token) => token[0]);
  const rest = format.replaceAll(TOKENS, "");
  return tokens.length === 3 && new Set(tokens).size === 3 && /^[-/. 年月日]*$/u.test(rest);
}

/** "MM/DD/YYYY" for "DD/MM/YYYY". */
export const exchangedOrder = (format: string): string =>
  format.replaceAll(/[MD]+/gu, (token) =>
    token.startsWith("M") ? token.replaceAll("M", "D") : token.replaceAll("D", "M"),
  );

/** Reads dates with the year first, and those of the stated order. Nothing is guessed: 03/04/2026 is two days. */
export function dateReader(format: string | undefined): DateReader {
  const stated = format === undefined ? undefined : statedForm(format);
  return (cell) => {
    if (cell.length > LONGEST_TIME) return undefined;
    const text = cell
      .normalize("NFKC")
      .trim()
      .replace(
        REIWA,
        (_, year: string, unit: string) => `${2018 + (year === "元" ? 1 : Number(year))}${unit}`,
      );
    const weekday = WEEKDAY.exec(text);
    const found = dateIn(weekday === null ? text : text.slice(0, weekday.index), stated);
    const isRight = weekday === null || WEEKDAYS[new Date(found ?? 0).getUTCDay()] === weekday[1];
    return isRight ? found : undefined;
  };
}

function dateIn(text: string, stated: DateReader | undefined): Wall | undefined {
  for (const form of YEAR_FIRST) {
    const found = form.exec(text);
    if (found !== null) return day(found[1], found[3], found[4]);
  }
  const japanese = JAPANESE.exec(text);
  if (japanese !== null) return day(japanese[1], japanese[2], japanese[3]);
  return stated?.(text);
}

function statedForm(format: string): DateReader {
  const order: string[] = [];
  const pattern = format.replaceAll(/YYYY|YY|MM|M|DD|D|[.]/gu, (token) => {
    if (token === ".") return String.raw`\.`;
    order.push(token[0] ?? "");
    return token === "YYYY"
      ? String.raw`(\d{4})`
      : token === "YY"
        ? String.raw`(\d{2})`
        : String.raw`(\d{1,2})`;
  });
  const form = new RegExp(`^${pattern}$`, "u");
  return (text) => {
    const found = form.exec(text);
    if (found === null) return undefined;
    const part = (letter: string) => found[order.indexOf(letter) + 1];
    const year = part("Y");
    return day(year?.length === 2 ? `20${year}` : year, part("M"), part("D"));
  };
}

/** Excel shows a year of two digits that it did not understand as 0026. */
const day = (year: string | undefined, month: string | undefined, date: string | undefined) =>
  Number(year) < FIRST_YEAR
    ? undefined
    : parseWall(`${year}-${month?.padStart(2, "0")}-${date?.padStart(2, "0")}`);

const FIRST_YEAR = 1900;

/** Why a date was not taken, and what to do. @param stated the order that program.yaml has */
export function dateProblem(text: string, stated?: string): Pick<RosterProblem, "message" | "todo" | "why"> {
  if (text === "")
    return { message: "it is empty", todo: "write the date as 2026-11-30", why: { code: "empty" } };
  if (text.length <= LONGEST_TIME && WEEKDAY.test(text.normalize("NFKC").trim())) {
    const message = `${quoted(text)} is no date, or another weekday`;
    return { message, todo: "mend the date or its weekday", why: { code: "another-weekday", text } };
  }
  if (stated !== undefined)
    return {
      message: `${quoted(text)} is no date in the order ${stated}`,
      todo: "write it as the other dates, or mend `dates:` in program.yaml (YY is a year of two digits)",
      why: { code: "no-date", text },
    };
  return text.length <= LONGEST_TIME && /^\d{1,2}([-/. ])\d{1,2}\1(?:\d{2}|\d{4})\b/u.test(text)
    ? {
        message: `${quoted(text)} does not say which number is the day`,
        todo: "state the order in program.yaml, such as `dates: DD/MM/YYYY`, or write 2026-11-30",
        why: { code: "ambiguous-date", text },
      }
    : {
        message: `${quoted(text)} is no date`,
        todo: "write 2026-11-30, or state `dates:` in program.yaml",
        why: { code: "no-date", text },
      };
}

const CLOCK = /^(\d{1,2})(?::?(\d{2}))(?::(\d{2})(?:\.0{1,6})?)?\s*(?:([ap])\.?m?\.?)?$/iu;
const JAPANESE_CLOCK = /^(\d{1,2})時(?:(\d{1,2})分)?$/u;

/** "08:00", "0800", "8:00 PM", "8時30分", "24:00": milliseconds since midnight on the wall, or undefined. */
export function clockTime(cell: string): number | undefined {
  if (cell.length > LONGEST_TIME) return undefined;
  const text = cell.normalize("NFKC").trim();
  const [, hours, minutes, seconds, half] = CLOCK.exec(text) ?? JAPANESE_CLOCK.exec(text) ?? [];
  if (hours === undefined) return undefined;
  const given = Number(hours);
  if (half !== undefined && (given < 1 || given > 12)) return undefined;
  const hour = half === undefined ? given : (given % 12) + (half.toLowerCase() === "p" ? 12 : 0);
  const rest = Number(minutes ?? 0) * 60 + Number(seconds ?? 0);
  const isTime = hour < 24 || (hour === 24 && rest === 0);
  if (!isTime || Number(minutes ?? 0) > 59 || Number(seconds ?? 0) > 59) return undefined;
  return (hour * 3600 + rest) * 1000;
}

/** A moment of a day as the wall shows it. */
export const atTime = (date: Wall, time: number): Wall => wall(date + time);
