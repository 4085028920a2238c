import { and, eq, ne, isNull } from "drizzle-orm";
import type { Store } from "#src/ports/store.ts";
import type { StoreContext } from "./store-context.ts";
import { command, query } from "../statements/statement.ts";
import { first, rows, run, rowsForEach, storableText, type Steps } from "../statements/steps.ts";
import { placeholder, is, placeholderValue } from "./placeholders.ts";
import type { Address, PersonId } from "#src/domain/person.ts";
import type { Identity } from "#src/ports/outbox.ts";
import { keyOf, newSecret, openedAt, type Key, type Opened, type Place } from "../keys/keys.ts";
import type { MessageRef } from "#src/ports/messenger.ts";

/** People's accounts, encrypted with the master key so that they can be found. Addresses are encrypted too: they may contain a token. */
export const identities = (
  context: StoreContext,
): Pick<Store, "identities" | "knownBy" | "rememberIdentity" | "forgetIdentity"> => {
  const { program, masterKey } = context;
  const { account: sealedOn } = sealedTexts(context);
  const { ofPerson, ofAccount, takesPart, takenFromOthers, upsert, forgotten } = accounts(context);
  const place = (person: PersonId, platform: string) => addressPlace(program, person, platform);

  // Sorted here, since they are few: SQLite's sorting would cost more than the rest of the query.
  function* known(person: PersonId) {
    return (yield* rows(ofPerson, { person })).toSorted((a, b) => b.usedAt - a.usedAt);
  }

  const opened: Opened<Address> = new Map();
  const addressOf = (person: PersonId, { platform, address }: { platform: string; address: Buffer }) => {
    const at = place(person, platform);
    return openedAt(opened, at.row, address, () => masterKey.open(address, at).toString() as Address);
  };

  return {
    identities: (person) =>
      context.read(function* () {
        return (yield* known(person)).map((row): Identity => {
          const { platform } = row;
          return { platform, account: sealedOn(platform).open(row.account), address: addressOf(person, row) };
        });
      }),
    knownBy: (platform, account) =>
      context.read(function* () {
        const found = yield* rows(ofAccount, { platform, account: sealedOn(platform).seal(account) });
        return found.toSorted((a, b) => b.usedAt - a.usedAt || (a.person < b.person ? -1 : 1))[0]?.person;
      }),
    rememberIdentity: async (person, { platform, account, address }, now) => {
      const [latest] = await context.read(() => known(person));
      const hidden = sealedOn(platform).seal(account);
      const same = latest?.platform === platform && latest.account === hidden;
      if (same && addressOf(person, latest) === address) return;
      const sealed = masterKey.seal(address, place(person, platform));
      // Under the lock that erasing takes, too: an act that began before an erasing must not store anything after it.
      const locks = [personLock(person), `account ${platform} ${hidden}`];
      await context.lockedTransaction(locks, function* () {
        if ((yield* first(takesPart, { person }))?.consent !== "given") return;
        yield* run(takenFromOthers, { person, platform, account: hidden });
        yield* run(upsert, { person, platform, account: hidden, address: sealed, now });
      });
    },
    forgetIdentity: async (person, platform) => {
      await context.lockedTransaction([personLock(person)], () => run(forgotten, { person, platform }));
    },
  };
};

function accounts({ program, tables }: StoreContext) {
  const t = tables.identity;
  const ofPerson = query(
    { platform: t.platform, account: t.account, address: t.address, usedAt: t.usedAt },
    (select) => select.from(t).where(and(is(t.program, program), eq(t.person, placeholder("person")))),
  );
  const isAccount = and(
    is(t.program, program),
    eq(t.platform, placeholder("platform")),
    eq(t.account, placeholder("account")),
  );
  // An earlier version may have left an account with two people: it is whose it was last.
  const ofAccount = query({ person: t.person, usedAt: t.usedAt }, (select) =>
    select.from(t).where(isAccount),
  );
  const takenFromOthers = command((db) =>
    db.delete(t).where(and(isAccount, ne(t.person, placeholder("person")))),
  );
  const takesPart = query({ consent: tables.person.consent }, (select) =>
    select
      .from(tables.person)
      .where(and(is(tables.person.program, program), eq(tables.person.id, placeholder("person")))),
  );
  const upsert = command((db) =>
    db
      .insert(t)
      .values({
        program,
        person: placeholder("person"),
        platform: placeholder("platform"),
        account: placeholder("account"),
        address: placeholder("address"),
        usedAt: placeholder("now"),
      })
      .onConflictDoUpdate({
        target: [t.program, t.person, t.platform],
        set: {
          account: placeholderValue("account"),
          address: placeholderValue("address"),
          usedAt: placeholderValue("now"),
        },
      }),
  );
  const forgotten = command((db) =>
    db
      .delete(t)
      .where(
        and(
          is(t.program, program),
          eq(t.person, placeholder("person")),
          eq(t.platform, placeholder("platform")),
        ),
      ),
  );
  return { ofPerson, ofAccount, takesPart, takenFromOthers, upsert, forgotten };
}

/** The place of an encrypted address: it cannot be moved to another person. */
export const addressPlace = (program: string, person: PersonId, platform: string): Place => ({
  table: "identity",
  row: `${program}/${person}/${platform}`,
  column: "address",
});

/** The lock for acts of one person and for erasing that person: one at a time. */
export const personLock = (person: PersonId): string => `person ${person}`;

/** The keys that what is kept of people is sealed with. */
export interface PersonKeys {
  /** The person's key; undefined if nothing of theirs was encrypted yet, or they were erased. */
  existing(person: PersonId): Steps<Key | undefined>;
  /** The keys of several people. */
  existingOf(people: ReadonlySet<PersonId>): Steps<ReadonlyMap<PersonId, Key>>;
  /** The person's key; makes one if there is none. Only in a transaction. */
  made(person: PersonId): Steps<Key>;
}

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
    const at = place(person);
    return openedAt(openedKeys, at.row, key, () => keyOf(masterKey.open(key, at)));
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
