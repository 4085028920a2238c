import type { Database } from "#db/store/database.ts";
import type { DatabaseKind } from "#db/store/kind.ts";
import { shownDatabase } from "#src/config/database-place.ts";
import type { Output } from "./output.ts";

const WHOSE: Readonly<Record<DatabaseKind, string>> = {
  playground: "the playground's database",
  real: "a real database",
};

/** What commands say about the kind of their database. */
export const kindLine = (database: string, kind: DatabaseKind): string =>
  `${shownDatabase(database)} is ${WHOSE[kind]}.`;

/** Prints it to stderr. Prints nothing for a database that no process has used yet. */
export async function sayKind(db: Pick<Database, "kind">, database: string, output: Output): Promise<void> {
  const kind = await db.kind();
  if (kind !== undefined) output.note(kindLine(database, kind));
}
