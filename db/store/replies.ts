import { and, asc, eq, gte, isNull, lt, or, sql } from "drizzle-orm";
import { inTheseRoles } from "#src/domain/exchange.ts";
import type { Store, Recording } from "#src/ports/store.ts";
import type { StoreContext, Tables } from "./store-context.ts";
import { query, type Values, command, returning, type Query } from "../statements/statement.ts";
import { rows, type Steps, first, run, storableText } from "../statements/steps.ts";
import { placeholder, hidden, is, placeholderValue, written } from "./placeholders.ts";
import { nudgeId } from "#src/domain/nudge.ts";
import type { Reply } from "#src/domain/reply.ts";
import type { Key, Place } from "../keys/keys.ts";
import { personKeys } from "./people.ts";

type Reads = Pick<Store, "replies" | "repliesOfPair" | "repliesOf" | "repliesDuring">;

/** Answers that were not superseded. Superseded ones stay in the table, for a person's export and for taking a line back. */
export const replies = (context: StoreContext): Reads => {
  const { toOccasion, ofPair, ofPerson, during } = readings(context);
  const opened = openReplies(context);
  const reading = (statement: Query<ReplyRow>, values: Values) =>
    context.read(function* () {
      return yield* opened(yield* rows(statement, values));
    });

  return {
    replies: (occasion) =>
      context.read(function* () {
        const found = yield* rows(toOccasion, { occasion });
        const all = yield* opened(found);
        const superseded = new Map(found.map(({ supersededBy }, at) => [supersededBy, all[at]!]));
        return found.flatMap(({ id, supersededBy }, at) => {
          const before = superseded.get(id);
          if (supersededBy !== null) return [];
          return before === undefined
            ? all[at]!
            : { ...all[at]!, before: { value: before.value, text: before.text } };
        });
      }),
    repliesOfPair: async (resident, attending) =>
      inTheseRoles(resident, attending, await reading(ofPair, { resident, attending })),
    repliesOf: (person, from, to) => reading(ofPerson, { person, from, to }),
    repliesDuring: (from, to) => reading(during, { from, to }),
  };
};

function readings({ program, tables }: StoreContext) {
  const t = tables.reply;
  const inForce = and(is(t.program, program), isNull(t.supersededBy));
  const givenIn = and(gte(t.at, placeholder("from")), lt(t.at, placeholder("to")));
  const find = (where: ReturnType<typeof and>) =>
    query(replyColumns(tables), (select) =>
      select.from(t).where(and(inForce, where)).orderBy(asc(t.at), asc(t.id)),
    );

  const side = (by: string, about: string) =>
    and(eq(t.person, hidden(by)), or(isNull(t.about), eq(t.about, hidden(about))));
  const occasions = (by: string, about: string) =>
    sql`${t.occasion} in (select r.occasion from ${t} r where r.program = ${written(program)} and r.superseded_by is null
      and r.person = ${hidden(by)} and (r.about is null or r.about = ${hidden(about)}))`;

  // SQLite would read all replies of the program in the order of an index rather than sort the few of a pair. The plus prevents
  // that: with it the index by time cannot be used.
  const findFew = (where: ReturnType<typeof and>) =>
    query(replyColumns(tables), (select) =>
      select
        .from(t)
        .where(and(inForce, where))
        .orderBy(sql`+${t.at}`, asc(t.id)),
    );

  const toOccasion = query({ ...replyColumns(tables), id: t.id, supersededBy: t.supersededBy }, (select) =>
    select
      .from(t)
      .where(and(is(t.program, program), eq(t.occasion, hidden("occasion"))))
      .orderBy(asc(t.at), asc(t.id)),
  );
  const ofPair = findFew(
    and(
      or(side("resident", "attending"), side("attending", "resident")),
      occasions("resident", "attending"),
      occasions("attending", "resident"),
    ),
  );
  const ofPerson = find(and(eq(t.person, hidden("person")), givenIn));
  const during = find(givenIn);
  return { toOccasion, ofPair, ofPerson, during };
}

export const replyColumns = ({ reply: t }: Tables) => ({
  nudge: t.nudge,
  person: t.person,
  about: t.about,
  occasion: t.occasion,
  item: t.item,
  words: t.words,
  text: t.text,
  at: t.at,
});

export type ReplyRow = Pick<Tables["reply"]["$inferSelect"], keyof ReturnType<typeof replyColumns>>;

type Sealed = Pick<ReplyRow, "nudge" | "person" | "occasion" | "item" | "at">;

/** Answers are padded to a multiple of so many bytes before encryption: their length would tell which choice it was. */
const STEP = 32;
/** The stored value of a skipped or withdrawn answer. No answer of a person contains a control character. */
const NOTHING = "\u0001";

/** Encrypts an answer with the person's key. */
export const sealAnswer = (key: Key, program: string, reply: Sealed, value: string | null): Buffer => {
  const plain = Buffer.from(storableText(value ?? NOTHING));
  const padded = Buffer.alloc(Math.max(1, Math.ceil(plain.length / STEP)) * STEP);
  plain.copy(padded);
  return key.seal(padded, wordsPlace(program, reply));
};

/** Decrypts an answer. Texts of earlier versions have no padding. */
const openAnswer = (key: Key, program: string, reply: Sealed, sealed: Buffer): string | null => {
  const padded = key.open(sealed, wordsPlace(program, reply));
  let end = padded.length;
  while (end > 0 && padded[end - 1] === 0) end -= 1;
  const value = padded.toString("utf8", 0, end);
  return value === NOTHING ? null : value;
};

/** The place of an encrypted answer: it cannot be moved to another reply. */
const wordsPlace = (program: string, { person, nudge, occasion, item, at }: Sealed): Place => ({
  table: "reply",
  row: JSON.stringify([program, person, nudge, occasion, item, at]),
  column: "words",
});

/** Turns rows into replies, decrypted with each person's key. */
export const openReplies = (context: StoreContext) => {
  const keys = personKeys(context);

  return function* (found: readonly ReplyRow[]): Steps<readonly Reply[]> {
    const opened = yield* keys.existingOf(new Set(found.map(({ person }) => person)));
    return found.map((row) => {
      const key = opened.get(row.person);
      const { words } = row;
      const value = key === undefined || words === null ? null : openAnswer(key, context.program, row, words);
      return replyOf(row, value);
    });
  };
};

const replyOf = (
  { nudge, person, about, occasion, item, text, at }: ReplyRow,
  value: string | null,
): Reply => ({
  nudge: nudgeId(nudge),
  person,
  ...(about === null ? {} : { about }),
  occasion,
  item,
  value,
  text,
  at,
});

/** Appends the answers of one act. An answer that is corrected stays, and is marked with the id of the new one. */
export const replyWriter = (context: StoreContext) => {
  const { program, tables } = context;
  const t = tables.reply;
  const keys = personKeys(context);
  const insert = returning({ id: t.id }, (db, id) =>
    db
      .insert(t)
      .values({
        program,
        person: placeholder("person"),
        nudge: placeholder("nudge"),
        about: placeholder("about"),
        occasion: placeholder("occasion"),
        item: placeholder("item"),
        words: placeholder("words"),
        text: placeholder("text"),
        at: placeholder("at"),
      })
      .returning(id),
  );
  // By occasion, too: an attending who answers once for all residents of a shift writes one reply for each occasion.
  const supersede = command((db) =>
    db
      .update(t)
      .set({ supersededBy: placeholderValue("id") })
      .where(
        and(
          is(t.program, program),
          eq(t.occasion, placeholder("occasion")),
          eq(t.nudge, placeholder("nudge")),
          eq(t.item, placeholder("item")),
          sql`${t.about} is not distinct from ${placeholder("about")}`,
          isNull(t.supersededBy),
          lt(t.id, placeholder("id")),
        ),
      ),
  );

  return function* (
    { replies, person, nudge, now }: Pick<Recording, "replies" | "person" | "nudge" | "now">,
    isFirst: boolean,
  ): Steps<void> {
    for (const [i, reply] of replies.entries()) {
      const { about = null, occasion, item, value, text } = reply;
      const place = { person, nudge, occasion, item, at: now };
      const words = sealAnswer(yield* keys.made(person), program, place, value);
      const row = yield* first(insert, { ...place, about, words, text });
      if (!isFirst || i > 0) yield* run(supersede, { id: row?.id, nudge, occasion, item, about });
    }
  };
};
