import { englishRules } from "./identifiers/english.ts";
import { japaneseRules } from "./identifiers/japanese.ts";
import { anywhereRules, hasLongNumber } from "./identifiers/numbers.ts";
import type { IdentifierKind, Rule } from "./identifiers/rule.ts";

export type { IdentifierKind } from "./identifiers/rule.ts";

/** The most telling kinds first, so that the reason given is the one that a reader recognises. */
const RULES: readonly Rule[] = [...englishRules, ...japaneseRules, ...anywhereRules];

/**
 * What in this text looks like a patient's identifier, if anything does. Both languages' rules are
 * tried on every text, since people mix them. A reminder to whoever types, not de-identification: the
 * corpus in test/fixtures/identifiers says how much it finds. The rules are our own; no library on npm
 * knew record numbers or Japanese (reliability.md).
 */
export function identifierIn(text: string): IdentifierKind | undefined {
  const plain = plainly(text);
  const found = RULES.find(({ pattern, unless }) =>
    [...plain.matchAll(pattern)].some((match) => unless === undefined || !unless(match)),
  );
  return found?.kind ?? (hasLongNumber(plain) ? "long-number" : undefined);
}

/** One form for what looks the same: full-width digits, the many dashes, marks that are not seen. */
const plainly = (text: string): string =>
  text
    .normalize("NFKC")
    .replaceAll(/\p{Default_Ignorable_Code_Point}/gu, "")
    .replaceAll(/[‐‑‒–—―−]/gu, "-")
    .replaceAll(/(?<=\d)ー(?=\d)/gu, "-")
    .replaceAll(/\s+/gu, " ");
