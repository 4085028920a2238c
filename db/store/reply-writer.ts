import { and, eq, isNull, lt, sql } from "drizzle-orm";
import type { Recording } from "#src/ports/store.ts";
import type { StoreContext } from "./store-context.ts";
import { command, first, returning, run, type Steps } from "../statements/statement.ts";
import { placeholder, placeholderValue, is } from "./placeholders.ts";
import { personKeys } from "./person-keys.ts";
import { sealAnswer } from "./replies.ts";

/** Appends the answers of one act. What each corrects stays, marked with the row that takes its place. */
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
  // The occasion too: an attending who answers once for all residents of a shift gives each occasion its own reply.
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

  return function* ({ replies, person, nudge, now }: Recording, isFirst: boolean): Steps<void> {
    for (const [i, reply] of replies.entries()) {
      const { about = null, occasion, item, value, text } = reply;
      const place = { person, nudge, occasion, item, at: now };
      const words = sealAnswer(yield* keys.made(person), program, place, value);
      const row = yield* first(insert, { ...place, about, words, text });
      if (!isFirst || i > 0) yield* run(supersede, { id: row?.id, nudge, occasion, item, about });
    }
  };
};
