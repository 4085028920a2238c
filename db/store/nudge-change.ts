import { sql, type SQL } from "drizzle-orm";
import type { SQLiteUpdateSetSource } from "drizzle-orm/sqlite-core";
import type { Tables } from "./store-context.ts";
import type { RowChange } from "../statements/statement.ts";
import { placeholder } from "./placeholders.ts";

export type NudgeSet = SQLiteUpdateSetSource<Tables["nudge"]>;

/** A write to the one nudge that `where` finds, by the `id` that it is given. */
export const nudgeChange = (t: Tables["nudge"], set: NudgeSet, where: SQL | undefined): RowChange => ({
  table: t,
  build: (db) => db.update(t).set(set).where(where),
  // "case", so that no index but that of the ids looks useful to a server that has not counted its rows lately.
  buildForMany: (db) =>
    db
      .update(t)
      .set(set)
      .from(sql`input`)
      .where(sql`${t.id} = input."id" and case when ${where} then true else false end`),
});

/**
 * What a request for refresh sets; the statement is given `now`. A request during an edit leaves the edit
 * its time: two edits of one message at once could end with the older card.
 */
export const refreshRequested = ({ nudge: t }: Tables) => ({
  refreshVersion: sql`${t.refreshVersion} + 1`,
  refreshAt: sql`coalesce(${t.refreshAt}, ${placeholder("now")})`,
});
