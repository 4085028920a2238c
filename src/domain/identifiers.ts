import { englishRules } from "./identifiers/english.ts";
import { japaneseRules } from "./identifiers/japanese.ts";
import { anywhereRules, hasLongNumber } from "./identifiers/numbers.ts";
import type { IdentifierKind, Rule } from "./identifiers/rule.ts";

export type { IdentifierKind } from "./identifiers/rule.ts";

/** The clearest kinds come first: the refusal then names a reason that the writer recognises. */
const RULES: readonly Rule[] = [...englishRules, ...japaneseRules, ...anywhereRules];

/**
 * The kind of patient identifier that this text seems to contain; undefined if none. The rules of both languages are tried
 * on every text, since people mix languages. This reminds the writer; it is no de-identification. docs/identifiers.md and the
 * corpora in test/fixtures/identifiers say how much it finds. The rules are our own: no library on npm knows record numbers
 * or Japanese.
 */
export function identifierIn(text: string): IdentifierKind | undefined {
  const plain = plainly(text);
  return RULES.find((rule) => matchesOf(rule, plain).length > 0)?.kind ?? longNumberIn(plain);
}

/** The same for a command, in which a date is a future day and no birthday: "pause until 2026-04-02". */
export function identifierInCommand(text: string): IdentifierKind | undefined {
  const plain = plainly(text);
  const isDate = (rule: Rule): boolean => rule.kind === "full-date";
  const found = RULES.find((rule) => !isDate(rule) && matchesOf(rule, plain).length > 0);
  if (found !== undefined) return found.kind;
  const dates = RULES.filter(isDate).flatMap((rule) => matchesOf(rule, plain));
  return longNumberIn(
    dates
      .reduce((rest, [date]) => rest.replace(date, " "), plain)
      .replaceAll(/(?<!\d)20\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?!\d)/gu, " "),
  );
}

const matchesOf = ({ pattern, unless }: Rule, text: string): readonly RegExpExecArray[] =>
  [...text.matchAll(pattern)].filter((match) => unless === undefined || !unless(match));

const longNumberIn = (text: string): IdentifierKind | undefined =>
  hasLongNumber(text) ? "long-number" : undefined;

/** The text in one form for what looks the same: digits of any script and in keycaps, kinds of dashes, invisible marks. */
const plainly = (text: string): string =>
  text
    .normalize("NFKC")
    .replaceAll(/[\p{Default_Ignorable_Code_Point}\u20E3]/gu, "")
    .replaceAll(/[\p{Nd}--[0-9]]/gv, digitOf)
    .replaceAll(/[‐‑‒–—―−⁃➖]/gu, "-")
    .replaceAll(/[‘’ʼ‛`´]/gu, "'")
    .replaceAll(/(?<=[\dA-Za-z])ー(?=\d)/gu, "-")
    .replaceAll(/\s+/gu, " ");

/** A digit of another script, such as ٤, in ours. Unicode has the ten of a script in order, from its zero on (UAX #44). */
function digitOf(digit: string): string {
  const code = digit.codePointAt(0)!;
  let before = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(code - before - 1))) before += 1;
  return String(before % 10);
}
