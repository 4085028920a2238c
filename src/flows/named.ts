import { nameIn, type Person, type PersonId } from "#src/domain/person.ts";
import type { Words } from "#src/words/words.ts";
import type { Context } from "./context.ts";

/** How a reader calls somebody of the program; by their id where they are nobody's any more. */
export function nameOf({ person }: Pick<Context, "person">, words: Words, id: PersonId): string {
  const found = person(id);
  return found === undefined ? id : words.called(found);
}

/** The first of many, and how many more there are. */
export function shortened({ say }: Words, all: readonly string[], most: number): readonly string[] {
  const left = all.length - most;
  return left > 0 ? [...all.slice(0, most), say.roster.more(left)] : all;
}

/** Those of the program whom a name means: an id, a whole name, or one of its parts. */
export const peopleNamed = ({ program }: Pick<Context, "program">, name: string): readonly Person[] =>
  namedAmong(program.people, name);

/** The same of everybody in the list of people, also who is kept out. */
export const listedAs = ({ program, keptOut }: Context, name: string): readonly Person[] =>
  namedAmong([...program.people, ...keptOut], name);

function namedAmong(people: readonly Person[], name: string): readonly Person[] {
  const wanted = plain(name);
  const namesOf = (one: Person) => [one.id, one.name, nameIn("en", one)];
  const whole = people.filter((one) => namesOf(one).some((is) => plain(is) === wanted));
  if (whole.length > 0 || wanted === "") return whole;
  return people.filter((one) =>
    [one.name, nameIn("en", one)].some((is) => is.split(/[\s,・]+/u).some((part) => plain(part) === wanted)),
  );
}

const plain = (text: string): string =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/^(?:dr\.?|prof\.?) /u, "")
    .replace(/(?:先生|さん)$/u, "")
    .replaceAll(/\s+/gu, "");
