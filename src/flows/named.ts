import type { PersonId } from "#src/domain/person.ts";
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
