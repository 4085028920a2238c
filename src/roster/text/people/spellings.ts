import { withoutDegrees, type Person } from "#src/domain/person.ts";
import { isJapanese, wordsOf } from "./words-of.ts";

/* The ways in which rosters write a person's name; each is the key of its words. */

/** The words of a person's name, in its own order. */
export const nameWords = ({ name }: Person): readonly string[] =>
  wordsOf(withoutDegrees(name)).map(({ word }) => word);

/** A name in the ways it is written: "佐藤 健" and "佐藤健"; "Emily Carter" and "Carter, Emily". */
export function fullNames(person: Person): readonly string[] {
  const parts = nameWords(person);
  if (isJapanese(person.name)) return [parts.join(" "), parts.join("")];
  const [first, ...rest] = parts;
  const last = parts.at(-1);
  if (first === undefined || last === undefined || rest.length === 0) return [parts.join(" ")];
  return [parts.join(" "), [...rest, first].join(" "), [last, ...parts.slice(0, -1)].join(" ")];
}

/** Japanese names are family-first; others have the family name last, unless a comma says otherwise. */
export function surname(person: Person): readonly string[] {
  const parts = nameWords(person);
  if (parts.length < 2) return [];
  const isFamilyFirst = isJapanese(person.name) || withoutDegrees(person.name).includes(",");
  const found = isFamilyFirst ? parts[0] : parts.at(-1);
  return found === undefined ? [] : [found];
}

/** "J Smith", "Smith J" and "Smith, J.", as call lists have them. */
export function withInitials(person: Person): readonly string[] {
  const [first, ...rest] = nameWords(person);
  const last = rest.at(-1);
  const isOther = isJapanese(person.name) || withoutDegrees(person.name).includes(",");
  if (isOther || first === undefined || last === undefined) return [];
  const initial = first.slice(0, 1);
  return [`${initial} ${last}`, `${last} ${initial}`];
}
