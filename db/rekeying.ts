import { and, asc, eq, gt, isNotNull, or, sql } from "drizzle-orm";
import type { Key } from "./keys/keys.ts";
import type { StoreContext } from "./store/store-context.ts";
import { masterKeyProof } from "./store/master-key-proof.ts";
import { textPasses, type Pass } from "./store/sealing.ts";
import { command, first, query, rows, runEach, type Steps } from "./statements/statement.ts";
import { loggedPrograms } from "./store/audit-anchor.ts";
import { rekeyingLog } from "./store/audit-carrying.ts";
import { placeholder, placeholderValue, limitPlaceholder } from "./store/placeholders.ts";
import { addressPlace } from "./store/people.ts";
import { DATABASE } from "./store/notes.ts";
import { wrappedPlace } from "./store/person-keys.ts";

/** Rows of one portion. */
const PORTION = 1_000;

/**
 * Wraps everybody's key anew, and all else that the master key seals, in one transaction that nobody works beside.
 * @param makeKey is asked for the new key once the one of `contextOf` is proved to be the database's
 * @param progress is told the share that is done, from 0 to 1
 */
export const rekeying = (
  contextOf: (program: string) => StoreContext,
  makeKey: () => Key,
  progress: (share: number) => void,
) => {
  const db = contextOf(DATABASE);
  const { masterKey, tables } = db;
  const proof = masterKeyProof(db, masterKey);
  const logged = loggedPrograms(db);
  const { audit, identity, inbox, message, note, person } = tables;
  const logs = query({ program: audit.program }, (select) => select.from(audit).groupBy(audit.program));
  const counted = query(
    {
      all: sql<number>`(select count(*) from ${person}) + (select count(*) from ${identity}) + (select count(*) from ${message}) + (select count(*) from ${inbox})`,
    },
    (select) => select.from(note).limit(limitPlaceholder("limit")),
  );

  return function* (): Steps<void> {
    // Somebody else may have given it another one meanwhile.
    yield* proof.read();
    const to = makeKey();
    const all = (yield* first(counted, { limit: 1 }))?.all ?? 0;
    let done = 0;
    for (const { start, portion } of [...bytesPasses(db, to), ...textPasses(db, to)]) {
      let after: Pass["start"] | undefined = start;
      while (after !== undefined) {
        after = yield* portion(after);
        done += PORTION;
        progress(Math.min(1, done / Math.max(all, 1)));
      }
    }
    const programs = yield* logged.read(masterKey);
    const withLog = new Set([...(programs ?? []), ...(yield* rows(logs)).map(({ program }) => program)]);
    for (const program of withLog) yield* rekeyingLog(contextOf(program), to)();
    // One that was taken out stays away: the logs go on being told.
    if (programs !== undefined) yield* logged.write(to, programs);
    yield* masterKeyProof(db, to).write();
  };
};

/** People's wrapped keys, and addresses. */
const bytesPasses = ({ masterKey, tables }: StoreContext, to: Key): readonly Pass[] => {
  const { identity, person } = tables;
  const limit = limitPlaceholder("limit");
  const keys = query({ program: person.program, person: person.id, sealed: person.wrappedKey }, (select) =>
    select
      .from(person)
      .where(
        and(
          isNotNull(person.wrappedKey),
          or(
            gt(person.program, placeholder("program")),
            and(eq(person.program, placeholder("program")), gt(person.id, placeholder("person"))),
          ),
        ),
      )
      .orderBy(asc(person.program), asc(person.id))
      .limit(limit),
  );
  const setKey = command((db) =>
    db
      .update(person)
      .set({ wrappedKey: placeholderValue("key") })
      .where(and(eq(person.program, placeholder("program")), eq(person.id, placeholder("person")))),
  );
  const addresses = query(
    {
      program: identity.program,
      person: identity.person,
      platform: identity.platform,
      sealed: identity.address,
    },
    (select) =>
      select
        .from(identity)
        .where(
          or(
            gt(identity.program, placeholder("program")),
            and(eq(identity.program, placeholder("program")), gt(identity.person, placeholder("person"))),
            and(
              eq(identity.program, placeholder("program")),
              eq(identity.person, placeholder("person")),
              gt(identity.platform, placeholder("platform")),
            ),
          ),
        )
        .orderBy(asc(identity.program), asc(identity.person), asc(identity.platform))
        .limit(limit),
  );
  const setAddress = command((db) =>
    db
      .update(identity)
      .set({ address: placeholderValue("address") })
      .where(
        and(
          eq(identity.program, placeholder("program")),
          eq(identity.person, placeholder("person")),
          eq(identity.platform, placeholder("platform")),
        ),
      ),
  );
  return [
    {
      start: { program: "", person: "" },
      *portion(after) {
        const some = yield* rows(keys, { ...after, limit: PORTION });
        yield* runEach(
          setKey,
          some.map(({ program, person: who, sealed }) => {
            const place = wrappedPlace(program, who);
            return { program, person: who, key: to.seal(masterKey.open(sealed!, place), place) };
          }),
        );
        return placeOf(some.at(-1));
      },
    },
    {
      start: { program: "", person: "", platform: "" },
      *portion(after) {
        const some = yield* rows(addresses, { ...after, limit: PORTION });
        yield* runEach(
          setAddress,
          some.map(({ program, person: who, platform, sealed }) => {
            const place = addressPlace(program, who, platform);
            return { program, person: who, platform, address: to.seal(masterKey.open(sealed, place), place) };
          }),
        );
        return placeOf(some.at(-1));
      },
    },
  ];
};

const placeOf = <Row extends { readonly sealed: unknown }>(
  row: Row | undefined,
): Omit<Row, "sealed"> | undefined => {
  if (row === undefined) return undefined;
  const { sealed: _, ...place } = row;
  return place;
};
