import type { Locale } from "#src/domain/locale.ts";
import type { Gap } from "#src/domain/mismatch.ts";
import type { Person } from "#src/domain/person.ts";
import type { Program } from "#src/domain/program.ts";
import { en, type Catalogue, type GapTexts } from "./en.ts";
import { called, formatOf, type Format } from "./format.ts";
import { ja } from "./ja.ts";

/** A language, ready for one program: its sentences, its dates, and how people and goals are called in it. */
export interface Words {
  readonly locale: Locale;
  readonly say: Catalogue;
  readonly format: Format;
  called(person: Person): string;
  /** "Dr. A and Dr. B" */
  all(people: readonly Person[]): string;
  /** A goal of the program's list; the id itself when the list has changed since. */
  goal(id: string): string;
}

const CATALOGUES: Readonly<Record<Locale, Catalogue>> = { en, ja };

export const LOCALES: readonly Locale[] = ["en", "ja"];

/** The text for a stored value; the value itself where an older version had more of them. */
export const textOf = (texts: Readonly<Record<string, string>>, value: string): string =>
  texts[value] ?? value;

/** What is said of a gap. */
export const gapText = (texts: GapTexts, gap: Gap): string =>
  gap.direction === "different" ? texts[gap.item].different : texts[gap.item][gap.direction];

export function wordsFor(locale: Locale, program: Program): Words {
  const format = formatOf(locale, program.timeZone);
  const name = (person: Person) => called(person, locale);
  return {
    locale,
    say: CATALOGUES[locale],
    format,
    called: name,
    all: (people) => format.list(people.map(name)),
    goal: (id) => program.goals.find((goal) => goal.id === id)?.label[locale] ?? id,
  };
}
