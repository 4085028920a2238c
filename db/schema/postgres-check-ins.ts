import { integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import type { CheckInWeek } from "#src/domain/check-in-week.ts";
import type { PersonId } from "#src/domain/person.ts";
import { instant, program } from "./postgres-columns.ts";

/** A week whose check-ins are picked: once, by whichever process comes first. */
export const checkInWeek = pgTable(
  "check_in_week",
  {
    program: program(),
    week: text("week").notNull(),
    /** `pair`: a message for each pair, as they went out before version 0.2. */
    message: text("message").$type<CheckInWeek["message"]>().notNull(),
    at: instant("at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.program, t.week] })],
);

/** Who is asked about whom in that week, both of them. */
export const checkInPair = pgTable(
  "check_in_pair",
  {
    program: program(),
    week: text("week").notNull(),
    resident: text("resident").$type<PersonId>().notNull(),
    attending: text("attending").$type<PersonId>().notNull(),
    /** Which pair came first, from 0. */
    place: integer("place").notNull(),
  },
  (t) => [primaryKey({ columns: [t.program, t.week, t.resident, t.attending] })],
);
