import { and, isNull, ne, notInArray, sql, type Column, type SQL } from "drizzle-orm";
import type { PersonId } from "#src/domain/person.ts";
import { alikeUnder, isSealedAlike, type Key } from "../keys/keys.ts";
import { rowPass, type Pass } from "./row-pass.ts";
import type { StoreContext } from "./store-context.ts";
import type { Steps } from "../statements/steps.ts";
import { ANCHOR } from "./audit-anchor.ts";
import { DATABASE, ROSTER, WISHES, OWED } from "./shared-work.ts";
import { personKeys, sealedTexts, type PersonKeys, type SealedText } from "./people.ts";
import { sealAnswer } from "./replies.ts";

/** Notes that stay as they are: SQL calculates with them, or they are encrypted differently. */
const OTHERWISE = [ROSTER, WISHES, OWED, ANCHOR];

/**
 * Encrypts with the key `to` what was encrypted with the old master key, or stored in clear by an earlier version. Values that have
 * the new key already are left out.
 */
export const textPasses = (
  { tables, masterKey }: Pick<StoreContext, "tables" | "masterKey">,
  to: Key,
): readonly Pass[] => {
  const left = (column: Column): SQL => sql`${column} not like ${sql.raw(`'${alikeUnder(to)}%'`)}`;
  const anew = (
    program: string,
    pick: (texts: ReturnType<typeof sealedTexts>) => SealedText,
    stored: string,
  ) => {
    const before = pick(sealedTexts({ program, masterKey }));
    const plain = isSealedAlike(stored) ? before.open(stored) : stored;
    return pick(sealedTexts({ program, masterKey: to })).seal(plain);
  };
  const { identity, message, inbox, note } = tables;
  const noted = and(
    ne(note.program, DATABASE).inlineParams(),
    notInArray(note.key, OTHERWISE).inlineParams(),
  );
  return [
    rowPass(
      tables,
      { table: "identity", column: "account", from: ["program", "platform"], where: left(identity.account) },
      ({ program, platform, stored }) => anew(program, ({ account }) => account(platform), stored),
    ),
    rowPass(
      tables,
      { table: "message", column: "ref", from: ["program"], where: left(message.ref) },
      ({ program, stored }) => anew(program, ({ ref }) => ref, stored),
    ),
    rowPass(
      tables,
      { table: "inbox", column: "event", from: ["program"], where: left(inbox.event) },
      ({ program, stored }) => anew(program, ({ event }) => event, stored),
    ),
    rowPass(
      tables,
      { table: "note", column: "value", from: ["program", "key"], where: and(noted, left(note.value)) },
      ({ program, key, stored }) => anew(program, (texts) => texts.note(key), stored),
    ),
  ];
};

/** Encrypts answers that earlier versions stored in clear: choices and withdrawn answers. */
export const answersPass = (contextOf: (program: string) => StoreContext): Pass => {
  const { tables } = contextOf(DATABASE);
  const { reply: t } = tables;
  const keysOf = new Map<string, PersonKeys>();
  function* keyOf(program: string, person: PersonId): Steps<Key> {
    let keys = keysOf.get(program);
    if (keys === undefined) keysOf.set(program, (keys = personKeys(contextOf(program))));
    return yield* keys.made(person);
  }
  return rowPass(
    tables,
    {
      table: "reply",
      column: "words",
      from: ["program", "person", "nudge", "occasion", "item", "at"],
      clear: sql`clear_value`,
      where: isNull(t.words),
    },
    function* (row) {
      return sealAnswer(yield* keyOf(row.program, row.person), row.program, row, row.clear ?? null);
    },
  );
};
