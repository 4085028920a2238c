/** Why a text is refused: each kind has its own words. */
export type IdentifierKind =
  | "email"
  | "phone"
  | "record-number"
  | "birth-date"
  | "full-date"
  | "age-and-sex"
  | "room-or-bed"
  | "address"
  | "name"
  | "long-number";

/** One way in which an identifier is written. `pattern` is global; `unless` takes back a match that is none. */
export interface Rule {
  readonly kind: IdentifierKind;
  readonly pattern: RegExp;
  readonly unless?: (match: RegExpExecArray) => boolean;
}

/** A number in Chinese characters, as ages and eras are written in Japanese. */
export const KANJI_NUMBER = "[〇一二三四五六七八九十百元]";

/** What is written in either case. */
export const ci = (source: string): RegExp => new RegExp(source, "giu");

/** What is written as it stands. */
export const re = (source: string): RegExp => new RegExp(source, "gu");

/** What stands before and after a match, for what makes it none. */
export function around(match: RegExpExecArray): { readonly before: string; readonly after: string } {
  const end = match.index + match[0].length;
  return {
    before: match.input.slice(Math.max(0, match.index - 24), match.index),
    after: match.input.slice(end, end + 24),
  };
}
