import { sql, type Placeholder, type SQL } from "drizzle-orm";

/** A value that a prepared statement is given at each run. */
export const given = (name: string): Placeholder => sql.placeholder(name);

/** The same where Drizzle wants an SQL expression (in `set`). */
export const givenValue = (name: string): SQL => sql`${sql.placeholder(name)}`;
