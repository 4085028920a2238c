import { and, isNotNull, ne, or, sql } from "drizzle-orm";
import type { StoreContext } from "./store-context.ts";
import { command, type Statement } from "../statements/statement.ts";
import { placeholder, is } from "./placeholders.ts";
import { refreshRequested } from "./nudge-change.ts";

/**
 * Marks for refresh what stands in others' chats and may show what this person has told: messages about shifts that
 * share time with theirs, about weeks of a pair that they are one of, and digests. More than needed does no harm, since
 * a card that says the same is edited to the same.
 */
export function othersMessages({ program, tables }: StoreContext): Statement {
  const { nudge: t, assignment, reply } = tables;
  const aboutSharedShift = sql`${t.subject} in (
    select beside.id from ${assignment} beside
    join ${assignment} own on own.program = beside.program and own.start < beside."end" and beside.start < own."end"
    where own.person = ${placeholder("person")} and own.program = ${program})`;
  const aboutTheirPair = sql`${t.subject} in (
    select told.occasion from ${reply} told where told.person = ${placeholder("person")} and told.program = ${program})`;
  return command((db) =>
    db
      .update(t)
      .set(refreshRequested(tables))
      .where(
        and(
          is(t.program, program),
          isNotNull(t.sentAt),
          ne(t.person, placeholder("person")),
          or(is(t.kind, "attending-digest"), aboutSharedShift, aboutTheirPair),
        ),
      ),
  );
}
