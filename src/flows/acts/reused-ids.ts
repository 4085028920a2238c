import { isSamePerson, marksOf, type Marks, type Person, type PersonId } from "#src/domain/person.ts";
import type { Store } from "#src/ports/store.ts";

/** The note that keeps whom each id of people.csv meant: digests alone. */
export const WHO = "who";

export interface Reused {
  readonly reused: ReadonlySet<PersonId>;
  /** What `WHO` has to say from now on; undefined where it says it already. */
  readonly note: string | undefined;
}

/**
 * The ids of people.csv that may have been given to another person, while somebody has agreed, or declined, as what they
 * meant before. Until that is mended such a row counts as missing: nobody is asked, told or shown anything as that person.
 */
export async function reusedIds(
  people: readonly Person[],
  store: Pick<Store, "note" | "standings" | "identities">,
): Promise<Reused> {
  const kept = await store.note(WHO);
  const before = kept === undefined ? {} : (JSON.parse(kept) as Readonly<Record<string, Marks>>);
  const standings = await store.standings();
  const reused = new Set<PersonId>();
  const now: Record<string, Marks> = { ...before };
  for (const person of people) {
    const { id } = person;
    const marks = marksOf(person);
    const earlier = Object.hasOwn(before, id) ? before[id]! : undefined;
    const hasSpoken = (standings.get(id)?.consent ?? "unasked") !== "unasked";
    if (!hasSpoken || earlier === undefined) now[id] = marks;
    // What was taken out of the row goes on to tell who was meant.
    else if (isUnchanged(earlier, marks) || isSamePerson(earlier, marks, await store.identities(id)))
      now[id] = { ...earlier, ...marks };
    else reused.add(id);
  }
  const note = JSON.stringify(now);
  return { reused, note: note === kept ? undefined : note };
}

const isUnchanged = (before: Marks, now: Marks): boolean =>
  Object.keys(now).length > 1 && Object.entries(now).every(([kind, mark]) => before[kind] === mark);
