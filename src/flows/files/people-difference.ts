import type { PeopleChange } from "#src/domain/people-change.ts";
import type { PeopleDifference } from "#src/ports/file-desk.ts";
import { wordsFor, type Words } from "#src/words/words.ts";
import type { Context } from "../context.ts";
import { rolesText, rotationsText } from "./file-parts.ts";

/** Who changes in one way, each with what is said of them: the name alone, where the label says it all. */
export interface ChangedPeople {
  readonly label: string;
  readonly people: readonly { readonly name: string; readonly text: string }[];
}

type Kind = keyof PeopleChange | "keptOut" | "others" | "renumbered" | "unreached";

type Rows = Readonly<
  Record<Kind, (difference: PeopleDifference, words: Words, context: Context) => ChangedPeople>
>;

const named = (name: string) => ({ name, text: name });

type Other = PeopleDifference["others"][number];

const isKeptOut = (one: Other): boolean => one.isKeptOut;

const othersRow = (
  { say: { files: say } }: Words,
  label: string,
  others: readonly Other[],
): ChangedPeople => ({
  label,
  people: others.map(({ id, name, before = "" }) => ({
    name,
    text: say.under(name, id, before === name ? "" : before),
  })),
});

/** In the order in which they are shown: first what may be a mistake. */
const ROWS: Rows = {
  keptOut: ({ others }, words) => othersRow(words, words.say.files.keptOut, others.filter(isKeptOut)),
  others: ({ others }, words) =>
    othersRow(
      words,
      words.say.files.others,
      others.filter((one) => !isKeptOut(one)),
    ),
  renumbered: ({ renumbered }, { say: { files: say } }) => ({
    label: say.renumbered,
    people: renumbered.map(({ name, from, to }) => ({
      name,
      text: say.personIs(name, say.becomes(from, to)),
    })),
  }),
  unreached: ({ unreached }, { say }) => ({
    label: say.files.unreached,
    people: unreached.map(({ name }) => named(name)),
  }),
  joined: ({ joined }, words) => ({
    label: words.say.files.joined,
    people: joined.map(({ name, roles, rotations }) => {
      const where = rotations.length === 0 ? "" : rotationsText(words, rotations);
      return { name, text: words.say.files.joins(name, rolesText(words, roles), where) };
    }),
  }),
  left: ({ left }, { say: { files: say } }) => ({
    label: say.left,
    people: left.map(({ name, shifts }) => ({ name, text: say.leaves(name, shifts) })),
  }),
  renamed: ({ renamed }, { say: { files: say } }) => ({
    label: say.renamed,
    people: renamed.map(({ from, to }) => ({ name: from, text: say.becomes(from, to) })),
  }),
  inLatin: ({ inLatin }, { say }) => ({
    label: say.files.inLatin,
    people: inLatin.map(({ name, nameEn = say.people.none }) => ({
      name,
      text: say.files.personIs(name, nameEn),
    })),
  }),
  moved: ({ moved }, { say }) => ({ label: say.files.addressed, people: moved.map(named) }),
  recast: ({ recast }, words) => ({
    label: words.say.files.recast,
    people: recast.map(({ name, roles }) => ({
      name,
      text: words.say.files.personIs(name, rolesText(words, roles)),
    })),
  }),
  inLanguage: ({ inLanguage }, { say: { files: say } }, { program }) => ({
    label: say.inLanguage,
    people: inLanguage.map(({ name, locale }) => ({
      name,
      text: say.personIs(name, wordsFor(locale, program).say.name),
    })),
  }),
  rotated: ({ rotated }, words) => ({
    label: words.say.files.rotated,
    people: rotated.map(({ name, rotations }) => ({
      name,
      text: words.say.files.personIs(name, rotationsText(words, rotations)),
    })),
  }),
};

const KINDS = Object.keys(ROWS) as readonly Kind[];

/** All that a people file would change, by what becomes of whom; what concerns nobody is left out. */
export const peopleRows = (
  context: Context,
  words: Words,
  difference: PeopleDifference,
): readonly ChangedPeople[] =>
  KINDS.map((kind) => ROWS[kind](difference, words, context)).filter(({ people }) => people.length > 0);

/** Whether a people file would change anything. Who would be kept out is one of the others. */
export const changesPeople = (difference: PeopleDifference): boolean =>
  KINDS.some((kind) => kind !== "keptOut" && difference[kind].length > 0);

/** What is asked once more before the list counts; undefined where nothing in it may be a mistake. */
export function sureOf(words: Words, difference: PeopleDifference): string | undefined {
  const { sures, applyIt } = words.say.files;
  const { large, others, renumbered, unreached } = difference;
  const about = [
    ...(others.length > 0 ? [sures.others] : []),
    ...(renumbered.length > 0 ? [sures.renumbered] : []),
    ...(unreached.length > 0 ? [sures.unreached] : []),
    ...(large ? [sures.left] : []),
  ];
  return about.length === 0 ? undefined : [...about, applyIt].join("\n");
}
