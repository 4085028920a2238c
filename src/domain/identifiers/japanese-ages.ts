import { KANJI_NUMBER, re } from "./rule.ts";
import type { Rule } from "./rule.ts";

const NUMBER = `(?:\\d{1,3}|${KANJI_NUMBER}{1,4})`;
const AGE = "(?:(?:歳|才)[代台半]?|[代台]|[ヶケかカヵ]月|週間?|日齢)児?";
const SEX =
  "(?:男|女|♂|♀|おじ(?:い|ちゃん|さん)|おば(?:あ|ちゃん|さん)|じい|ばあ|爺|婆|婦人|紳士|妊婦|[MF](?![a-zA-Z]))";
const ABOUT = "(?:前半|後半|半ば|なかば|前後|くらい|ぐらい|位|ちょうど)?";
/** What makes an age a limit, a point of comparison or a group's. */
const NO_ONES =
  "(?!\\s?(?:以上|以下|未満|以後|以降|以前|以内|超|前後の(?:方法|患者数)|[をはがもにとやか]|まで|から|より|頃|ごろ|時|児|代|台|くらいまで|[〜~-]|\\d|の(?:方法|方針|方向|患者数|壁|平均|正常|体重)))";

/** What somebody of that age comes with. */
const COMPLAINT =
  "(?:熱性|けいれん|痙攣|発熱|喘息|発作|クループ|腸重積|虫垂炎|肺炎|頭部|打撲|外傷|骨折|脱臼|誤飲|異物|熱傷|やけど|嘔吐|下痢|脱水|腹痛|頭痛|胸痛|咳|アナフィ|意識|失神|めまい|挫創|裂創|転倒|転落|墜落|溺水|脳梗塞|心不全|心停止|CPA)";

/** Ages that are one person's, with the sex or told as such. */
export const japaneseAgeRules: readonly Rule[] = [
  // 72歳女性, 七十二歳の男性, 60代半ばの男性, 80歳台男性, 生後3週 女児
  { kind: "age-and-sex", pattern: re(`${NUMBER}\\s?${AGE}[\\s、,・の/(]{0,2}${ABOUT}[\\s、の]?${SEX}`) },
  // 女性、72歳, 男性 78
  {
    kind: "age-and-sex",
    pattern: re(
      `(?:男性?|女性?|男児|女児|♂|♀)[\\s、,・/(:]{0,2}${NUMBER}\\s?(?:歳|才|代|[ヶケかカヵ]月)(?!以上|以下|未満)`,
    ),
  },
  {
    kind: "age-and-sex",
    pattern: re("(?:男性?|女性?|♂|♀)[\\s、,:(]{0,2}\\d{2,3}(?=[\\s、,)]|$)(?!\\s?(?:例|人|名|件|%|割))"),
  },
  { kind: "age-and-sex", pattern: re("(?<![第\\d])\\d{2,3}\\s?(?:男|女|♂|♀)(?!医)") },
  { kind: "age-and-sex", pattern: re(`(?:日|月)齢\\s?${NUMBER}[\\sの]?${SEX}`) },
  // 小6男子, 高2の女の子
  { kind: "age-and-sex", pattern: re("[小中高]\\s?[1-6]\\s?の?(?:男|女)") },
  // 84歳の胸痛, 92歳 施設入所中, 78歳CPA; 75歳以上 is not one person's
  { kind: "age-and-sex", pattern: re(`(?<![\\d第~〜<>≥≤-]|から)\\d{2,3}\\s?(?:歳|才)${NO_ONES}`) },
  // 3歳児の熱性けいれん, 8才 骨折, 八十八歳の転倒; 3歳児健診 is everybody's
  {
    kind: "age-and-sex",
    pattern: re(
      `(?<![\\d第~〜<>≥≤-]|から)(?:\\d|${KANJI_NUMBER}{1,4})\\s?(?:歳|才)児?[\\sの、,]{1,2}${COMPLAINT}`,
    ),
  },
  {
    kind: "age-and-sex",
    pattern: re(`${NUMBER}\\s?(?:歳|才)の(?:患者|方(?![法針向])|高齢者|子|児|お子|赤)`),
  },
  // 生後3週の発熱; 生後3か月未満 and 生後2か月の健診 are everybody's
  {
    kind: "age-and-sex",
    pattern: re(
      `生後\\s?${NUMBER}\\s?(?:日|週間?|[ヶケかカヵ]月|年)(?:の|、|,|\\s|児)(?!予防|ワクチン|健診|検診|未満|以|まで)`,
    ),
  },
];
