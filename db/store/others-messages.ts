import { and, gt, isNotNull, ne, or, sql, type SQL } from "drizzle-orm";
import { isAskKind, NUDGE_KINDS } from "#src/domain/nudge.ts";
import type { StoreContext, Tables } from "./store-context.ts";
import { command, type Statement } from "../statements/statement.ts";
import { placeholder, is, isIn } from "./placeholders.ts";
import { editRequested } from "./nudge-change.ts";

/** Digests tell of many people. */
const NOTICES = NUDGE_KINDS.filter((kind) => !isAskKind(kind));

/**
 * Marks messages of others for an edit that may show something of this person: messages about shifts that overlap theirs, about
 * weeks of their pairs, and digests. Marking too many does no harm: their cards stay the same.
 */
export function othersMessages({ program, tables }: StoreContext): Statement {
  const { nudge: t, reply, checkInPair: pair } = tables;
  const aboutTheirWeek = sql`${t.subject} in (
    select asked.week from ${pair} asked
    where asked.program = ${program} and ${placeholder("person")} in (asked.resident, asked.attending))`;
  const aboutTheirPair = sql`${t.subject} in (
    select told.occasion from ${reply} told where told.person = ${placeholder("person")} and told.program = ${program})`;
  return command((db) =>
    db
      .update(t)
      .set(editRequested(tables))
      .where(
        and(
          is(t.program, program),
          isNotNull(t.sentAt),
          ne(t.person, placeholder("person")),
          or(isIn(t.kind, NOTICES), aboutSharedShift({ program, tables }), aboutTheirWeek, aboutTheirPair),
        ),
      ),
  );
}

/**
 * About a shift that overlaps one of theirs. Asked of each message, once all else has been: SQLite would join all shifts of the
 * program to make a list of these.
 */
const aboutSharedShift = ({ program, tables }: Pick<StoreContext, "program" | "tables">): SQL => {
  const { nudge: t, assignment } = tables;
  return sql`exists (
    select 1 from ${assignment} beside
    join ${assignment} own on own.program = beside.program and own.start < beside."end" and beside.start < own."end"
    where beside.program = ${program} and beside.id = ${t.subject} and own.person = ${placeholder("person")})`;
};

/** What is open and says otherwise with whom it is, or who sees it, once somebody stops or comes back. What two have answered stays. */
export const saysWithWhom = ({ nudge: t }: Tables): SQL =>
  or(is(t.kind, "shift-goal"), ne(t.state, "answered"))!;

/** The same among the messages of those who share a shift with them. */
export function partnersMessages({ program, tables }: StoreContext): Statement {
  const { nudge: t } = tables;
  return command((db) =>
    db
      .update(t)
      .set(editRequested(tables))
      .where(
        and(
          is(t.program, program),
          isNotNull(t.sentAt),
          ne(t.person, placeholder("person")),
          gt(t.expiresAt, placeholder("now")),
          saysWithWhom(tables),
          aboutSharedShift({ program, tables }),
        ),
      ),
  );
}
