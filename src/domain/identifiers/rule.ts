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
