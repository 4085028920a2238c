import { isNobodysName } from "./japanese-names.ts";
import { KANJI_NUMBER } from "./rule.ts";
import type { Rule } from "./rule.ts";

const NUMBER = `(?:\\d{1,3}|${KANJI_NUMBER}{1,4})`;
const AGE = "(?:歳代?|才代?|代|[ヶケかカヵ]月|日齢)児?";
const SEX = "(?:男|女|♂|♀|おじい|おばあ|爺|婆|[MF](?![a-zA-Z]))";
const ERA = "(?:明治|大正|昭和|平成|令和|[明大昭平令]|(?<![A-Za-z])[MTSHR])";
/** What makes a number before it a count. */
const COUNTED = "(?!\\s?(?:回|件|例|人|名|分|時|つ|床|台|週|日|症例|割|%))";

const re = (source: string): RegExp => new RegExp(source, "gu");

export const japaneseRules: readonly Rule[] = [
  // カルテ番号 4021, 患者IDは12, 診察券 88
  {
    kind: "record-number",
    pattern: re(
      "(?:カルテ|患者|診察券|受付|病歴|登録|保険証|被保険者|マイナンバー|個人|検体|症例)\\s?(?:ID|Id|id|番号|ナンバー|No\\.?|no\\.?)?[\\s:#.は=]{0,3}[A-Za-z]{0,3}-?\\d{2,}" +
        COUNTED,
    ),
  },
  // 昭和29年3月3日生, 1954年生まれ, 生年月日は…
  { kind: "birth-date", pattern: re(`(?:生年月日|誕生日)[\\s:は]{0,3}(?:${ERA})?(?:\\d|${KANJI_NUMBER})`) },
  {
    kind: "birth-date",
    pattern: re(`(?:\\d|${KANJI_NUMBER})(?:年|日)(?:生まれ|生れ|出生)`),
  },
  // 29年3月3日生, 1954年生; 2年生 is a school year
  {
    kind: "birth-date",
    pattern: re(
      `(?:(?:\\d|${KANJI_NUMBER})日|(?:\\d|${KANJI_NUMBER}){2}年|${ERA}(?:\\d|${KANJI_NUMBER})年)生(?![存活命理後])`,
    ),
  },
  // 1954年3月3日, 令和元年五月一日, S29.3.3
  { kind: "full-date", pattern: re(`\\d{4}年\\s?\\d{1,2}月\\s?\\d{1,2}日`) },
  { kind: "full-date", pattern: re(`${ERA}\\s?${NUMBER}年\\s?${NUMBER}月\\s?${NUMBER}日`) },
  { kind: "full-date", pattern: re(`${ERA}\\s?\\d{1,2}([./-])\\d{1,2}\\1\\d{1,2}(?!\\d)`) },
  // 72歳女性, 七十二歳の男性, 女性、72歳, 72♂, 80歳の患者
  { kind: "age-and-sex", pattern: re(`${NUMBER}\\s?${AGE}[\\s、,・の/(]{0,2}(?:前半|後半)?の?${SEX}`) },
  {
    kind: "age-and-sex",
    pattern: re(
      `(?:男性?|女性?|男児|女児|♂|♀)[\\s、,・/(]{0,2}${NUMBER}\\s?(?:歳|才|代|[ヶケかカヵ]月)(?!以上|以下|未満)`,
    ),
  },
  { kind: "age-and-sex", pattern: re(`(?<![第\\d])\\d{2,3}\\s?(?:男|女|♂|♀)(?!医)`) },
  { kind: "age-and-sex", pattern: re(`(?:日|月)齢\\s?${NUMBER}の?${SEX}`) },
  // 84歳の胸痛: an age told like this is one person's; 75歳以上 is not
  {
    kind: "age-and-sex",
    pattern: re("(?<!\\d|[~〜-])\\d{2,3}\\s?(?:歳|才)(?:の|、|,)(?!方法|方針|方向|患者数|壁)"),
  },
  { kind: "age-and-sex", pattern: re(`${NUMBER}\\s?(?:歳|才)の(?:患者|方(?!法|針|向)|高齢者)`) },
  // 3号室, 304号, ベッド12, 12番ベッド, 第3診察室
  { kind: "room-or-bed", pattern: re(`${NUMBER}\\d?\\s?号\\s?(?:室|床|ベッド)|\\d{3,4}号(?![a-zA-Z])`) },
  {
    kind: "room-or-bed",
    pattern: re(
      `${NUMBER}\\s?番\\s?(?:ベッド|ベット|ブース)|${NUMBER}\\s?番?\\s?(?:診察室|処置室|病室|初療室)(?!数)`,
    ),
  },
  {
    kind: "room-or-bed",
    pattern: re(
      `(?:ベッド|ベット|ブース|診察室|処置室|病室|個室|初療室|初療|部屋|観察室|Bed)\\s?(?:番号|No\\.?|#|は)?\\s?[A-Z]?-?\\d{1,4}(?!\\d)${COUNTED}`,
    ),
  },
  { kind: "room-or-bed", pattern: re(`\\d{3,4}の(?:部屋|病室)|(?:ICU|HCU|ER|外来)[\\s-]?\\d{1,2}番`) },
  // ICU 12, HCU3, A-3のベッド, 7番の方
  {
    kind: "room-or-bed",
    pattern: re(`(?:ICU|HCU|CCU|SCU|NICU)[\\s-]?\\d{1,2}(?![\\d.]|\\s?[A-Za-z])${COUNTED}`),
  },
  { kind: "room-or-bed", pattern: re("[A-Z]-?\\d{1,2}の(?:ベッド|ベット|部屋|患者|方(?![法針向]))") },
  { kind: "room-or-bed", pattern: re("\\d{1,2}[番号]の(?:患者|方(?![法針向])|人(?![々数]))") },
  // 〒123-4567, 2丁目3番地
  {
    kind: "address",
    pattern: re(
      `〒\\s?\\d{3}|${NUMBER}\\s?(?:丁目|番地)|住所[\\s:は]{1,2}\\S|[都道府県].{1,10}[市区町村].{0,12}\\d`,
    ),
  },
  {
    kind: "name",
    pattern: re("(?:氏名|患者名|名前)\\s?[は:]\\s?(?!必ず|毎回|最初|先|全員|復唱|確認|[一二三]回)\\p{L}"),
  },
  { kind: "name", pattern: re("患者(?:さん)?[\\s:、]?[A-Z]\\.\\s?[A-Z](?![A-Za-z])") },
  // 田中様, タナカさん, K氏; 先生 is a colleague
  {
    kind: "name",
    pattern: re(
      "(?<who>[\\p{Script=Han}\\p{Script=Katakana}ー々]{1,12}|[A-Z][A-Za-z]{0,20}\\.?)\\s?(?<title>様|さま|さん|氏|ちゃん|くん|君)(?<then>.{0,4})",
    ),
    unless: isNobodysName,
  },
  {
    kind: "name",
    pattern: re(
      "(?<who>\\p{Script=Hiragana}{2,12})(?<title>さん|様|氏|ちゃん|くん)(?<then>(?:から|[はがをにのとへもで、。,.\\s」)]|\\p{Script=Han}|$).{0,3})",
    ),
    unless: isNobodysName,
  },
];
