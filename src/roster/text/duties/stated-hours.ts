import { DAY, HOUR, MINUTE } from "#src/domain/time.ts";
import { claimOf, CONDITION, REMARK, wordsIn, type Claim, type TableWords } from "./claims.ts";
import { hourMarks, SHORTEST, SPAN, type HourMark } from "./hour-marks.ts";

/** Hours that a line states for codes, "日 8:00～16:30 準 16:00～0:30". */
export interface StatedHours {
  readonly codes: readonly string[];
  /** As `codes` of program.yaml has them, "08:00-16:30"; undefined where nobody can tell which hours are meant. */
  readonly hours: string | undefined;
  readonly text: string;
}

const BRACKET = /\(([^()]*)\)/gu;
/** A wide gap, or the edge of a cell, parts two codes more often than a space does. */
const WIDE = /[\u3000\t]|[ ]{2,}/gu;
const LEADERS = /[…‥⋯]+|[.·・]{2,}/gu;
/** "①日": they number the codes, and are none of their days. */
const NUMBERS = /[\u2460-\u249B\u24EA\u2776-\u277F]/gu;
const NO_DUTY = /休憩|昼休|仮眠|break|lunch|meal|電話|内線|phs|\b(?:tel|phone|fax|ext|pager)\b/iu;
/** Hours of some days only. */
const SOME_DAYS =
  /平日|休日|土日|[月火水木金土日]曜|祝|週末|weekday|weekend|holiday|sat|sun|\b(?:mon|tue|tues|wed|thu|thur|thurs|fri)(?:day)?s?\b|(?<![\p{L}\d])[月火水木金土](?:は|のみ|だけ|[・~〜ー―-][月火水木金土日](?!\p{L})|(?![\p{L}\d]))/iu;
/** Hours of somebody, or of one day. */
const EXCEPTION =
  /のみ|だけ|以外|除[くき]|但し|ただし|例外|に限|[\d時半分]まで|(?<![\d/])\d{1,2}\/\d{1,2}(?![\d/])|\d日(?![直勤])|\b(?:only|except|excluding|unless)\b|\p{L}['’]s\b/iu;
/** "2026年12月1日～31日": the days of the table. */
const PERIOD = /\d{4}年\d{1,2}月\d{1,2}日\s*[-~〜]\s*(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}日/gu;
/** A day beside these is the one on which the table was made. */
const MADE = /作成|更新|印刷|現在|updated|printed|created|as of/iu;

const NO_TABLE: TableWords = { isUsed: () => false, isSomebody: () => false };

/**
 * All that a line states, in its order. Hours are those of the words right before them. Also what only looks like hours ends
 * what is said of a code: it never has the hours that come next.
 */
export function statedHours(line: string, table: TableWords = NO_TABLE): readonly StatedHours[] {
  const text = plainLine(line, table);
  const marks = hourMarks(text);
  const isOf24 = marks.some(({ hours }) => hours !== undefined && !hours.isVague);
  const isOfAllDays = !SOME_DAYS.test(text);
  const found: StatedHours[] = [];
  let last: (Claim & { readonly hours: HourMark["hours"] }) | undefined;
  const doubt = (codes: readonly string[], said: string) => {
    if (codes.length > 0) found.push({ codes: [...new Set(codes)], hours: undefined, text: plain(said) });
  };
  const all = () => found.flatMap(({ codes }) => codes);
  let from = 0;
  for (const { at, length, hours, isOther } of marks) {
    const between = text.slice(from, at);
    from = at + length;
    const span = text.slice(at, from);
    const claim = claimOf(between, table);
    if (last !== undefined && LIMITED.test(between)) doubt(last.codes, `${last.text} ${between}`);
    if (isOther || NO_DUTY.test(claim.text)) continue;
    doubt(claim.doubtful, `${claim.text} ${span}`);
    const aside = last === undefined ? undefined : asideOf(between, claim);
    if (last !== undefined && aside !== undefined) {
      if (!isWithin(hours, last.hours)) doubt(aside === "of all" ? all() : last.codes, between + span);
    } else if (claim.codes.length > 0 && !isShort(hours)) {
      const isClear = isOfAllDays && !saysLimits(between) && isKnown(hours, isOf24);
      found.push({
        codes: claim.codes,
        hours: isClear ? `${clock(hours.start)}-${clock(hours.end)}` : undefined,
        text: plain(`${claim.codes[0]} ${span}`),
      });
      last = { ...claim, hours };
    }
  }
  const tail = text.slice(from);
  if (last !== undefined && LIMITED.test(tail)) doubt(last.codes, `${last.text} ${tail}`);
  if (saysLimits(tail)) doubt(all(), tail);
  const behind = wordsIn(tail).filter(table.isUsed);
  if (behind.length > 0 && isBehind(text, marks, table)) doubt([...all(), ...behind], text);
  return found;
}

/** Brackets without hours are remarks; one with a code alone is this code, "日勤（日）". */
function plainLine(line: string, { isUsed }: TableWords): string {
  const text = line
    .replaceAll(LEADERS, " ")
    .replaceAll(NUMBERS, "\t")
    .replaceAll(WIDE, "\t")
    .normalize("NFKC");
  return text.replaceAll(BRACKET, (whole, inside: string) => {
    if (hourMarks(inside).some(({ isSpan, isOther }) => isSpan && !isOther)) return whole;
    if (isUsed(inside.trim())) return ` ${inside} `;
    const isLimit = (SOME_DAYS.test(inside) || saysLimits(inside)) && !NO_DUTY.test(inside);
    return isLimit ? CONDITION : REMARK;
  });
}

/** A remark right behind hours limits these, and none that follow. */
const LIMITED = new RegExp(`^[\\s)]*${CONDITION}`, "u");

const saysLimits = (text: string): boolean => {
  const own = text.replace(LIMITED, "").replace(PERIOD, " ");
  return (EXCEPTION.test(own) && !MADE.test(own)) || own.includes(CONDITION);
};

/** Hours without a code of their own are others of the one before, or of all where they are an exception. */
function asideOf(between: string, { codes, isOfTable }: Claim): "of the last" | "of all" | undefined {
  if (isOfTable) return undefined;
  const isBracket = /^[\s,、;]*\([^()]*$/u.test(between);
  if (isBracket || codes.length === 0) return "of the last";
  return saysLimits(between) ? "of all" : undefined;
}

type Hours = NonNullable<HourMark["hours"]>;

const lengthOf = ({ start, end }: Hours): number => (end - start + DAY) % DAY || DAY;
const isShort = (hours: HourMark["hours"]): boolean => hours !== undefined && lengthOf(hours) < SHORTEST;

/** A break amid the hours. */
function isWithin(hours: HourMark["hours"], outer: HourMark["hours"]): boolean {
  if (hours === undefined || outer === undefined || !isShort(hours)) return false;
  return (hours.start - outer.start + DAY) % DAY <= lengthOf(outer) - lengthOf(hours);
}

/** "4:30 to 0:30" may be an afternoon's where nothing in the line counts to 24. */
const isKnown = (hours: HourMark["hours"], isOf24: boolean): hours is Hours =>
  hours !== undefined &&
  !hours.isOdd &&
  (isOf24 || !hours.isVague || (hours.end > hours.start && hours.start >= MORNING));

const MORNING = 5 * HOUR;

/** "8:00～16:30 日 16:00～9:00 夜": the code stands behind its hours. */
const isBehind = (text: string, marks: readonly HourMark[], { isUsed }: TableWords): boolean =>
  marks.length > 0 && !wordsIn(text.slice(0, marks[0]!.at)).some(isUsed);

const plain = (text: string): string =>
  text
    .replaceAll(/[\uE000\uE001]/gu, "")
    .replaceAll(/\s+/gu, " ")
    .trim();

/** What a text says beside its hours, "当直 17:00～翌8:30" → "当直". */
export const withoutHours = (text: string): string =>
  text
    .normalize("NFKC")
    .replaceAll(SPAN, " ")
    .replaceAll(/[([【]\s*[)\]】]/gu, " ")
    .replaceAll(/\s+/gu, " ")
    .trim();

const two = (number: number): string => String(number).padStart(2, "0");
const clock = (at: number): string => `${two(Math.floor(at / HOUR))}:${two((at % HOUR) / MINUTE)}`;
