import type { PeopleChange } from "#src/domain/people-change.ts";
import { isSamePerson, marksOf, type Person } from "#src/domain/person.ts";
import { reusedIds } from "#src/flows/acts/reused-ids.ts";
import type { PeopleDifference } from "#src/ports/file-desk.ts";
import type { Store } from "#src/ports/store.ts";

/** What of a list may be a mistake that nobody sees in it, and is asked about once more. */
type Doubts = Pick<PeopleDifference, "others" | "renumbered" | "unreached">;

/**
 * Ids that may mean another person than before, people who are in the list under another id, and those whom nothing would
 * reach any more. Sorting one column of a sheet, or leaving one out, makes such lists.
 */
export async function peopleDoubts(
  before: readonly Person[],
  after: readonly Person[],
  change: PeopleChange,
  store: Pick<Store, "note" | "standings" | "identities">,
): Promise<Doubts> {
  const was = new Map(before.map((person) => [person.id as string, person]));
  const { reused } = await reusedIds(after, store);
  const touched = new Set([...change.joined, ...change.renamed, ...change.moved]);
  const others: PeopleDifference["others"][number][] = [];
  const unreached: PeopleDifference["unreached"][number][] = [];
  for (const person of after.filter(({ id }) => touched.has(id))) {
    const { id, name } = person;
    const old = was.get(id);
    const isKeptOut = reused.has(id);
    const known = await store.identities(id);
    const isRenamed = old !== undefined && change.renamed.includes(id);
    const isMoved = change.moved.includes(id);
    const isOther =
      isRenamed &&
      (isNamedAs(before, person) || (isMoved && !isSamePerson(marksOf(old), marksOf(person), known)));
    if (isKeptOut || isOther) others.push({ id, name, isKeptOut, ...(isRenamed && { before: old.name }) });
    else if (old !== undefined && known.length === 0 && hasWay(old) && !hasWay(person))
      unreached.push({ id, name });
  }
  return { others, unreached, renumbered: renumberedIn(before, after, change) };
}

/** People of both lists who have another id in each, by their name or an address. */
export function withOtherIds(
  before: readonly Person[],
  after: readonly Person[],
): PeopleDifference["renumbered"] {
  const ids = new Map(
    before.toReversed().flatMap((person) => marksIn(person).map((mark) => [mark, person.id as string])),
  );
  return after.flatMap((person) => {
    const from = marksIn(person).flatMap((mark) => ids.get(mark) ?? [])[0];
    return from === undefined || from === person.id ? [] : [{ name: person.name, from, to: person.id }];
  });
}

/** Of those only whose old id is in the list no more and whose new one was not in it: whose it is now is another matter. */
const renumberedIn = (before: readonly Person[], after: readonly Person[], { joined, left }: PeopleChange) =>
  withOtherIds(
    before.filter(({ id }) => left.includes(id)),
    after.filter(({ id }) => joined.includes(id)),
  );

/** Whether this is the name of another id's person in the list before. */
const isNamedAs = (before: readonly Person[], person: Person): boolean =>
  before.some((one) => one.id !== person.id && marksOf(one)["name"] === marksOf(person)["name"]);

/** Whether two rows have the name or an address in common. */
export function areAlike(one: Person | undefined, other: Person): boolean {
  const marks = new Set(one && marksIn(one));
  return marksIn(other).some((mark) => marks.has(mark));
}

/** Addresses first: a name may be two people's. */
const marksIn = (person: Person): readonly string[] =>
  Object.entries(marksOf(person))
    .map(([kind, mark]) => `${kind} ${mark}`)
    .toReversed();

const hasWay = ({ email, accounts }: Person): boolean =>
  email !== undefined || Object.keys(accounts).length > 0;
