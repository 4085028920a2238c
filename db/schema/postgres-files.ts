import { integer, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import type { PersonId } from "#src/domain/person.ts";
import type { FileId, FilePart, FileReason } from "#src/domain/files.ts";
import { instant, program, sealed } from "./postgres-columns.ts";

/** Versions of a program's roster and people files. `place` is empty while a version waits for somebody to apply it. */
export const fileVersion = pgTable(
  "file_version",
  {
    program: program(),
    id: text("id").$type<FileId>().notNull(),
    part: text("part").$type<FilePart>().notNull(),
    place: integer("place"),
    at: instant("at").notNull(),
    by: text("by").$type<PersonId>(),
    why: text("why").$type<FileReason>().notNull(),
    about: sealed("about").notNull(),
    bytes: sealed("bytes").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.program, t.id] }),
    uniqueIndex("file_version_place").on(t.program, t.part, t.place),
  ],
);
