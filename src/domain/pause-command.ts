import { dayFrom, dayOfMonth, MONTH_NAME, WEEKDAY_NAME } from "./said-day.ts";
import type { DayNumber } from "./time.ts";

/** What somebody said about pausing: until which local day; undefined when they named none that exists. */
export interface PauseSaid {
  readonly until: DayNumber | undefined;
}

/** "pause before the incision" is somebody's own words: only what goes on like a time is a command. */
const ENGLISH = new RegExp(
  String.raw`^(?:pause|mute|be quiet)(?: messages)?(?:,? ((?:until|till?|for) \S+(?: \S+){0,5}|(?:\d|${MONTH_NAME} |${WEEKDAY_NAME}|an? |one |two |three |today|tomorrow|next |this ).{0,24}))?$`,
);

/** What a person says who wants a rest from messages, with the word for pausing last. */
const POLITE = "(?:する|します|して|してください|したい|したいです|をお願いします)?";
const REST = `(?:一時停止|休止|お休み|休み)${POLITE}|休む|休みたい`;
/** These alone mean to stop for good; with a day before them, only until then. */
const HALT = `(?:停止|オフ)${POLITE}|(?:止めて|とめて)(?:ください)?|止める|止めたい`;
const JAPANESE_FIRST = new RegExp(
  `^(?:通知を)?(?:一時停止|休止|お休み)${POLITE}(?: (.{1,16})|([\\d明来今].*))?$`,
);
const JAPANESE_LAST = new RegExp(`^(.{1,12}?)、? ?(?:通知[をは])?(?:(${REST})|${HALT})$`);

/**
 * Reads "pause …" in English or Japanese. A pause whose day is not understood, or names none, still is one,
 * so that Attune asks back for the day. Undefined when it is no pause at all.
 *
 * @param said lower case, with single spaces
 * @param today the program's local day
 */
export function readPause(said: string, today: DayNumber): PauseSaid | undefined {
  const english = ENGLISH.exec(said);
  if (english !== null) return { until: dayFrom(withoutUntil(english[1] ?? ""), today, false) };
  const first = JAPANESE_FIRST.exec(said);
  if (first !== null) return { until: japaneseDay(first[1] ?? first[2] ?? "", today) };
  const last = JAPANESE_LAST.exec(said);
  if (last !== null) {
    const until = japaneseDay(last[1]!, today);
    const isPause = last[2] !== undefined && /(?:まで|^しばらく|^当分)$/.test(last[1]!);
    return until !== undefined || isPause ? { until } : undefined;
  }
  // The answer to "until when?", without the word for pausing.
  const bare = /^(?:until|till?) /.test(said)
    ? dayFrom(withoutUntil(said), today, false)
    : said.endsWith("まで")
      ? japaneseDay(said, today)
      : undefined;
  return bare === undefined ? undefined : { until: bare };
}

const withoutUntil = (when: string): string => when.replace(/^(?:until|till?|to) /, "").trim();

function japaneseDay(when: string, today: DayNumber): DayNumber | undefined {
  const bare = when
    .trim()
    .replace(/ ?まで(?:は|の)?$/, "")
    .trim();
  // 8日まで is until the eighth; 8日 and 8日間 are eight days.
  const ofMonth = bare === when.trim() ? null : /^(\d{1,2})日$/.exec(bare);
  return ofMonth === null ? dayFrom(bare, today, true) : dayOfMonth(Number(ofMonth[1]), today);
}
