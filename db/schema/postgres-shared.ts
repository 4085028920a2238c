import { pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { instant, program } from "./postgres-columns.ts";

export const note = pgTable(
  "note",
  { program: program(), key: text("key").notNull(), value: text("value").notNull() },
  (t) => [primaryKey({ columns: [t.program, t.key] })],
);

/** Work that one process does for all, until its lease ends. */
export const lease = pgTable(
  "lease",
  {
    program: program(),
    task: text("task").notNull(),
    owner: text("owner").notNull(),
    until: instant("until").notNull(),
  },
  (t) => [primaryKey({ columns: [t.program, t.task] })],
);
