import { englishAgeRules } from "./english-ages.ts";
import { englishNameRules } from "./english-names.ts";
import { englishPlaceRules } from "./english-places.ts";
import { ci } from "./rule.ts";
import type { Rule } from "./rule.ts";
import { isCourseDate } from "./course-dates.ts";

const MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\\.?";
const SAID = "(?:\\.|:|#| |is\\b|was\\b|no\\b|ending\\b|ends\\b|in\\b|last \\w+\\b){0,6}[a-z]{0,3}-?\\d{2,}";

export const englishRules: readonly Rule[] = [
  // MRN 4021, patient ID: A-123, chart no. 88, HN 12-4456, acct 991-22
  {
    kind: "record-number",
    pattern: ci(
      "\\b(?:mrn|mr ?#|(?:medical )?record (?:no|number|id)|med(?:ical)? rec(?:ord)?|(?:chart|file|folder) (?:no|number|id)|(?:patient|pt)(?:'s)? (?:id|no|number)|" +
        "(?:case|hosp(?:ital)?|nhs|account|acct|encounter|enc|visit|accession|insurance|policy|unit|episode|specimen) (?:no|number|id)|nhs|ssn|csn|hn|uhid|umrn|empi)(?![a-z])" +
        SAID,
    ),
  },
  {
    kind: "record-number",
    pattern: ci("\\b(?:acct|chart|record|encounter)[ :#]{1,2}(?!20\\d\\d\\b)(?:\\d{4,}|\\d{2,}-\\d{2,})"),
  },
  {
    kind: "record-number",
    pattern: /\b(?:FIN|PID|NHI|CHI|URN|HRN|UID|CPI|NRIC)[ :#]{0,2}[A-Z]{0,3}-?\d{3,}/gu,
  },
  { kind: "record-number", pattern: /\bID ?[:#]? ?[A-Z]{0,3}-?\d{3,}|\b[Ii]d ?[:#] ?\d{3,}/gu },
  { kind: "record-number", pattern: /#\s?\d{3,}|\b(?:No|Nr|№)\.? ?\d{4,}/gu },
  { kind: "record-number", pattern: /(?<!\d)\d{3}-\d{2}-\d{4}(?!\d)/gu },
  // DOB 3/3/54, born in 1954, b. 1948
  {
    kind: "birth-date",
    pattern: ci(
      `\\b(?:dob|d\\.o\\.b|yob|date of birth|year of birth|birth ?date|birth ?day|b-?day|born)\\b\\.?[^.;]{0,16}\\d`,
    ),
    // "born 2 hours ago" and "born at 32 weeks" name no date.
    unless: ([text]) => /born (?:at |after )?\d{1,2}$/iu.test(text),
  },
  { kind: "birth-date", pattern: ci("\\bb\\.? ?(?:18|19|20)\\d{2}\\b") },
  {
    kind: "full-date",
    pattern: ci(`\\b${MONTH} \\d{1,2}(?:st|nd|rd|th)?,? (?:\\d{4}|'\\d{2})\\b`),
    unless: isCourseDate,
  },
  {
    kind: "full-date",
    pattern: ci(`\\b\\d{1,2}(?:st|nd|rd|th)?(?: of)?[ -]${MONTH}[ -,]{1,2}(?:\\d{4}|'\\d{2})\\b`),
    unless: isCourseDate,
  },
  {
    kind: "full-date",
    pattern: ci(`\\b\\d{1,2}([-/])${MONTH}\\1(?:\\d{4}|\\d{2})\\b`),
    unless: isCourseDate,
  },
  ...englishAgeRules,
  ...englishPlaceRules,
  ...englishNameRules,
];
