import { DAY, HOUR, MINUTE } from "#src/domain/time.ts";
import { DASH, spokenHours, TIME } from "./spoken-hours.ts";

/** Where a line has hours, or what looks like them. */
export interface HourMark {
  readonly at: number;
  readonly length: number;
  /** Undefined where nobody can tell which hours are meant, as in "8:00～午後5時" or a start alone. */
  readonly hours?: MarkedHours;
  /** A start and an end, not one time alone. */
  readonly isSpan: boolean;
  /** A telephone, a period of days, a number of rooms: no hours, whatever stands before. */
  readonly isOther: boolean;
}

interface MarkedHours {
  readonly start: number;
  readonly end: number;
  /** Without am and pm it may be morning or evening. */
  readonly isVague: boolean;
  /** It says a next day that cannot be. */
  readonly isOdd: boolean;
}

/** Hours as a line states them; "16時半" is not "16時". */
export const SPAN = new RegExp(
  String.raw`(?<from>翌[日朝]?\s*)?(?<![\d/]|\d[:.])(?<start>${TIME})\s*${DASH}\s*(?<to>翌[日朝]?\s*)?(?<end>${TIME})(?![\d:時分半]|[./]\d)`,
  "giu",
);

const WORD_BEFORE = String.raw`(?:翌[日朝]?|当日|深夜|早朝|午[前後]|正午|[ap]\.?m\.?|noon|midnight)`;
const LOOSE_TIME = String.raw`(?:${WORD_BEFORE}\s*){0,2}\d[\d:.時分半]*(?:\s?(?:[ap]\.?m?\.?|h(?:rs?|ours?)?|uhr)(?![\p{Script=Latin}\p{N}]))?`;
/** What looks like a start and an end, and may be dates, telephones or rooms. */
const LOOSE = new RegExp(
  String.raw`(?<![\p{Script=Latin}\d/-]|\d[:.])(?<start>${LOOSE_TIME}|${WORD_BEFORE})\s*${DASH}\s*(?<end>${LOOSE_TIME}|${WORD_BEFORE})(?<after>-|\/\d|[年月日週回名人件床番号階室病棟]|\p{Script=Latin})?`,
  "giu",
);
/** One time of the clock: a start without its end, or in another cell. */
const ALONE =
  /(?<![\d/]|\d[:.])(?:\d{1,2}:[0-5]\d(?!\d)|\d{1,2}時(?!間)(?:半|\d{1,2}分)?|(?<!\p{Script=Latin})\d{1,2}\s?[ap]\.?m?(?!\p{Script=Latin})|\d{4}\s?h(?:rs?)?(?!\p{Script=Latin}))/giu;

/** All hours of a line in their order, and what only looks like them. */
export function hourMarks(text: string): readonly HourMark[] {
  const found: HourMark[] = [];
  const seek = (pattern: RegExp, markOf: (match: RegExpExecArray) => HourMark | undefined) => {
    // What is found already is not looked at again.
    const rest = masked(text, found);
    for (const match of rest.matchAll(pattern)) {
      const mark = markOf(match);
      if (mark !== undefined) found.push(mark);
    }
  };
  seek(SPAN, clearMark);
  seek(LOOSE, looseMark);
  seek(ALONE, ({ 0: { length }, index }) => ({ at: index, length, isSpan: false, isOther: false }));
  return found.sort((one, other) => one.at - other.at);
}

function masked(text: string, found: readonly HourMark[]): string {
  const pieces: string[] = [];
  let from = 0;
  for (const { at, length } of found.toSorted((one, other) => one.at - other.at)) {
    pieces.push(text.slice(from, at), "#".repeat(length));
    from = at + length;
  }
  return pieces.join("") + text.slice(from);
}

function clearMark({ 0: { length }, index, groups }: RegExpExecArray): HourMark | undefined {
  const hours = spokenHours(`${groups!["start"]}-${groups!["end"]}`);
  if (hours === undefined) return undefined;
  const { start, end, cycle } = hours;
  // "0312-2111" is a telephone.
  if (/^\d+$/u.test(groups!["start"]!) && isUneven(start, end)) return undefined;
  // The next day's end is one that is not after the start; a start on the next day is of another row.
  const isOdd = groups!["from"] !== undefined || (groups!["to"] !== undefined && end > start);
  return {
    at: index,
    length,
    isSpan: true,
    isOther: false,
    hours: { start, end, isVague: cycle !== DAY, isOdd },
  };
}

function looseMark({ 0: { length }, index, groups }: RegExpExecArray): HourMark {
  const times = [groups!["start"]!.trim(), groups!["end"]!.trim()];
  const isOther = groups!["after"] !== undefined || (times.every(isBare) && !couldBeHours(times));
  return { at: index, length, isSpan: true, isOther };
}

const isBare = (text: string): boolean => /^[\d.]+$/u.test(text);
const isUneven = (...times: readonly number[]): boolean => times.some((at) => at % (5 * MINUTE) !== 0);

/** "7-19" may be hours, "1-2" rooms; "2026-2027" and "0312-2111" are none. */
function couldBeHours(times: readonly string[]): boolean {
  if (times.every((text) => /^(?:19|20)\d\d$/u.test(text))) return false;
  const clocks = times.map(bareClock);
  if (clocks.some((at) => at === undefined)) return false;
  const [start, end] = clocks as [number, number];
  return !isUneven(start, end) && Math.abs(end - start) >= SHORTEST;
}

function bareClock(text: string): number | undefined {
  const { hour = "", minute = "0" } = /^(?<hour>\d{1,2})(?:\.?(?<minute>\d\d))?$/u.exec(text)?.groups ?? {};
  const at = Number(hour) * HOUR + Number(minute) * MINUTE;
  return hour === "" || at > DAY || Number(minute) > 59 ? undefined : at;
}

/** Hours: shorter ones are a meeting's, or a break's. */
export const SHORTEST = 3 * HOUR;
