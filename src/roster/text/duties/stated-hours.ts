import { DAY, HOUR, MINUTE } from "#src/domain/time.ts";
import { spokenHours, TIME } from "./spoken-hours.ts";

/** Hours that a line states for codes, "日 8:00～16:30 準 16:00～0:30". */
export interface StatedHours {
  readonly codes: readonly string[];
  /** As `codes` of program.yaml has them, "08:00-16:30"; undefined where nobody can tell which hours are meant. */
  readonly hours: string | undefined;
  readonly text: string;
}

const SPAN = new RegExp(
  String.raw`(?<from>翌日?)?(?<!\d|\d:)(?<start>${TIME})\s*(?:[-–—~〜]|to|から)\s*(?<to>翌日?)?(?<end>${TIME})(?![\d:])`,
  "giu",
);
/** What stands in brackets and has no hours. */
const REMARK = /\([^()]*\)/gu;
const NO_DUTY = /休憩|昼休|仮眠|break|lunch|meal|電話|内線|phs|\b(?:tel|phone|fax|ext|pager)\b/iu;
/** Hours of some days only. */
const SOME_DAYS = /平日|休日|土日|土曜|日曜|祝|weekday|weekend|holiday|sat|sun/iu;
const BETWEEN = /[\s:=,、;|/・。※*■●◆□○【】[\]()<>→]+/u;
/** Hours: shorter ones are a meeting's, or a break's. */
const SHORTEST = 3 * HOUR;

/** All that a line states, in its order: before each span the first and the last word are what it is called by. */
export function statedHours(line: string): readonly StatedHours[] {
  const text = line.normalize("NFKC").replaceAll(REMARK, (part) => (/\d.*[-–—~〜]/u.test(part) ? part : " "));
  const spans = [...text.matchAll(SPAN)].flatMap((match) => spanOf(match) ?? []);
  const isOf24 = spans.some(({ isVague }) => !isVague);
  const isOfAllDays = !SOME_DAYS.test(text);
  let from = 0;
  return spans.flatMap(({ at, length, start, end, isVague, isOdd }) => {
    const before = text.slice(from, at);
    from = at + length;
    const words = before.split(BETWEEN).filter((word) => word !== "");
    const codes = [...new Set([words.at(0), words.at(-1)])].flatMap((word) => word ?? []);
    if (codes.length === 0 || NO_DUTY.test(before) || ((end - start + DAY) % DAY || DAY) < SHORTEST)
      return [];
    // "4:30 to 0:30" may be an afternoon's where nothing in the line counts to 24.
    const isClear = !isOdd && isOfAllDays && (isOf24 || !isVague || (end > start && start >= MORNING));
    const hours = isClear ? `${clock(start)}-${clock(end)}` : undefined;
    return [{ codes, hours, text: `${codes[0]} ${text.slice(at, at + length)}` }];
  });
}

/** What a text says beside its hours, "当直 17:00～翌8:30" → "当直". */
export const withoutHours = (text: string): string =>
  text
    .normalize("NFKC")
    .replaceAll(SPAN, " ")
    .replaceAll(/[([【]\s*[)\]】]/gu, " ")
    .replaceAll(/\s+/gu, " ")
    .trim();

const MORNING = 5 * HOUR;

function spanOf({ 0: whole, index, groups }: RegExpExecArray) {
  const hours = spokenHours(`${groups!["start"]}-${groups!["end"]}`);
  if (hours === undefined) return undefined;
  // "0312-2111" is a telephone.
  if ([hours.start, hours.end].some((at) => at % (5 * MINUTE) !== 0)) return undefined;
  const { start, end, cycle } = hours;
  // The next day's end is one that is not after the start; a start on the next day is of another row.
  const isOdd = groups!["from"] !== undefined || (groups!["to"] !== undefined && end > start);
  return { at: index, length: whole.length, start, end, isVague: cycle !== DAY, isOdd };
}

const two = (number: number): string => String(number).padStart(2, "0");
const clock = (at: number): string => `${two(Math.floor(at / HOUR))}:${two((at % HOUR) / MINUTE)}`;
