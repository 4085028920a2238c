import { KANJI_NUMBER, re } from "./rule.ts";
import type { Rule } from "./rule.ts";

const NUMBER = `(?:\\d{1,3}|${KANJI_NUMBER}{1,4})`;
/** What makes a number before it a count. */
const COUNTED = "(?!\\s?(?:回|件|例|人|名|分|時|つ|床|台|週|日|症例|割|%|h|か所|ヶ所|箇所|年|月|番目))";
/** Whoever lies there, or what is theirs. */
const WHOSE =
  "(?:方(?![法針向])|人(?![々数])|患者|患児|子(?!供に)|児|お?ばあ|お?じい|おば|おじ|女|男|家族|ご家族|奥|お母|お父|赤ちゃん|坊|さん|様)";

export const japanesePlaceRules: readonly Rule[] = [
  // 3号室, 304号, ベッド12, 12番ベッド, 第3診察室, 2番初療
  { kind: "room-or-bed", pattern: re(`${NUMBER}\\d?\\s?号\\s?(?:室|床|ベッド)|\\d{3,4}号(?![a-zA-Z])`) },
  {
    kind: "room-or-bed",
    pattern: re(
      `${NUMBER}\\s?番\\s?(?:ベッド|ベット|ブース|初療|診察|処置|観察|個室|病床)|${NUMBER}\\s?番?\\s?(?:診察室|処置室|病室|初療室|観察室)(?!数)`,
    ),
  },
  {
    kind: "room-or-bed",
    pattern: re(
      `(?:ベッド|ベット|ブース|診察室|処置室|病室|個室|初療室|初療|部屋|観察室|診察|処置|観察|隔離|陰圧|廊下|Bed)\\s?(?:番号|No\\.?|#|は)?\\s?[A-Z]?-?\\d{1,4}(?!\\d|\\.\\d)${COUNTED}`,
    ),
  },
  {
    kind: "room-or-bed",
    pattern: re("\\d{3,4}の(?:部屋|病室)|(?:ICU|HCU|ER|外来|救急)[\\s-]?\\d{1,2}番(?!目)"),
  },
  // ICU 12, HCU3, ER5の方
  {
    kind: "room-or-bed",
    pattern: re(`(?:ICU|HCU|CCU|SCU|NICU)[\\s-]?\\d{1,2}(?![\\d.]|\\s?[A-Za-z])${COUNTED}`),
  },
  { kind: "room-or-bed", pattern: re(`(?:ER|ED|外来|救急)\\s?\\d{1,2}の${WHOSE}`) },
  // A-3のベッド, A-5の方, B3のおばあちゃん, C4さん
  {
    kind: "room-or-bed",
    pattern: re(`(?<![A-Za-z])[A-Z]-?\\d{1,3}(?:番|号)?の?(?:ベッド|ベット|部屋|${WHOSE})`),
  },
  // 7番の方, 3番さん, 四番の患者; 一番の方針 and 一番大事 are none
  { kind: "room-or-bed", pattern: re(`\\d{1,3}[番号]\\s?の?${WHOSE}`) },
  { kind: "room-or-bed", pattern: re(`(?:[二三四五六七八九十]|[〇一二三四五六七八九十]{2,3})番の?${WHOSE}`) },
  // 312の方; 血圧200の人 is none
  {
    kind: "room-or-bed",
    pattern: re(
      `(?<![\\d.]|(?:血圧|血糖|脈拍|脈|収縮期|HR|BP|SBP|BS|Na|CRP|値|が|は|も)\\s?)\\d{3}の${WHOSE}`,
    ),
  },
  // 〒123-4567, 2丁目3番地
  {
    kind: "address",
    pattern: re(
      `〒\\s?\\d{3}|${NUMBER}\\s?(?:丁目|番地)|住所[\\s:は]{1,2}\\S|[都道府県].{1,10}[市区町村].{0,12}\\d`,
    ),
  },
];
