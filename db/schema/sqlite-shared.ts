import { primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { instant, program } from "./sqlite-columns.ts";

export const note = sqliteTable(
  "note",
  { program: program(), key: text("key").notNull(), value: text("value").notNull() },
  (t) => [primaryKey({ columns: [t.program, t.key] })],
);

/** Work that one process does for all, until its lease ends. */
export const lease = sqliteTable(
  "lease",
  {
    program: program(),
    task: text("task").notNull(),
    owner: text("owner").notNull(),
    until: instant("until").notNull(),
  },
  (t) => [primaryKey({ columns: [t.program, t.task] })],
);
