import type { DatabaseKind, Traces } from "#db/store/kind.ts";
import type { Database } from "#db/store/database.ts";
import { REAL_DATABASE } from "#src/config/database-place.ts";
import { AttuneError } from "#src/errors.ts";
import { variablesOfAny } from "./platforms.ts";

/** The kind of a database. `unused`: the first process that opens it decides. `unclear`: no process may open it. */
export type FoundKind = DatabaseKind | "unused" | "unclear";

type Marked = Pick<Database, "kind" | "mark" | "traces">;

/** The kind of a database, by its mark. Databases of earlier versions have no mark: their contents tell. */
export const foundKind = async (db: Omit<Marked, "mark">): Promise<FoundKind> =>
  (await db.kind()) ?? kindBy(await db.traces());

/** A database with only a roster and a plan is unused: no message was sent. */
const kindBy = ({ playground, platforms, told }: Traces): FoundKind => {
  if (playground && platforms) return "unclear";
  if (playground) return "playground";
  if (platforms) return "real";
  return told ? "unclear" : "unused";
};

/**
 * Makes sure, before anything is read or sent, that playground and real platforms never share a database. Consent that was
 * tapped in the playground must not count on a platform, and moving the playground's clock must not affect real people.
 * @param shown the database's name without secrets
 * @throws AttuneError `config` when the database is of the other kind, or its kind is unclear
 */
export async function claimDatabase(db: Marked, wanted: DatabaseKind, shown: string): Promise<void> {
  const found = await foundKind(db);
  const kind = found === wanted || found === "unused" ? await db.mark(wanted) : found;
  const why = refusal(kind, wanted, shown);
  if (why !== undefined) throw new AttuneError("config", why);
}

/** Why a process of the kind `wanted` must not use this database, in one line with what to do; undefined if it may. */
export function refusal(found: FoundKind, wanted: DatabaseKind, shown: string): string | undefined {
  if (found === "unclear")
    return `${shown} has been used by an earlier version in a way that leaves open whether it is the playground's or a real one: restore a backup from before both were on it, or set ATTUNE_DB to a new database.`;
  if (found === wanted || found === "unused") return undefined;
  return wanted === "playground"
    ? `${shown} is a real database, and no platform is configured: set ${variablesOfAny()} again (is the environment file missing?), or leave ATTUNE_DB empty for the playground's own database.`
    : `${shown} is the playground's database, and nothing of it counts on a platform: set ATTUNE_DB to another one (${REAL_DATABASE} when it is empty), or throw this one away.`;
}
