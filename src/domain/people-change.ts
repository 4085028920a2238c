import type { Locale } from "./locale.ts";
import { exactMark, marksOf, type Marks, type Person } from "./person.ts";

/** What is kept of one row. What an older version wrote down lacks the optional ones: nothing is told of them then. */
interface KeptPerson {
  readonly roles: string;
  readonly marks: Marks;
  /** Letter for letter, where marks do not tell capitals from small letters. */
  readonly name?: string;
  readonly nameEn?: string;
  readonly locale?: Locale;
  readonly rotations?: readonly string[];
}

/** What is kept of a people.csv, to tell what another one changes: fingerprints, roles and rotations, no name and no address. */
export type PeopleKept = Readonly<Record<string, KeptPerson>>;

export const peopleKept = (people: readonly Person[]): PeopleKept =>
  Object.fromEntries(
    people.map((one) => [
      one.id,
      {
        roles: one.roles.join("+"),
        marks: marksOf(one),
        name: exactMark(one.name),
        nameEn: exactMark(one.nameEn ?? ""),
        locale: one.locale,
        rotations: (one.rotations ?? []).toSorted(),
      },
    ]),
  );

/** What a people.csv changes: ids, by what became of their row. Somebody may be in several lists; each column is in one of them. */
export interface PeopleChange {
  readonly joined: readonly string[];
  readonly left: readonly string[];
  readonly renamed: readonly string[];
  /** Another name in Latin letters. */
  readonly inLatin: readonly string[];
  /** Another e-mail or account. */
  readonly moved: readonly string[];
  /** Other roles, or in another order. */
  readonly recast: readonly string[];
  /** Another language, until they choose one themselves. */
  readonly inLanguage: readonly string[];
  /** Other rotations, or as the program has it. */
  readonly rotated: readonly string[];
}

/** Compares two states of people.csv. */
export function peopleChange(before: PeopleKept, after: PeopleKept): PeopleChange {
  const both = Object.keys(after).filter((id) => Object.hasOwn(before, id));
  const differing = (...columns: readonly ((kept: KeptPerson) => unknown)[]) =>
    both.filter((id) =>
      columns.some((column) => {
        const was = column(before[id]!);
        return was !== undefined && JSON.stringify(was) !== JSON.stringify(column(after[id]!));
      }),
    );
  return {
    joined: Object.keys(after).filter((id) => !Object.hasOwn(before, id)),
    left: Object.keys(before).filter((id) => !Object.hasOwn(after, id)),
    renamed: differing(
      ({ marks }) => marks["name"],
      ({ name }) => name,
    ),
    inLatin: differing(({ nameEn }) => nameEn),
    moved: differing(({ marks }) => addressesOf(marks)),
    recast: differing(({ roles }) => roles),
    inLanguage: differing(({ locale }) => locale),
    rotated: differing(({ rotations }) => rotations),
  };
}

const addressesOf = (marks: Marks) =>
  Object.entries(marks)
    .filter(([kind]) => kind !== "name")
    .toSorted(([one], [other]) => (one < other ? -1 : 1));

export const isNoChange = (change: PeopleChange): boolean =>
  Object.values<readonly string[]>({ ...change }).every((ids) => ids.length === 0);

/** Who was in the list before and is in it now, with something else about them: each once. */
export const changedIn = (change: PeopleChange): ReadonlySet<string> =>
  new Set(Object.values<readonly string[]>({ ...change, joined: [], left: [] }).flat());
