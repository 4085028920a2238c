import { and, asc, eq, gt, gte, isNull, ne, notInArray, or, sql, type Column, type SQL } from "drizzle-orm";
import type { PersonId } from "#src/domain/person.ts";
import { alikeUnder, isSealedAlike, type Key } from "../keys/keys.ts";
import type { StoreContext } from "./store-context.ts";
import { command, query, rows, runEach, type Steps, type Values } from "../statements/statement.ts";
import { ANCHOR } from "./audit-anchor.ts";
import { placeholder, placeholderValue, limitPlaceholder } from "./placeholders.ts";
import { DATABASE } from "./notes.ts";
import { personKeys, type PersonKeys } from "./person-keys.ts";
import { sealAnswer } from "./replies.ts";
import { OWED } from "./scrubbing.ts";
import { sealedTexts, type SealedText } from "./sealed-texts.ts";
import { ROSTER, WISHES } from "./shared-work.ts";

/** One kind of value in all programs, some rows at a time. Each portion is all or nothing, and begun again it does no harm. */
export interface Pass {
  readonly start: Values;
  /** Seals the rows after this place; where the next portion begins, or undefined when nothing is left. */
  portion(after: Values): Steps<Values | undefined>;
}

/** Rows of one portion. */
const PORTION = 1_000;

/** Notes that SQL counts with, or that are sealed in a way of their own. */
const OTHERWISE = [ROSTER, WISHES, OWED, ANCHOR];

/**
 * Seals under the key `to` what is sealed alike under the master key, or stands in clear since before it was sealed.
 * Who has done so already is passed over.
 */
export const textPasses = (
  { tables, masterKey }: Pick<StoreContext, "tables" | "masterKey">,
  to: Key,
): readonly Pass[] => {
  const { identity, message, inbox, note } = tables;
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
  const limit = limitPlaceholder("limit");

  const accounts = query(
    {
      program: identity.program,
      person: identity.person,
      platform: identity.platform,
      stored: identity.account,
    },
    (select) => select.from(identity).where(left(identity.account)).limit(limit),
  );
  const setAccount = command((db) =>
    db
      .update(identity)
      .set({ account: placeholderValue("anew") })
      .where(
        and(
          eq(identity.program, placeholder("program")),
          eq(identity.person, placeholder("person")),
          eq(identity.platform, placeholder("platform")),
        ),
      ),
  );
  // By nudge: there is an index on it, and the sealed text is part of the key.
  const refs = query(
    { program: message.program, platform: message.platform, stored: message.ref, nudge: message.nudge },
    (select) =>
      select
        .from(message)
        .where(and(gte(message.nudge, placeholder("nudge")), left(message.ref)))
        .orderBy(asc(message.nudge))
        .limit(limit),
  );
  const setRef = command((db) =>
    db
      .update(message)
      .set({ ref: placeholderValue("anew") })
      .where(
        and(
          eq(message.program, placeholder("program")),
          eq(message.platform, placeholder("platform")),
          eq(message.ref, placeholder("stored")),
        ),
      ),
  );
  const events = query({ program: inbox.program, stored: inbox.event }, (select) =>
    select
      .from(inbox)
      .where(
        and(
          or(
            gt(inbox.program, placeholder("program")),
            and(eq(inbox.program, placeholder("program")), gt(inbox.event, placeholder("stored"))),
          ),
          left(inbox.event),
        ),
      )
      .orderBy(asc(inbox.program), asc(inbox.event))
      .limit(limit),
  );
  const setEvent = command((db) =>
    db
      .update(inbox)
      .set({ event: placeholderValue("anew") })
      .where(and(eq(inbox.program, placeholder("program")), eq(inbox.event, placeholder("stored")))),
  );
  const notes = query({ program: note.program, key: note.key, stored: note.value }, (select) =>
    select
      .from(note)
      .where(
        and(
          ne(note.program, DATABASE).inlineParams(),
          notInArray(note.key, OTHERWISE).inlineParams(),
          left(note.value),
        ),
      )
      .limit(limit),
  );
  const setNote = command((db) =>
    db
      .update(note)
      .set({ value: placeholderValue("anew") })
      .where(and(eq(note.program, placeholder("program")), eq(note.key, placeholder("key")))),
  );

  const pass = <Row extends Values & { readonly program: string; readonly stored: string }>(
    found: Parameters<typeof rows<Row>>[0],
    set: ReturnType<typeof command>,
    pick: (texts: ReturnType<typeof sealedTexts>, row: Row) => SealedText,
    start: Values = {},
  ): Pass => ({
    start,
    *portion(after) {
      const some = yield* rows(found, { ...after, limit: PORTION });
      yield* runEach(
        set,
        some.map((row) => ({ ...row, anew: anew(row.program, (texts) => pick(texts, row), row.stored) })),
      );
      return some.at(-1);
    },
  });
  return [
    pass(accounts, setAccount, ({ account }, { platform }) => account(platform)),
    pass(refs, setRef, ({ ref }) => ref as SealedText, { nudge: 0 }),
    pass(events, setEvent, ({ event }) => event, { program: "", stored: "" }),
    pass(notes, setNote, ({ note: noted }, { key }) => noted(key)),
  ];
};

/** Seals answers that earlier versions kept in clear: choices, and what was taken back. */
export const answersPass = (contextOf: (program: string) => StoreContext): Pass => {
  const { tables } = contextOf(DATABASE);
  const t = tables.reply;
  const found = query(
    {
      id: t.id,
      program: t.program,
      person: t.person,
      nudge: t.nudge,
      occasion: t.occasion,
      item: t.item,
      at: t.at,
      value: sql<string | null>`clear_value`,
    },
    (select) =>
      select
        .from(t)
        .where(and(isNull(t.words), gt(t.id, placeholder("from"))))
        .orderBy(asc(t.id))
        .limit(limitPlaceholder("limit")),
  );
  const set = command((db) =>
    db
      .update(t)
      .set({ words: placeholderValue("words") })
      .where(eq(t.id, placeholder("id"))),
  );
  const keysOf = new Map<string, PersonKeys>();
  function* keyOf(program: string, person: PersonId): Steps<Key> {
    let keys = keysOf.get(program);
    if (keys === undefined) keysOf.set(program, (keys = personKeys(contextOf(program))));
    return yield* keys.made(person);
  }
  return {
    start: { from: 0 },
    *portion(after) {
      const some = yield* rows(found, { ...after, limit: PORTION });
      const sealed: Values[] = [];
      for (const row of some) {
        const key = yield* keyOf(row.program, row.person);
        sealed.push({ id: row.id, words: sealAnswer(key, row.program, row, row.value) });
      }
      yield* runEach(set, sealed);
      const last = some.at(-1);
      return last && { from: last.id };
    },
  };
};
