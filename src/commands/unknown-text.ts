import { isShortened } from "#src/roster/text/problem.ts";
import type { UnknownName } from "#src/roster/text/people/unknown-names.ts";

/** 'roster.csv:7: who is "Surge T"? 12 shifts hang on it; nearest: r1 (Emily Carter)', with the first place of it. */
export const unknownText = ({ name, place, shifts, nearest }: UnknownName): string => {
  const meant = nearest.map((person) => `${person.id} (${person.name})`).join(" or ");
  const hang = `${shifts} shift${shifts === 1 ? " hangs" : "s hang"} on it`;
  return `${place}: who is "${name}"? ${hang}${meant === "" ? "" : `; nearest: ${meant}`}`;
};

/** What to type once it is known who that is. A name that was cut would never be found again: its own reason says what to do. */
export const aliasCall = ({ name, first, nearest }: UnknownName): string =>
  isShortened(name)
    ? first.todo
    : `if it is somebody of people.csv: attune alias "${name.replaceAll('"', String.raw`\"`)}" ${nearest[0]?.id ?? "ID"}; if it is none, a word of \`skip\` passes it over`;
