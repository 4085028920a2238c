import { bigint, customType, text } from "drizzle-orm/pg-core";
import type { PersonId } from "#src/domain/person.ts";
import type { Instant } from "#src/domain/time.ts";

/** Every row belongs to one program. */
export const program = () => text("program").notNull();
export const personColumn = () => text("person").$type<PersonId>().notNull();
/** A whole number as wide as SQLite's. */
export const number = (name: string) => bigint(name, { mode: "number" });
/** Whole milliseconds since 1970-01-01T00:00Z. */
export const instant = (name: string) => number(name).$type<Instant>();
/** Given by the database, and never twice. */
export const counted = (name: string) => number(name).generatedByDefaultAsIdentity();
/** What `Key.seal` returns. */
export const sealed = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => "bytea" });
