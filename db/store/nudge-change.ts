import { sql, type SQL } from "drizzle-orm";
import type { SQLiteUpdateSetSource } from "drizzle-orm/sqlite-core";
import type { Tables } from "./store-context.ts";
import type { RowChange } from "../statements/statement.ts";
import { placeholder } from "./placeholders.ts";

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
export const refreshRequested = ({ nudge: t }: Tables) => ({
  refreshVersion: sql`${t.refreshVersion} + 1`,
  refreshAt: sql`coalesce(${t.refreshAt}, ${placeholder("now")})`,
});
