import { and, eq, isNull } from "drizzle-orm";
import type { PersonId } from "#src/domain/person.ts";
import { keyOf, newSecret, type Key, type Place } from "../keys/keys.ts";
import type { StoreContext } from "./store-context.ts";
import { command, query } from "../statements/statement.ts";
import { first, rowsForEach, run, type Steps, storableText } from "../statements/steps.ts";
import { placeholder, placeholderValue, is } from "./placeholders.ts";
import type { MessageRef } from "#src/ports/messenger.ts";

export interface PersonKeys {
  /** The person's key; undefined if nothing of theirs was encrypted yet, or they were erased. */
  existing(person: PersonId): Steps<Key | undefined>;
  /** The keys of several people. */
  existingOf(people: ReadonlySet<PersonId>): Steps<ReadonlyMap<PersonId, Key>>;
  /** The person's key; makes one if there is none. Only in a transaction. */
  made(person: PersonId): Steps<Key>;
}

/** How many decrypted keys are cached. */
const REMEMBERED = 1_000;

/** A key for each person, encrypted with the master key. Destroying it makes the person's texts unreadable. */
export const personKeys = (context: StoreContext): PersonKeys => {
  const { program, masterKey, openedKeys } = context;
  const { wrapped, known, keep } = wrappedKeys(context);
  const place = (person: PersonId) => wrappedPlace(program, person);

  const opened = (person: PersonId, key: Buffer | null | undefined): Key | undefined => {
    if (key == null) {
      openedKeys.delete(place(person).row);
      return undefined;
    }
    const ready = openedKeys.get(place(person).row);
    if (ready?.wrapped.equals(key)) return ready.key;
    const fresh = keyOf(masterKey.open(key, place(person)));
    if (openedKeys.size >= REMEMBERED) openedKeys.clear();
    openedKeys.set(place(person).row, { wrapped: key, key: fresh });
    return fresh;
  };

  function* existing(person: PersonId): Steps<Key | undefined> {
    return opened(person, (yield* first(wrapped, { person }))?.key);
  }

  return {
    existing,
    *existingOf(people) {
      const asked = [...people];
      const found = yield* rowsForEach(
        wrapped,
        asked.map((person) => ({ person })),
      );
      const keys = new Map<PersonId, Key>();
      for (const [i, person] of asked.entries()) {
        const key = opened(person, found[i]?.[0]?.key);
        if (key !== undefined) keys.set(person, key);
      }
      return keys;
    },
    *made(person) {
      const key = yield* existing(person);
      if (key !== undefined) return key;
      const secret = newSecret();
      yield* run(known, { person });
      const isOurs = (yield* run(keep, { person, key: masterKey.seal(secret, place(person)) })) === 1;
      // Another process has made it meanwhile.
      return isOurs ? keyOf(secret) : (yield* existing(person))!;
    },
  };
};

function wrappedKeys({ program, tables: { person: t } }: StoreContext) {
  const that = and(is(t.program, program), eq(t.id, placeholder("person")));
  const wrapped = query({ key: t.wrappedKey }, (select) => select.from(t).where(that));
  const known = command((db) =>
    db
      .insert(t)
      .values({ program, id: placeholder("person") })
      .onConflictDoNothing(),
  );
  const keep = command((db) =>
    db
      .update(t)
      .set({ wrappedKey: placeholderValue("key") })
      .where(and(that, isNull(t.wrappedKey))),
  );
  return { wrapped, known, keep };
}

/** The place of a person's encrypted key: it cannot be moved to another person. */
export const wrappedPlace = (program: string, person: PersonId): Place => ({
  table: "person",
  row: `${program}/${person}`,
  column: "wrapped_key",
});

/** Encrypts and decrypts the texts of a column. */
export interface SealedText<Text extends string = string> {
  seal(text: Text): string;
  open(sealed: string): Text;
}

/** Texts by which rows are found and that tell about a person. Equal texts are encrypted equally, with the master key. */
export const sealedTexts = ({ program, masterKey }: Pick<StoreContext, "program" | "masterKey">) => ({
  /** A message's id on its platform. It may name the person's chat. */
  ref: sealedAt<MessageRef>(masterKey, { table: "message", row: program, column: "ref" }),
  /** An event's id on its platform. It may name the person. */
  event: sealedAt(masterKey, { table: "inbox", row: program, column: "event" }),
  account: (platform: string) =>
    sealedAt(masterKey, { table: "identity", row: JSON.stringify([program, platform]), column: "account" }),
  note: (key: string) =>
    sealedAt(masterKey, { table: "note", row: JSON.stringify([program, key]), column: "value" }),
});

const sealedAt = <Text extends string = string>(key: Key, place: Place): SealedText<Text> => ({
  seal: (text) => key.sealAlike(storableText(text), place),
  open: (sealed) => key.openAlike(sealed, place) as Text,
});
