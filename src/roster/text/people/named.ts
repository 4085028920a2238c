import type { Person } from "#src/domain/person.ts";
import type { LeftOutReason } from "#src/domain/roster-report.ts";
import { quoted } from "../problem.ts";

/** Whom a text names: exactly one person, or a sentence saying why not. */
export type Named = { readonly person: Person } | NamesNobody;

/** The text names nobody, or could mean several. */
export interface NamesNobody {
  readonly message: string;
  readonly why: LeftOutReason;
  readonly candidates?: readonly Person[];
  /** It names somebody who is none of these, but is called nearly so. */
  readonly near?: readonly Person[];
  /** What could be a name is also a word of duty or of a place. */
  readonly isWord?: true;
}

export const namesNobody = (text: string): NamesNobody => ({
  message: `${quoted(text)} names nobody of people.csv`,
  why: { code: "nobody", text },
});

export const somebodyElse = (text: string, near: readonly Person[]): NamesNobody => ({
  message: `${quoted(text)} names somebody who is not in people.csv (${near.map(nameAndId).join(", ")} is another)`,
  why: { code: "nobody", text },
  near,
});

const nameAndId = ({ id, name }: Person): string => `${id}, ${name}`;

export const peopleIn = (found: Named): readonly Person[] =>
  "person" in found ? [found.person] : (found.candidates ?? []);

/** "Green Pod": it may be a place, and then names nobody. */
export const perhapsWord = (people: readonly Person[], text: string): NamesNobody => ({
  ...unclear(people, text),
  isWord: true,
});

export function only(found: readonly Person[], text: string): Named {
  const [first, ...others] = found;
  return first !== undefined && others.length === 0 ? { person: first } : unclear(found, text);
}

/** Nobody can tell which of these people a text means. */
export function unclear(found: readonly Person[], text: string): NamesNobody {
  const list = found.map((person) => `${person.id} (${person.name})`).join(" or ");
  const people = found.map((person) => person.id);
  const message =
    found.length === 1
      ? `${quoted(text)} does not say whether ${list} works`
      : `${quoted(text)} could be ${list}`;
  return { message, why: { code: "ambiguous", text, people }, candidates: found };
}
