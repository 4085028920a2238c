import type { PersonId, ShiftRole } from "#src/domain/person.ts";

/** What a CSV export may call its columns. `date` is there when a row's day stands apart from its times. */
export const CSV_COLUMNS = ["person", "date", "start", "end", "endDate", "label", "role"] as const;
export type CsvColumn = (typeof CSV_COLUMNS)[number];

/** How one roster differs from the plain form of its format, as program.yaml states it. */
export interface Dialect {
  /** Names that only this roster uses, "Surge T" → r1. */
  readonly aliases?: Readonly<Record<string, PersonId>>;
  /** More words that say somebody is away; `*` stands for anything. */
  readonly off?: readonly string[];
  /** Words that are duty although a word of leave stands beside them, "holiday day"; `*` stands for anything. */
  readonly duty?: readonly string[];
  /** What a calendar calls tentative is duty all the same, or is passed over; without it, a doubt. */
  readonly tentative?: "duty" | "skip";
  /** Words of entries that are neither duty nor leave, such as a lecture; `*` stands for anything. */
  readonly skip?: readonly string[];
  /** In which role everybody in it works, whose shift names no other. */
  readonly as?: ShiftRole;
  /** Words in the names of shifts that are worked in this role; `*` stands for anything. */
  readonly roles?: Readonly<Partial<Record<ShiftRole, readonly string[]>>>;
  readonly columns?: Readonly<Partial<Record<CsvColumn, string>>>;
  /** The order of day, month and year, "DD/MM/YYYY"; never guessed. */
  readonly dates?: string;
  /** Duty codes of a matrix: "08:30-17:15", "off", "rest" or "none". */
  readonly codes?: Readonly<Record<string, string>>;
  /** The month of a matrix whose header has only the days' numbers, "2026-12". */
  readonly month?: string;
  /** The sheet of a workbook; without it, the only one that fits. */
  readonly sheet?: string;
}

const SYNTAX = /[\\^$.+?()[\]{}|/]/gu;

/** Does a label have one of these words or phrases in it? Full-width forms and capitals make no difference. */
export function sayer(phrases: readonly string[] | undefined): (label: string) => boolean {
  if (phrases === undefined || phrases.length === 0) return () => false;
  const patterns = phrases.map((phrase) => {
    const plain = phrase
      .normalize("NFKC")
      .trim()
      .replaceAll(SYNTAX, String.raw`\$&`)
      .replaceAll(/\*+/gu, ".*");
    // Japanese is not written in separate words.
    const isJapanese = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]/u.test(plain);
    return isJapanese
      ? new RegExp(plain, "iu")
      : new RegExp(String.raw`(?<![\p{L}\p{N}])${plain}(?![\p{L}\p{N}])`, "iu");
  });
  return (label) => {
    const text = label.normalize("NFKC");
    return patterns.some((pattern) => pattern.test(text));
  };
}
