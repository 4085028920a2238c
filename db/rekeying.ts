import { isNotNull, sql } from "drizzle-orm";
import type { Key, Place } from "./keys/keys.ts";
import type { StoreContext } from "./store/store-context.ts";
import { resealed } from "./store/files.ts";
import { masterKeyProof } from "./store/master-key-proof.ts";
import { PORTION, rowPass, type Pass } from "./store/row-pass.ts";
import { textPasses } from "./store/sealing.ts";
import { query } from "./statements/statement.ts";
import { first, rows, type Steps } from "./statements/steps.ts";
import { loggedPrograms } from "./store/audit-anchor.ts";
import { rekeyingLog } from "./store/audit-carrying.ts";
import { limitPlaceholder } from "./store/placeholders.ts";
import { addressPlace, wrappedPlace } from "./store/people.ts";
import { DATABASE } from "./store/shared-work.ts";

/**
 * Encrypts people's keys, and everything else under the master key, with a new master key. One transaction; no other process works
 * meanwhile.
 * @param makeKey makes the new key. Called once the old one is proved to be the database's
 * @param progress called with the share that is done, from 0 to 1
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
    // Another process may have changed the key meanwhile.
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
    // A missing anchor stays missing: doctor goes on reporting it.
    if (programs !== undefined) yield* logged.write(to, programs);
    yield* masterKeyProof(db, to).write();
  };
};

/** A version may have ten million bytes. */
const FILES_AT_A_TIME = 4;

/** People's wrapped keys, addresses, and files. */
const bytesPasses = ({ masterKey, tables }: StoreContext, to: Key): readonly Pass[] => {
  const anew = (sealed: Buffer, place: Place) => to.seal(masterKey.open(sealed, place), place);
  const { person } = tables;
  return [
    rowPass(
      tables,
      { table: "person", column: "wrappedKey", from: ["program", "id"], where: isNotNull(person.wrappedKey) },
      ({ program, id, stored }) => anew(stored!, wrappedPlace(program, id)),
    ),
    rowPass(
      tables,
      { table: "identity", column: "address", from: ["program", "person", "platform"], where: undefined },
      ({ program, person: who, platform, stored }) => anew(stored, addressPlace(program, who, platform)),
    ),
    ...(["about", "bytes"] as const).map((column) =>
      rowPass(
        tables,
        { table: "fileVersion", column, from: ["program", "id"], where: undefined },
        (row) => resealed(masterKey, to, row, column),
        FILES_AT_A_TIME,
      ),
    ),
  ];
};
