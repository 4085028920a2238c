import { isCourseDate } from "./course-dates.ts";
import { japaneseAgeRules } from "./japanese-ages.ts";
import { japaneseNameRules } from "./japanese-names.ts";
import { japanesePlaceRules } from "./japanese-places.ts";
import { KANJI_NUMBER, re } from "./rule.ts";
import type { Rule } from "./rule.ts";

const NUMBER = `(?:\\d{1,3}|${KANJI_NUMBER}{1,4})`;
const DIGIT = `(?:\\d|${KANJI_NUMBER})`;
const ERA = "(?:明治|大正|昭和|平成|令和|[明大昭平令]|(?<![A-Za-z])[MTSHR])";
/** Also S.25, before a word for being born. */
const ERA_DOTTED = `(?:${ERA}|(?<![A-Za-z])[MTSHR]\\.)`;
const BORN = "の?(?:生まれ|生れ|産まれ|うまれ|出生)";
/** What makes a number before it a count. */
const COUNTED = "(?!\\s?(?:回|件|例|人|名|分|時|つ|床|台|週|日|症例|割|%))";

export const japaneseRules: readonly Rule[] = [
  // カルテ番号 4021, 患者IDは12, 診察券 88
  {
    kind: "record-number",
    pattern: re(
      "(?:カルテ|患者|診察券|診察(?=番号|ID|No)|受付|病歴|登録|保険証|被保険者|マイナンバー|個人|検体|症例|整理|入院|外来)\\s?(?:ID|Id|id|番号|ナンバー|No\\.?|no\\.?)?[\\s:#.は=が]{0,3}[A-Za-z]{0,3}-?\\d{2,}" +
        COUNTED,
    ),
    // An outpatient's or inpatient's number needs to be called one: 外来12時.
    unless: ([text]) => /^(?:整理|入院|外来)\s?\d/u.test(text),
  },
  { kind: "record-number", pattern: re("(?<![〇一二三四五六七八九])[〇一二三四五六七八九]{4,}番") },
  // 昭和29年3月3日生, 昭和30年代生まれ, 1954年生まれ, 生年月日は…
  { kind: "birth-date", pattern: re(`(?:生年月日|誕生日)[\\s:は]{0,3}(?:${ERA})?${DIGIT}`) },
  { kind: "birth-date", pattern: re(`(?:${DIGIT}(?:年代?|月|日)|明治|大正)${BORN}`) },
  // S29.3.3
  { kind: "full-date", pattern: re(`${ERA}\\s?\\d{1,2}([./-])\\d{1,2}\\1\\d{1,2}(?!\\d)`) },
  // S25生まれ, H12生, Ｓ２３生
  {
    kind: "birth-date",
    pattern: re(
      `${ERA_DOTTED}\\s?${NUMBER}(?:[./-]\\d{1,2}){0,2}\\s?(?:年代?|日)?(?:${BORN}|生(?![存活命理後徒]))`,
    ),
  },
  // 29年3月3日生, 1954年生; 2年生 is a school year
  {
    kind: "birth-date",
    pattern: re(`(?:${DIGIT}日|${DIGIT}{2}年|${ERA}${DIGIT}年)生(?![存活命理後徒])`),
  },
  { kind: "birth-date", pattern: re("(?:明治|大正|昭和)(?:一|ひと|ヒト)[桁ケけ]") },
  // 1954年3月3日, 令和元年五月一日
  { kind: "full-date", pattern: re("\\d{4}年\\s?\\d{1,2}月\\s?\\d{1,2}日"), unless: isCourseDate },
  {
    kind: "full-date",
    pattern: re(`${ERA}\\s?${NUMBER}年\\s?${NUMBER}月\\s?${NUMBER}日`),
    unless: isCourseDate,
  },
  // 昭和25年の方: a year of that time is when somebody was born
  {
    kind: "birth-date",
    pattern: re(
      `(?:明治|大正|昭和)\\s?${NUMBER}年(?!\\s?(?:の|に)?(?:論文|法|基準|制度|改正|発行|創立|設立))`,
    ),
  },
  ...japaneseAgeRules,
  ...japanesePlaceRules,
  ...japaneseNameRules,
];
