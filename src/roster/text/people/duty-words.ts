import { isJapanese, type Word } from "./words-of.ts";

/*
 * What stands next to a name in a roster and is no part of it. A word that is not listed could be a given name: "Olivia
 * Carter" is not Emily Carter. None of these is a usual given name, so "day" is here and "grace" never.
 */

const TITLES = new Set(
  (
    "dr drs doctor prof professor mr mrs ms mx miss md phd mph msc mba facep faem frcem mbbs mbchb mbbch " +
    "dnp pa-c jr sr ii iii iv esq attending attendings sup supv attg att res resident residents intern interns fellow fellows chief " +
    "junior senior registrar consultant sho spr faculty staff trainee supervisor student locum physician provider " +
    "研修医 専攻医 指導医 専門医 上級医 専修医 初期研修医 後期研修医 医員 助教 講師 准教授"
  ).split(" "),
);

/** What is worked, when and where. */
const PLACES = new Set(
  (
    "shift shifts day days night nights evening evenings morning mornings afternoon afternoons noon midnight overnight overnights " +
    "late early mid middle swing float graveyard twilight weekend weekends weekday holiday am pm ed er icu micu sicu " +
    "picu nicu ccu cdu obs observation emergency department dept acute urgent care fast track fasttrack triage trauma resus " +
    "resuscitation surge pod zone team bay area side unit block group room rooms ward floor wards clinic clinics hospital campus " +
    "site main north south east west central red blue green yellow orange purple black white gold silver pink brown gray grey bronze platinum alpha bravo delta line class low high acuity major majors " +
    "minor minors medical surgical medicine surgery peds pediatric pediatrics paeds paediatric paediatrics adult adults psych ob gyn " +
    "obgyn ortho radiology anesthesia anaesthesia cardiology neuro ems tox toxicology ultrasound admin administrative conference " +
    "didactics teaching lecture simulation research orientation call calls on-call oncall standby backup back-up back up jeopardy " +
    "sick pull relief cover covers covered covering coverage supervising supervision lead leading charge duty duties service off-service " +
    "in-house house home working works work hours hour hrs hr full half part double long short extra moonlight moonlighting " +
    "first second third fourth 1st 2nd 3rd 4th primary secondary tertiary additional regular rotation rotating schedule assignment"
  ).split(" "),
);

/** What stands between such words, leave, and days of the week. */
const BETWEEN = new Set(
  (
    "start starts end ends from to till til until at on in for of the and with w by as is has only not no new old both all any " +
    "per via or monday tue tues tuesday wed wednesday thu thur thurs thursday fri friday sat saturday sunday off leave " +
    "vacation pto annual paid personal sick away out unavailable requested approved pending confirmed tbd tba swap swapped traded " +
    "trade pgy sched assigned on-duty onduty nightshift dayshift name"
  ).split(" "),
);

const isDuty = (word: string): boolean => PLACES.has(word) || BETWEEN.has(word);

/** Japanese words of duty end in one of these, which no given name does. */
const JAPANESE =
  /(?:勤務?|番|当直|日直|直明|外来|病棟|救急|救命|待機|担当|シフト|コール|センター|初療|準夜|深夜|休[暇みむ]?|欠勤|忌引き?|なし|無し|不可|代替|代診|連休|休日|祝日|室|科|係|枠|班|時間|帯|指導|研修|明け?|早出|遅出|残り|午前|午後|夕方|オンコール|ホットライン|カー|ウォークイン)$/u;
const JAPANESE_WHOLE = new Set(
  "日 夜 準 深 早 遅 当 直 宿直 副直 当番 日中 夜間 朝 昼 夕 平日 休日 祝日 土日 月 火 水 木 金 土 第一 第二 上 下 正 副 主 の と は が 有 年 公 代 振 特 夏 冬".split(
    " ",
  ),
);

/** After these a single letter is a place: "Pod A". */
const LETTERED = new Set(
  "pod zone team bay area side unit track block group class line shift room ward floor code wave tier bed site campus week".split(
    " ",
  ),
);

const LEVEL = /^(?:pgy|ca|r|f|ft|st|ct|ms|m|y|yr|year|卒後|l)-?\d{1,2}$/u;

/** A title, a degree or a year of training, or a mark such as "*": it says nothing of who somebody is. */
export const isTitle = ({ word, raw }: Word): boolean =>
  TITLES.has(word) ||
  LEVEL.test(word) ||
  TITLES.has(word.replaceAll(".", "")) ||
  !/[\p{L}\p{N}]/u.test(raw) ||
  /^[\d年目]+$/u.test(word);

/**
 * Does the word say when, where or what is done, and not who? `before` is the word before it. Short words in capitals
 * are codes ("MICU"), unless the name beside them stands in capitals too.
 */
export function isNoName(one: Word, before: Word | undefined, isNameInCapitals: boolean): boolean {
  const { word, raw } = one;
  if (isTitle(one) || isDuty(word) || /\d/u.test(word)) return true;
  if (isJapanese(word)) return JAPANESE_WHOLE.has(word) || JAPANESE.test(word);
  const letters = raw.replaceAll(/[^\p{L}]/gu, "");
  if (letters.length === 1) return before !== undefined && LETTERED.has(before.word);
  if (word.includes("-")) return word.split("-").every((part) => isDuty(part) || part.length === 1);
  return !isNameInCapitals && letters.length <= 4 && /^\p{Lu}+$/u.test(raw);
}

/** Parts of a house, and colours of teams: each is a surname, too. */
const JAPANESE_PLACES = new Set(
  "東 西 南 北 中 中央 本 新 旧 内 外 前 後 左 右 奥 青 赤 白 黒 緑 黄 紫 橙 桃 銀".split(" "),
);
const PARTICLES = new Set("の と は が".split(" "));

/** A surname that is also a word of duty or of a place: Green, Ward, 東. */
export const isAlsoWord = (word: string): boolean =>
  PLACES.has(word) || JAPANESE_PLACES.has(word) || (JAPANESE_WHOLE.has(word) && !PARTICLES.has(word));

/** A word of duty or of a place, or the number of one ("Ward 3"), beside a word that may be one, too. */
export function saysPlace(one: Word, other: string): boolean {
  const { word } = one;
  if (LETTERED.has(other) && /^(?:\d{1,3}|[a-z]|\d{1,2}[a-z])$/u.test(word)) return true;
  if (isTitle(one) || BETWEEN.has(word)) return false;
  if (PLACES.has(word) || JAPANESE_PLACES.has(word)) return true;
  if (isJapanese(word)) return !PARTICLES.has(word) && isNoName(one, undefined, false);
  return /^[\p{Lu}\d]{2,5}$/u.test(one.raw) && isNoName(one, undefined, false);
}
