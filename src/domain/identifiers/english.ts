import type { Rule } from "./rule.ts";

const MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\\.?";
const SEX = "(?:males?|females?|man|woman|boy|girl|gentleman|lady|gent)";
const AGED = "(?:y|y\\/?o|y\\.o\\.|yrs?|years?|mo|mos|months?|wks?|weeks?|days?|d\\/o|m\\/o)[ -]?(?:old)?";
/** What makes a number before it a count, not a bed's or a person's. */
const COUNTED =
  "(?!\\s?(?:times?|x\\b|patients\\b|pts\\b|cases?|min|mins|minutes?|hours?|hrs?|h\\b|days?|weeks?|people|turnovers?|%))";

const ci = (source: string): RegExp => new RegExp(source, "giu");

export const englishRules: readonly Rule[] = [
  // MRN 4021, patient ID: A-123, chart no. 88
  {
    kind: "record-number",
    pattern: ci(
      "\\b(?:mrn|mr ?#|(?:medical )?record (?:no|number|id)|chart (?:no|number|id)|(?:patient|pt)(?:'s)? (?:id|no|number)|" +
        "(?:case|hospital|nhs|account|acct|encounter|visit|accession|insurance|policy) (?:no|number|id)|nhs|ssn|csn)(?![a-z])" +
        "(?:\\.|:|#| |is\\b|was\\b){0,4}[a-z]{0,3}-?\\d{2,}",
    ),
  },
  { kind: "record-number", pattern: /\bID ?[:#]? ?[A-Z]{0,3}-?\d{3,}|\b[Ii]d ?[:#] ?\d{3,}/gu },
  { kind: "record-number", pattern: /#\s?\d{3,}|\b(?:No|Nr|№)\.? ?\d{4,}/gu },
  { kind: "record-number", pattern: /(?<!\d)\d{3}-\d{2}-\d{4}(?!\d)/gu },
  // DOB 3/3/54, born in 1954
  {
    kind: "birth-date",
    pattern: ci(`\\b(?:dob|d\\.o\\.b|date of birth|birth ?date|birthday|born)\\b\\.?[^.;]{0,16}\\d`),
    // "born 2 hours ago" and "born at 32 weeks" name no date.
    unless: ([text]) => /born (?:at |after )?\d{1,2}$/iu.test(text),
  },
  { kind: "full-date", pattern: ci(`\\b${MONTH} \\d{1,2}(?:st|nd|rd|th)?,? (?:\\d{4}|'\\d{2})\\b`) },
  {
    kind: "full-date",
    pattern: ci(`\\b\\d{1,2}(?:st|nd|rd|th)?(?: of)?[ -]${MONTH}[ -,]{1,2}(?:\\d{4}|'\\d{2})\\b`),
  },
  // 72 y/o male, 6-month-old girl, 72yo pt
  { kind: "age-and-sex", pattern: ci(`\\b\\d{1,3}[ -]?${AGED}[ ,-]{0,2}(?:[a-z]+ )?(?:${SEX}|[mf])\\b`) },
  // an age told like this is one person's, also without the sex: 72yo, the 72-year-old
  {
    kind: "age-and-sex",
    pattern: ci(
      "(?<!(?:over|under|above|below|than|to|[-<>≤≥]) ?)\\b\\d{1,3}[ -]?(?:y\\/?o\\b|y\\.o\\.|years?[ -]old\\b)",
    ),
  },
  { kind: "age-and-sex", pattern: ci(`\\b[a-z]{3,12}(?:[ -][a-z]{3,6})?[ -]years?[ -]old ${SEX}\\b`) },
  // 72F, 45 M, 72/F; a catheter's size and a temperature are no age
  {
    kind: "age-and-sex",
    pattern:
      /(?<![\d.]|(?:fever|temp|temperature|size|over|above|[<>=≥]) ?(?:of )?)\b\d{1,3}[ /]?(?:[MF]|f)\b(?!'s| ?(?:cath|foley|tube|chest|sheath|drain|cannula|pigtail|needle|OG|NG))/gu,
  },
  {
    kind: "age-and-sex",
    pattern: ci(`\\b\\d{2,3}[ ,]{1,2}(?:man|woman|boy|girl|gentleman|lady|(?:fe)?male)\\b(?! [a-z]+s\\b)`),
  },
  // male, 72; F/72; woman aged 72; man in his 70s
  { kind: "age-and-sex", pattern: ci(`\\b${SEX},? (?:aged? |of )?\\d{1,3}\\b${COUNTED}`) },
  { kind: "age-and-sex", pattern: /\b[MF][ /]?\d{2}\b/gu },
  { kind: "age-and-sex", pattern: ci(`\\b${SEX} in (?:his|her|their) (?:early |mid[ -]?|late )?\\d0'?s`) },
  // bed 12, Rm 304, bay #4, room B
  {
    kind: "room-or-bed",
    pattern: ci(
      `\\b(?:room|rm|bed|bay|cubicle|stretcher|trolley|gurney|curtain|hallway|hall|corridor)s?\\.? ?(?:no\\.? |number |#)? ?[a-z]?-?\\d{1,4}[a-z]?\\b${COUNTED}`,
    ),
  },
  { kind: "room-or-bed", pattern: /\b(?:[Rr]oom|[Rr]m|[Bb]ed|[Bb]ay|[Cc]ubicle) [A-H]\b/gu },
  { kind: "room-or-bed", pattern: /\bin \d{3}[A-D]\b/gu },
  { kind: "room-or-bed", pattern: ci(`(?<!\\d )\\b(?:pt|patient) in \\d{1,3}[a-z]?\\b(?!%)${COUNTED}`) },
  {
    kind: "address",
    pattern:
      /\b\d{1,5} [A-Z][a-z]+(?: [A-Z][a-z]+)? (?:Street|St|Avenue|Ave|Road|Rd|Drive|Lane|Ln|Blvd|Court)\b/gu,
  },
  // Mr. Smith; Dr. Smith is a colleague
  {
    kind: "name",
    pattern: /\b(?:[Mm]rs?|[Mm]s|Miss|Mx|Mdm|Madam)\.? ?(?<=[. ])\p{Lu}[\p{L}'’-]*(?![\p{L}])/gu,
  },
  {
    kind: "name",
    pattern:
      /\b(?:mrs?\.?|M(?:rs?|s)\.) (?!and\b|or\b|of\b|at\b|for\b|scor|scal|imag|angio|venog|brain|spine|scan)[a-z]{2,}/gu,
  },
  { kind: "name", pattern: ci("\\b(?:patient|pt|man|woman|boy|girl|child|lady) (?:named|called) [a-z]") },
  {
    kind: "name",
    pattern:
      /\b(?:patient|pt|Pt\.)\.? (?:(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\p{Lu}\p{Ll}+|\p{Lu}\. ?\p{Lu}\.)/gu,
  },
  { kind: "name", pattern: /\b[Ii]nitials?:? (?:are |is )?\p{Lu}\.? ?\p{Lu}\b/gu },
  { kind: "name", pattern: /\b[Nn]ame(?: is|:) ?\p{Lu}\p{Ll}/gu },
];
