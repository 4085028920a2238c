import { and, getTableColumns, desc, eq } from "drizzle-orm";
import type { Card } from "#src/card/card.ts";
import { cleanText } from "#src/domain/text.ts";
import type { PersonId } from "#src/domain/person.ts";
import type { ChatLog, ChatMessage } from "#src/ports/chat.ts";
import type { Key, Place } from "../keys/keys.ts";
import type { StoreContext, Tables } from "./store-context.ts";
import { command, query, returning } from "../statements/statement.ts";
import { first, rows, run, type Steps } from "../statements/steps.ts";
import { placeholder, placeholderValue, hidden, is, limitPlaceholder } from "./placeholders.ts";
import { personLock, personKeys } from "./people.ts";

type Row = Tables["chat"]["$inferSelect"];
type Body = { readonly card?: Card; readonly text?: string };

/** The playground's messages, each encrypted with its person's key. */
export const chatLog = (context: StoreContext): ChatLog => {
  const { byId, byKey, newest, insert, change, takeOut } = messages(context);
  const keys = personKeys(context);
  const place = placeIn(context.program);

  const shown = (row: Row, key: Key | undefined): ChatMessage => ({
    id: row.id,
    person: row.person,
    from: row.from,
    at: row.at,
    ...(row.editedAt === null ? {} : { editedAt: row.editedAt }),
    ...(key === undefined ? {} : (JSON.parse(key.open(row.body, place(row)).toString()) as Body)),
  });

  function* show(row: Row | undefined): Steps<ChatMessage | undefined> {
    return row && shown(row, yield* keys.existing(row.person));
  }

  return {
    append: ({ person, from, at, card, text }, key) =>
      context.lockedTransaction([personLock(person)], function* () {
        const there = yield* show(yield* first(byKey, { person, key }));
        if (there !== undefined) return there;
        // A chat shows a person's words as the core received them.
        const said: Body = {
          ...(card === undefined ? {} : { card }),
          ...(text === undefined ? {} : { text: cleanText(text) }),
        };
        const body = (yield* keys.made(person)).seal(JSON.stringify(said), place({ person, key }));
        const [row] = yield* rows(insert, { person, key, from, at, body });
        if (row === undefined) throw new Error("An insert returned no row.");
        return { id: row.id, person, from, at, ...said };
      }),
    edit: (id, card, at) =>
      context.transaction(function* () {
        const row = yield* first(byId, { id });
        if (row === undefined) return undefined;
        const key = yield* keys.made(row.person);
        yield* run(change, { id, at, body: key.seal(JSON.stringify({ card } satisfies Body), place(row)) });
        return yield* show(yield* first(byId, { id }));
      }),
    remove: (id) =>
      context.transaction(function* () {
        return (yield* rows(takeOut, { id }))[0]?.person;
      }),
    find: (person, key) =>
      context.read(function* () {
        return yield* show(yield* first(byKey, { person, key }));
      }),
    get: (id) =>
      context.read(function* () {
        return yield* show(yield* first(byId, { id }));
      }),
    of: (person: PersonId, limit) =>
      context.read(function* () {
        const key = yield* keys.existing(person);
        return (yield* rows(newest, { person, limit })).map((row) => shown(row, key)).toReversed();
      }),
  };
};

const placeIn =
  (program: string) =>
  ({ person, key }: Pick<Row, "person" | "key">): Place => ({
    table: "chat",
    row: JSON.stringify([program, person, key]),
    column: "body",
  });

function messages({ program, tables: { chat: t } }: StoreContext) {
  const ours = is(t.program, program);
  const ofPerson = and(ours, eq(t.person, hidden("person")));
  const columns = getTableColumns(t);
  const byId = query(columns, (select) => select.from(t).where(and(ours, eq(t.id, placeholder("id")))));
  const byKey = query(columns, (select) =>
    select.from(t).where(and(ofPerson, eq(t.key, placeholder("key")))),
  );
  const newest = query(columns, (select) =>
    select.from(t).where(ofPerson).orderBy(desc(t.id)).limit(limitPlaceholder("limit")),
  );
  const insert = returning({ id: t.id }, (db, id) =>
    db
      .insert(t)
      .values({
        program,
        person: placeholder("person"),
        key: placeholder("key"),
        from: placeholder("from"),
        at: placeholder("at"),
        body: placeholder("body"),
      })
      .returning(id),
  );
  const change = command((db) =>
    db
      .update(t)
      .set({ body: placeholderValue("body"), editedAt: placeholderValue("at") })
      .where(and(ours, eq(t.id, placeholder("id")))),
  );
  const takeOut = returning({ person: t.person }, (db, person) =>
    db
      .delete(t)
      .where(and(ours, eq(t.id, placeholder("id"))))
      .returning(person),
  );
  return { byId, byKey, newest, insert, change, takeOut };
}
