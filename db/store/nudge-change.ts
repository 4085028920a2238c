import { sql, type SQL } from "drizzle-orm";
import type { SQLiteUpdateSetSource } from "drizzle-orm/sqlite-core";
import type { Tables } from "./store-context.ts";
import type { RowChange } from "../statements/statement.ts";

/** A write to the one nudge that `where` finds, by the `id` that it is given. */
export const nudgeChange = (
  t: Tables["nudge"],
  set: SQLiteUpdateSetSource<Tables["nudge"]>,
  where: SQL | undefined,
): RowChange => ({
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
