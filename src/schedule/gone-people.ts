import type { Person, PersonId, Role } from "#src/domain/person.ts";
import type { Program } from "#src/domain/program.ts";
import type { Roster } from "#src/domain/roster.ts";
import type { Instant } from "#src/domain/time.ts";
import type { Store } from "#src/ports/store.ts";

/** Who was in people.csv at the last plan, and as what: no names. */
const KEY = "people";

/**
 * Who has shifts to come and is in people.csv no more, as what they were there. Planning goes on with them, so that a
 * row that was lost withdraws nothing, theirs or their partners': once they have no shifts, they are gone.
 */
export async function goneFrom(
  program: Program,
  roster: Roster,
  store: Pick<Store, "note" | "setNote">,
  now: Instant,
): Promise<readonly Person[]> {
  const note = await store.note(KEY);
  const was = note === undefined ? {} : (JSON.parse(note) as Readonly<Record<string, Role>>);
  const here = new Set(program.people.map(({ id }) => id));
  const working = new Set(roster.assignments.filter(({ end }) => end > now).map(({ person }) => person));
  const gone = [...working].flatMap((id): readonly Person[] => {
    const role = Object.hasOwn(was, id) ? was[id] : undefined;
    if (here.has(id) || role === undefined) return [];
    return [{ id, role, name: id, locale: program.locale, accounts: {} }];
  });
  const is = JSON.stringify(
    Object.fromEntries([...program.people, ...gone].map(({ id, role }): [PersonId, Role] => [id, role])),
  );
  if (is !== note) await store.setNote(KEY, is);
  return gone;
}
