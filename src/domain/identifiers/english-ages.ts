import { around, ci, re } from "./rule.ts";
import type { Rule } from "./rule.ts";

const PERSON = "(?:males?|females?|man|woman|boy|girl|gentleman|lady|gent|guy|dude|grandma|grandpa|granny)";
const SEX = `(?:${PERSON}\\b|[mf]\\b(?!\\/\\w)|[♂♀])`;
const AGED =
  "(?:y|y\\/?o|y\\.o\\.|yrs?|years?|mo|mos|mths?|months?|wks?|weeks?|days?|d\\/o|m\\/o)[ -]?(?:olds?\\b)?";
const UNIT_OLD = "(?:y(?:ea)?rs?|mo(?:nth)?s?|mths?|w(?:ee)?ks?|days?)[ -]?old\\b";
const TENS = "(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)";
const DECADES = "(?:teens|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)";
const UNIT = "(?:[ -](?:something|ish|one|two|three|four|five|six|seven|eight|nine))?";
/** The age is a limit or a span, not one person's: over 65, 0-90 days, up to 5. */
const NO_LIMIT = "(?<!(?:over|under|above|below|than|to|from|at|by|until|after|before|[-<>≤≥~/+]) ?)";
/** What makes a number a count or a measure. */
const MEASURED =
  "(?![\\d.:%/]|\\+|-\\d|'s| ?(?:times?|x\\b|patients?\\b|pts?\\b|cases?|min|mins|minutes?|hours?|hrs?|h\\b|days?|weeks?|months?|people|kg|mg|ml|mmhg|turnovers?|of\\b|in a row|more|and (?:up|over|older|above)|or (?:more|over|older|above|under|younger|less)|to \\d|out of))";

/** What people come to an emergency room with: a number and an m before it are a man's age, and no minutes. */
const COMPLAINT =
  "(?:cp|chest|sob|dyspnea|abd|belly|fall|fell|syncope|fever|febrile|stroke|cva|tia|seps\\w+|septic|ha\\b|headache|ams|altered|gsw|stab|mv[ac]|stemi|nstemi|dka|copd|chf|asthma|a ?fib|gi ?b|back pain|flank|dizz|weak|seiz|overdose|od\\b|etoh|drunk|hip|lac\\b|found down|arrest|cardiac|pneumo|cough|vomit|n\\/v|rash|psych|si\\b|suicid|assault|burn|palp|anaphyl|c\\/o|s\\/p|r\\/o|h\\/o|pmh|hx of|here for|brought in|presenting)";
/** A thing may be as old: a two-week-old wound. */
const THING =
  "(?! (?:ecgs?|ekgs?|cts?|mris?|wounds?|lacs?|lacerations?|fractures?|fx|injur\\w+|burns?|labs?|films?|x-?rays?|xrs?|strokes?|bruis\\w+|sutures?|stitches|mi\\b|infarcts?|clots?|dressings?|casts?|notes?|guidelines?|stud(?:y|ies)|scans?|echos?|rash\\w*|pain|symptoms?|bleeds?|lines?|cath\\w*|foleys?|papers?|data|protocols?))";

const CATHETER =
  "(?:foley|cath(?! ?lab)|(?:chest |et |ng |og |g-?|j-?)?(?:tubes?|drains?)\\b|sheath|cannula|pigtail|introducer|dilator|needle|guide|wire|og|ng|port\\b|micropuncture|trocar|thal|seldinger|suction|balloon|の?(?:シース|カテ|尿カテ|ドレーン|チューブ|バルーン|トロッカー|トロッカ|イントロ|ガイド|ピッグ))";
const CATHETER_BEFORE = new RegExp(`${CATHETER}[a-zァ-ー]*[ ,:(]{0,3}(?:size |of |at |a |is |to )?$`, "iu");
const CATHETER_AFTER = new RegExp(
  `^[ -]?(?:(?:\\d-?way|silicone|coude|straight|femoral|arterial) )?${CATHETER}`,
  "iu",
);
/** The largest size that catheters and tubes are made in, in French. */
const LARGEST_FRENCH = 36;

/** 18F foley, fever 101F, 1 M KCl, 6 M's, 3 F/U, and in Japanese the third floor: 3F病棟. */
function isMeasure(match: RegExpExecArray): boolean {
  const { before, after } = around(match);
  const number = Number(/\d+/u.exec(match[0])?.[0]);
  const isF = /f$/iu.test(match[0]);
  if (/^(?:'s|\/[A-Z]\b|&|-\d)/u.test(after)) return true;
  if (/(?:size|over|above|under|below|[<>=≥≤]) ?(?:of )?$/iu.test(before)) return true;
  if (!isF)
    return /^ ?の?(?:KCl|NaCl|HCl|NaOH|塩化|食塩|溶液|saline|units?\b|IU\b|solution|bicarb|views)/iu.test(
      after,
    );
  if (number >= 100) return true;
  if (
    /(?:fever|temp|temperature|febrile|spik\w+|hypotherm\w+|\bT)[ :]?(?:of |to |at |is |was |around )?$/iu.test(
      before,
    )
  )
    return true;
  if (number <= 12 && /^の?(?:病棟|外来|手術|オペ|ICU|検査|カテ|ナース|[へにでま])/u.test(after)) return true;
  return number <= LARGEST_FRENCH && (CATHETER_BEFORE.test(before) || CATHETER_AFTER.test(after));
}

/** Ages that are one person's, with the sex or told as such. */
export const englishAgeRules: readonly Rule[] = [
  // 72 y/o male, 6-month-old girl, 8mo boy, 56yoM
  { kind: "age-and-sex", pattern: ci(`\\b\\d{1,3}[ -]?${AGED}[ ,-]{0,2}(?:[a-z]+ )?${SEX}`) },
  // 72yo, the 72-year-old, 3 week old; 0-60 day old and 2 year olds are no one person's
  {
    kind: "age-and-sex",
    pattern: ci(`${NO_LIMIT}\\b\\d{1,3}[ -]?(?:y\\/?o\\b|y\\.o\\.|yo[mf]\\b|${UNIT_OLD}${THING})`),
  },
  {
    kind: "age-and-sex",
    pattern: ci(
      `${NO_LIMIT}\\b(?:\\d{1,3}(?:y|yr|mo|m\\/o|d\\/o) (?:w\\/|c\\/o|s\\/p)|\\d{2}y,? ${COMPLAINT})`,
    ),
  },
  {
    kind: "age-and-sex",
    pattern: ci(`\\b[a-z]{3,12}(?:[ -][a-z]{3,6})?[ -](?:year|month|week|day)s?[ -]old (?:[a-z]+ )?${SEX}`),
  },
  // seventy-two year old… without digits; fifty-something male; the lady, seventy two
  {
    kind: "age-and-sex",
    pattern: ci(`\\b${TENS}${UNIT},? (?:y\\/?o |years?[ -]old )?${PERSON}\\b(?! [a-z]+s\\b)`),
  },
  { kind: "age-and-sex", pattern: ci(`\\b${PERSON},? (?:aged |of |about )?${TENS}${UNIT}\\b`) },
  // mid-60s man, 80's pt, late 70s F; a 40ish male, 50-something woman
  {
    kind: "age-and-sex",
    pattern: ci(`\\b(?:early|mid|late)?[ -]?[1-9]0'?s,? (?:y\\/?o )?(?:[a-z]+ )?(?:${SEX}|pt\\b|patient\\b)`),
  },
  { kind: "age-and-sex", pattern: ci("\\b(?:early|mid|late)[ -]?[1-9]0'?s (?:w\\/|c\\/o|s\\/p)") },
  { kind: "age-and-sex", pattern: ci(`\\b\\d{1,2}[ -]?(?:ish|something),? (?:y\\/?o )?(?:[a-z]+ )?${SEX}`) },
  // a man in his 70s, pt in her mid-80s
  {
    kind: "age-and-sex",
    pattern: ci(`\\bin (?:his|her) (?:early |mid[ -]?|late )?(?:[1-9]0'?s|${DECADES})\\b`),
  },
  {
    kind: "age-and-sex",
    pattern: ci(
      `\\b(?:${PERSON}|pt|patient|someone) in (?:their|the)? ?(?:early |mid[ -]?|late )?(?:[1-9]0'?s|${DECADES})\\b`,
    ),
    unless: (match) =>
      /(?:every|each|first|next)(?: new)? $/iu.test(around(match).before) || / in \d0s$/iu.test(match[0]),
  },
  // 72F, 45 M, 72/F, 58♂
  { kind: "age-and-sex", pattern: /(?<![\d.])\b\d{1,3}[ /]?(?:[MF]|f)\b/gu, unless: isMeasure },
  { kind: "age-and-sex", pattern: /(?<![\d.])\b\d{1,3} ?[♂♀]/gu },
  { kind: "age-and-sex", pattern: ci(`(?<![\\d.])\\b\\d{2} ?m(?:, ?| )(?:with |w\\/ ?)?${COMPLAINT}`) },
  {
    kind: "age-and-sex",
    pattern: ci("\\b\\d{2,3}[ ,]{1,2}(?:man|woman|boy|girl|gentleman|lady|(?:fe)?male)\\b(?! [a-z]+s\\b)"),
  },
  // male, 72; elderly woman (82); F/72; M58; F, 88
  {
    kind: "age-and-sex",
    pattern: ci(
      `(?<!\\d )\\b(?!males|females)${PERSON}[,:]? ?\\(?(?:aged? |of |about |~)?\\d{1,3}\\b${MEASURED}`,
    ),
  },
  { kind: "age-and-sex", pattern: re(`\\b[MF](?:[ /]?|, ?)\\d{2}\\b${MEASURED}`) },
  // aged 88, age: 72, pt is 84
  { kind: "age-and-sex", pattern: ci(`${NO_LIMIT}\\baged \\d{1,3}\\b${MEASURED}`) },
  {
    kind: "age-and-sex",
    pattern: ci(`${NO_LIMIT}\\bage[ :]{1,2}\\d{1,3}(?: ?[,;.]| (?:with|w\\/|c\\/o|s\\/p|${SEX})|$)`),
  },
  {
    kind: "age-and-sex",
    pattern: ci(
      `\\b(?:pt|patient|she|he)(?: is|'s) (?:a |an |only |about )?\\d{2}\\b${MEASURED}(?!(?:st|nd|rd|th)\\b)`,
    ),
  },
];
