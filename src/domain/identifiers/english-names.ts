import { isAbbreviation } from "./abbreviations.ts";
import { ci } from "./rule.ts";
import type { Rule } from "./rule.ts";

const KIN = "(?:mom|mum|dad|mother|father|wife|husband|son|daughter|sister|brother|parents?|family|boy|girl)";

const isOfTheTrade = ({ groups }: RegExpExecArray): boolean => isAbbreviation(groups?.["letters"] ?? "");

/** Names that are somebody's who is cared for; Dr. Smith is a colleague. */
export const englishNameRules: readonly Rule[] = [
  // Mr. Smith, Señora Lopez
  {
    kind: "name",
    pattern:
      /\b(?:[Mm]rs?|[Mm]s|Miss|Mx|Mdm|Madame?|Mister|Missus|Señora?|Sra)\.? ?(?<=[. ])\p{Lu}[\p{L}'-]*(?![\p{L}])/gu,
  },
  {
    kind: "name",
    pattern:
      /\b(?:mrs?\.?|M(?:rs?|s)\.) (?!and\b|or\b|of\b|at\b|for\b|scor|scal|imag|angio|venog|brain|spine|scan)[a-z]{2,}/gu,
  },
  // MR. SMITH, Tanaka-san
  { kind: "name", pattern: /\b(?:MRS?|MS)\. ?\p{Lu}{2,}(?!\p{L})/gu },
  {
    kind: "name",
    pattern: /\b(?!Nurse|Doctor|Resident|Kango)\p{Lu}\p{Ll}+[ -](?:san|sama|kun|chan)(?!\p{L})/gu,
  },
  // miss patel's wound; to miss somebody's ECG is a verb
  {
    kind: "name",
    pattern:
      /(?:^|\b(?:for|with|on|of|see|and|to) )(?:miss|ms\.?) (?!today|tonight|nobody|anyone|someone|every)[a-z]{3,}'s\b/gu,
  },
  {
    kind: "name",
    pattern: ci("\\b(?:patient|pt|man|woman|boy|girl|child|lady|kid|baby|guy) (?:named|called) [a-z]"),
  },
  // pt. Smith, patient Smith; a sentence may end with "patient." or "pt.", and the next begin: Next time …
  {
    kind: "name",
    pattern:
      /\b(?:patient|[Pp]t(?:\.(?! (?:Next|Then|Good|Great|Nice|Please|Try|Also|But|And|Thanks?|Today|Tomorrow)\b))?) (?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\p{Lu}\p{Ll}+|(?<!(?:each|every|per|any|all) )\b[Pp]t: ?\p{Lu}\p{Ll}+/gu,
  },
  // pt T.K., patient TK, pt K.M; pt ED course
  {
    kind: "name",
    pattern:
      /\b(?:[Pp]atient|[Pp]ts?)[.:,]? ?(?<=[.:, ])(?<letters>\p{Lu}(?:[.・] ?|-)?\p{Lu})\b(?!\p{L}|[&/]|-\d)/gu,
    unless: isOfTheTrade,
  },
  // pt K needs LP; pt K 6.2, pt A&O and "the pt I saw" name nobody
  {
    kind: "name",
    pattern:
      /\b(?:patient|[Pp]t\.?):? [A-HJ-Z]\.?(?=[ ,;:)]|$)(?! ?[\d<>=+~]| (?:of|low|high|positive|negative|pos|neg|and)\b)/gu,
  },
  // T.K. needs LP; I.V. first
  {
    kind: "name",
    pattern: /(?<![\p{L}.]|(?:Dr|Prof)\.? )(?<letters>\p{Lu}[.・] ?\p{Lu})\.?(?![\p{L}.])/gu,
    unless: isOfTheTrade,
  },
  { kind: "name", pattern: /\b[Ii]nitials?:? (?:are |is )?\p{Lu}\.? ?\p{Lu}\b/gu },
  { kind: "name", pattern: /\b[Nn]ame(?: is|:)? ?(?<=[ :])\p{Lu}\p{Ll}/gu },
  // baby boy Nguyen, baby Smith, the Garcia boy
  {
    kind: "name",
    pattern:
      /\b(?:[Bb]aby|[Nn]ewborn|infant|BG|BB|BBoy|BGirl)(?: [Bb]oy| [Gg]irl| of)? (?!Apgar|Friendly|Steps|Blues|Check|Resus|Care|Delivery)\p{Lu}\p{Ll}{2,}/gu,
  },
  {
    kind: "name",
    pattern:
      /\bthe (?!\p{L}+(?:ese|ish|ian|an|er|ed|ing) )\p{Lu}\p{Ll}{2,} (?:boy|girl|baby|kid|child|family|lady|twins)\b/gu,
  },
  {
    kind: "name",
    pattern: new RegExp(`\\b${KIN} of (?!Dr|Prof|Mr|Pt|Patient|The\\b)\\p{Lu}\\p{Ll}+`, "gu"),
  },
  {
    kind: "name",
    pattern: new RegExp(
      `\\b(?!(?:Patient|Pt|Child|Kid|Baby|Today|Tonight|Mom|Dad|Someone|Everyone|Each|Every|Dr|Resident)'s)\\p{Lu}\\p{Ll}+'s ${KIN}\\b`,
      "gu",
    ),
  },
  // Smith, J.
  { kind: "name", pattern: /\b\p{Lu}\p{Ll}{2,}, ?\p{Lu}\.(?!\p{L})/gu },
];
