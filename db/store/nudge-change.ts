import { and, eq, gt, ne, or, sql, type SQL } from "drizzle-orm";
import type { SQLiteUpdateSetSource } from "drizzle-orm/sqlite-core";
import { IN_HAND } from "#src/domain/nudge-life.ts";
import type { NudgeKind } from "#src/domain/nudge.ts";
import type { StoreContext, Tables } from "./store-context.ts";
import { command, type RowChange, type Statement } from "../statements/statement.ts";
import { is, isIn, placeholder, placeholderValue } from "./placeholders.ts";

export type NudgeSet = SQLiteUpdateSetSource<Tables["nudge"]>;

/** A write to the nudge with the value `id`, if `where` holds for it. */
export const nudgeChange = (t: Tables["nudge"], set: NudgeSet, where: SQL | undefined): RowChange => ({
  table: t,
  build: (db) => db.update(t).set(set).where(where),
  // "case" hides the condition from the planner: with old statistics PostgreSQL might use an index other than that of the ids.
  buildForMany: (db) =>
    db
      .update(t)
      .set(set)
      .from(sql`input`)
      .where(sql`${t.id} = input."id" and case when ${where} then true else false end`),
});

/**
 * The columns that mark a nudge for an edit, with the value `now`. During an edit, the mark waits until that edit ends: of two
 * edits at once the older one could win.
 */
export const editRequested = ({ nudge: t }: Tables) => ({
  editVersion: sql`${t.editVersion} + 1`,
  editAt: sql`coalesce(${t.editAt}, ${placeholder("now")})`,
});

/** A message shows the nudge. */
export const isShown = ({ nudge: t, message }: Tables): SQL =>
  sql`exists (select 1 from ${message} m where m.nudge = ${t.id})`;

/** Marks the messages that show nudges of a kind for an edit: they read otherwise now. `which`: only some of them. */
export const shownOfKind = ({ program, tables }: StoreContext, kind: NudgeKind, which?: SQL): Statement =>
  command((db) =>
    db
      .update(tables.nudge)
      .set(editRequested(tables))
      .where(and(is(tables.nudge.program, program), is(tables.nudge.kind, kind), which, isShown(tables))),
  );

/** What an act writes to nudges, its own and others, beside their states (nudge-life.ts). */
export function actWrites({ program, tables }: StoreContext) {
  const { nudge: t } = tables;
  const that = and(is(t.program, program), eq(t.id, placeholder("id")));
  return {
    touched: command((db) =>
      db
        .update(t)
        .set({ touchedAt: placeholderValue("now") })
        .where(that),
    ),
    edit: command((db) =>
      db
        .update(t)
        .set(editRequested(tables))
        .where(and(that, or(isShown(tables), isIn(t.state, IN_HAND)))),
    ),
    hasten: command((db) =>
      db
        .update(t)
        .set({ dueAt: placeholderValue("dueAt") })
        .where(and(that, is(t.state, "planned"), gt(t.dueAt, placeholder("dueAt")))),
    ),
    // Not sent yet: then the ask itself comes at that moment.
    remind: command((db) =>
      db
        .update(t)
        .set({
          remindAt: sql`case when ${t.state} = 'planned' or ${t.reminder} is not null then ${t.remindAt} else ${placeholder("at")} end`,
          snoozedUntil: sql`case when ${t.reminder} is null then null else ${placeholder("at")} end`,
          dueAt: sql`case when ${t.state} = 'planned' then ${placeholder("at")} else ${t.dueAt} end`,
        })
        .where(and(that, ne(t.state, "answered"), gt(t.expiresAt, placeholder("at")))),
    ),
  };
}

/** Marks a person's messages that were open at a moment for an edit: they read otherwise now. `which`: only some of them. */
export function shownMessages({ program, tables }: StoreContext, which?: SQL): Statement {
  const { nudge: t } = tables;
  return command((db) =>
    db
      .update(t)
      .set(editRequested(tables))
      .where(
        and(
          is(t.program, program),
          eq(t.person, placeholder("person")),
          ne(t.id, placeholder("tapped")),
          gt(t.expiresAt, placeholder("openAt")),
          which,
          or(isShown(tables), isIn(t.state, IN_HAND)),
        ),
      ),
  );
}
