import { and, eq, isNull } from "drizzle-orm";
import type { PersonId } from "#src/domain/person.ts";
import { keyOf, newSecret, type Key, type Place } from "../keys.ts";
import type { Kept } from "../kept.ts";
import { command, first, query, run, type Steps } from "../statement.ts";
import { given, givenValue, is } from "./given.ts";

export interface PersonKeys {
  /** The person's key; undefined when nothing of theirs was ever sealed, or it was erased. */
  existing(person: PersonId): Steps<Key | undefined>;
  /** The person's key, made when there is none. Only in a transaction. */
  made(person: PersonId): Steps<Key>;
}

/** Keys kept unwrapped, at most. */
const REMEMBERED = 1_000;

/** A key for each person, kept wrapped by the master key: destroying it makes their words unreadable. */
export const personKeys = ({ program, masterKey, openedKeys, tables: { person: t } }: Kept): PersonKeys => {
  const that = and(is(t.program, program), eq(t.id, given("person")));
  const wrapped = query({ key: t.wrappedKey }, (select) => select.from(t).where(that));
  const known = command((db) =>
    db
      .insert(t)
      .values({ program, id: given("person") })
      .onConflictDoNothing(),
  );
  const keep = command((db) =>
    db
      .update(t)
      .set({ wrappedKey: givenValue("key") })
      .where(and(that, isNull(t.wrappedKey))),
  );
  const place = (person: PersonId): Place => ({
    table: "person",
    row: `${program}/${person}`,
    column: "wrapped_key",
  });

  function* existing(person: PersonId): Steps<Key | undefined> {
    const key = (yield* first(wrapped, { person }))?.key;
    if (key == null) {
      openedKeys.delete(place(person).row);
      return undefined;
    }
    const ready = openedKeys.get(place(person).row);
    if (ready?.wrapped.equals(key)) return ready.key;
    const opened = keyOf(masterKey.open(key, place(person)));
    if (openedKeys.size >= REMEMBERED) openedKeys.clear();
    openedKeys.set(place(person).row, { wrapped: key, key: opened });
    return opened;
  }

  return {
    existing,
    *made(person) {
      const key = yield* existing(person);
      if (key !== undefined) return key;
      const secret = newSecret();
      yield* run(known, { person });
      const isOurs = (yield* run(keep, { person, key: masterKey.seal(secret, place(person)) })) === 1;
      // Somebody else has made it meanwhile.
      return isOurs ? keyOf(secret) : (yield* existing(person))!;
    },
  };
};
