import { marksOf, type Marks, type Person } from "./person.ts";

/** What is kept of a people.csv, to tell what another one changes: digests and roles, no name and no address. */
export type PeopleKept = Readonly<Record<string, { readonly roles: string; readonly marks: Marks }>>;

export const peopleKept = (people: readonly Person[]): PeopleKept =>
  Object.fromEntries(people.map((one) => [one.id, { roles: one.roles.join("+"), marks: marksOf(one) }]));

/** What a people.csv changes: ids, by what became of their row. Somebody may be in several lists. */
export interface PeopleChange {
  readonly joined: readonly string[];
  readonly left: readonly string[];
  readonly renamed: readonly string[];
  /** Another e-mail or account. */
  readonly moved: readonly string[];
  /** Other roles, or in another order. */
  readonly recast: readonly string[];
}

/** Compares two states of people.csv. What neither tells (a language, a name in Latin letters) is no change here. */
export function peopleChange(before: PeopleKept, after: PeopleKept): PeopleChange {
  const both = Object.keys(after).filter((id) => Object.hasOwn(before, id));
  const differs = (id: string, what: (kept: PeopleKept[string]) => unknown): boolean =>
    JSON.stringify(what(before[id]!)) !== JSON.stringify(what(after[id]!));
  return {
    joined: Object.keys(after).filter((id) => !Object.hasOwn(before, id)),
    left: Object.keys(before).filter((id) => !Object.hasOwn(after, id)),
    renamed: both.filter((id) => differs(id, ({ marks }) => marks["name"])),
    moved: both.filter((id) => differs(id, ({ marks }) => addressesOf(marks))),
    recast: both.filter((id) => differs(id, ({ roles }) => roles)),
  };
}

const addressesOf = (marks: Marks) =>
  Object.entries(marks)
    .filter(([kind]) => kind !== "name")
    .toSorted(([one], [other]) => (one < other ? -1 : 1));

export const isNoChange = (change: PeopleChange): boolean =>
  Object.values<readonly string[]>({ ...change }).every((ids) => ids.length === 0);
