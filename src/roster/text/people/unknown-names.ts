import { distance } from "fastest-levenshtein";
import type { Person } from "#src/domain/person.ts";
import { placeOf, type RosterProblem } from "../problem.ts";

/** A name of the rosters that means nobody, or could mean several, with all that hangs on it. */
export interface UnknownName {
  readonly name: string;
  /** Where it stands first, as it was told there. */
  readonly first: RosterProblem;
  /** "roster.csv:7": where it stands first. */
  readonly place: string;
  /** Lines, events or cells that were left out for it. */
  readonly shifts: number;
  /** Whom it may mean, the likeliest first; nobody where none comes near. */
  readonly nearest: readonly Person[];
}

/** So many people are suggested. */
const SHOWN = 3;

/** Gathers by name what was left out because nobody knows who it is, those with most shifts first. */
export function unknownNames(
  problems: readonly RosterProblem[],
  people: readonly Person[],
): readonly UnknownName[] {
  const named = problems.filter(({ why }) => isAboutName(why) && (why.text ?? "") !== "");
  return [...Map.groupBy(named, ({ why }) => plain(why.text!)).values()]
    .map((own): UnknownName => {
      const [first] = own as [RosterProblem, ...RosterProblem[]];
      const { why } = first;
      const meant = people.filter(({ id }) => why.people?.includes(id));
      return {
        name: why.text!,
        first,
        place: placeOf(first),
        shifts: own.reduce((sum, one) => sum + (one.shifts ?? 1), 0),
        nearest: meant.length > 0 ? meant : nearestOf(why.text!, people),
      };
    })
    .toSorted((one, other) => other.shifts - one.shifts);
}

/** A name that is told by name, and not line by line. */
export const isUnknownName = ({ why }: RosterProblem): boolean => isAboutName(why) && (why.text ?? "") !== "";

const isAboutName = ({ code }: RosterProblem["why"]): boolean => code === "nobody" || code === "ambiguous";

const plain = (text: string): string => text.normalize("NFKC").trim().toLowerCase().replaceAll(/\s+/gu, " ");

/** People one of whose names is like one of the text's words; nobody is better than a guess. */
function nearestOf(text: string, people: readonly Person[]): readonly Person[] {
  const words = plain(text).split(/[\s,;/()・]+/u);
  const steps = (person: Person): number => {
    const names = plain(person.name).split(/[\s,]+/u);
    const all = names.flatMap((name) => words.map((word) => distance(name, word) / Math.max(name.length, 1)));
    return Math.min(...all, distance(plain(person.name), plain(text)) / person.name.length);
  };
  return people
    .map((person) => ({ person, far: steps(person) }))
    .filter(({ far }) => far <= 1 / 3)
    .toSorted((one, other) => one.far - other.far)
    .slice(0, SHOWN)
    .map(({ person }) => person);
}
