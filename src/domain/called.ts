import type { Locale } from "./locale.ts";
import { usualOnShift, type Person } from "./person.ts";

/** What of a person decides how they are called. */
export type Named = Pick<Person, "id" | "name" | "nameEn" | "roles">;

/**
 * How people of a program are spoken of in a language: a physician by surname, "Dr. Okafor" and "田中先生", and by the full name
 * where two of the program share the surname. Who is coordinator alone is さん, and in English goes by the full name.
 */
export function calledIn(locale: Locale, everybody: readonly Named[]): (person: Named) => string {
  const counts = new Map<string, number>();
  for (const person of everybody) {
    const key = keyOf(familyName(nameIn(locale, person)));
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return (person) => {
    const full = plainName(nameIn(locale, person));
    const family = familyName(full);
    const short = (counts.get(keyOf(family)) ?? 0) > 1 ? full : family;
    if (usualOnShift(person) === undefined) return locale === "ja" ? `${short}さん` : full;
    return locale === "ja" ? `${short}先生` : `Dr. ${short}`;
  };
}

/** A person's full name as a reader of the language reads it: in Latin letters for English, where people.csv has it so. */
export const nameIn = (locale: Locale, { name, nameEn }: Pick<Named, "name" | "nameEn">): string =>
  locale === "en" ? (nameEn ?? name) : name;

/** Names in these scripts begin with the family name. */
const FAMILY_FIRST = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}]/u;

/** Degrees that people.csv has after a comma are no part of a name. */
const DEGREES =
  /,\s*(?:(?:MD|M\.D\.|DO|D\.O\.|PhD|MPH|MSc|MBBS|MBChB|FACEP|FAAEM|FRCEM|PA-C|NP|RN|Jr\.?|Sr\.?)[\s,]*)+$/iu;

export const withoutDegrees = (name: string): string => name.replace(DEGREES, "");

/** A name without title and degrees: "Dr. Daniel Okafor, MD" is Daniel Okafor. */
const plainName = (name: string): string =>
  withoutDegrees(name)
    .replace(/^(?:dr|prof)\b\.?\s+/iu, "")
    .replace(/\s*先生$/u, "")
    .replace(/\s+(?:Jr\.?|Sr\.?|II|III|IV)$/u, "")
    .trim();

/** "Okafor", "田中", "van der Berg"; the whole name where no part of it is known to be the family's. */
export function familyName(name: string): string {
  const plain = plainName(name);
  const [beforeComma, given] = plain.split(/\s*[,、]\s*/u);
  if (given !== undefined && beforeComma !== undefined && beforeComma !== "") return beforeComma;
  const parts = plain.split(/\s+/u);
  if (FAMILY_FIRST.test(plain)) return parts[0]!;
  // "van", "de la": what is written small before the last word belongs to it.
  const small = parts.findIndex((part, place) => place > 0 && /^\p{Ll}/u.test(part));
  return parts.slice(small === -1 ? -1 : small).join(" ");
}

const keyOf = (name: string): string => name.normalize("NFKC").toLowerCase();
