import { blob, integer, text } from "drizzle-orm/sqlite-core";
import type { PersonId } from "#src/domain/person.ts";
import type { Instant } from "#src/domain/time.ts";

/** Every row belongs to one program. */
export const program = () => text("program").notNull();
export const personColumn = () => text("person").$type<PersonId>().notNull();
/** Whole milliseconds since 1970-01-01T00:00Z. */
export const instant = (name: string) => integer(name).$type<Instant>();
/** What `Key.seal` returns. */
export const sealed = (name: string) => blob(name, { mode: "buffer" });
