import type { DatabaseKind, Traces } from "#db/store/kind.ts";
import type { Database } from "#db/store/database.ts";
import { REAL_DATABASE } from "#src/config/database-place.ts";
import { AttuneError } from "#src/errors.ts";
import { variablesOfAny } from "./platforms.ts";

/** What a database is. `unused`: whoever opens it first makes it theirs. `unclear`: nobody may. */
export type FoundKind = DatabaseKind | "unused" | "unclear";

type Marked = Pick<Database, "kind" | "mark" | "traces">;

/** What a database is, by its mark; one of an earlier version has none, and tells by what it holds. */
export const foundKind = async (db: Omit<Marked, "mark">): Promise<FoundKind> =>
  (await db.kind()) ?? kindBy(await db.traces());

/** A roster and its plan alone are nobody's yet: no message has gone out. */
const kindBy = ({ playground, platforms, told }: Traces): FoundKind => {
  if (playground && platforms) return "unclear";
  if (playground) return "playground";
  if (platforms) return "real";
  return told ? "unclear" : "unused";
};

/**
 * Makes sure, before anything is read or sent, that a database is of the kind that its process is: consent that was
 * tapped in the playground never counts on a platform, and the playground's clock and its new starts reach nobody.
 * @param shown the database as people may read it
 * @throws AttuneError `config` when it is the other's, or nobody can tell whose it is
 */
export async function claimDatabase(db: Marked, wanted: DatabaseKind, shown: string): Promise<void> {
  const found = await foundKind(db);
  const kind = found === wanted || found === "unused" ? await db.mark(wanted) : found;
  const why = refusal(kind, wanted, shown);
  if (why !== undefined) throw new AttuneError("config", why);
}

/** Why a process that is `wanted` does not work on this database, in one line with what to do; undefined when it does. */
export function refusal(found: FoundKind, wanted: DatabaseKind, shown: string): string | undefined {
  if (found === "unclear")
    return `${shown} has been used by an earlier version in a way that leaves open whether it is the playground's or a real one: restore a backup from before both were on it, or set ATTUNE_DB to a new database.`;
  if (found === wanted || found === "unused") return undefined;
  return wanted === "playground"
    ? `${shown} is a real database, and no platform is configured: set ${variablesOfAny()} again (is the environment file missing?), or leave ATTUNE_DB empty for the playground's own database.`
    : `${shown} is the playground's database, and nothing of it counts on a platform: set ATTUNE_DB to another one (${REAL_DATABASE} when it is empty), or throw this one away.`;
}
