import { existsSync } from "node:fs";
import { defaultDatabase, REAL_DATABASE, shownDatabase } from "#src/config/database-place.ts";
import { isReal, type Settings } from "#src/config.ts";
import { AttuneError } from "#src/errors.ts";
import { foundKind, refusal, type FoundKind } from "#src/composition/database-kind.ts";
import { isDatabaseThere, openToLook } from "#src/composition/open-database.ts";
import { variablesOfAny } from "#src/composition/platforms.ts";
import { kindLine } from "../kind-line.ts";
import type { Check, Finding } from "./check.ts";

/** Whether the database is of the kind that a start with these settings opens. */
export const kindCheck: Check = async (settings) => {
  const { database } = settings;
  const found = await kindAt(settings);
  const lost = isReal(settings) ? [] : await lostPlatforms(settings);
  if (found === undefined) return lost;
  const why = refusal(found, isReal(settings) ? "real" : "playground", shownDatabase(database));
  if (why !== undefined) return [say("fix", why), ...lost];
  // Of one that nobody has used yet there is nothing to say.
  const line = found === "playground" || found === "real" ? [say("ok", kindLine(database, found))] : [];
  return [...line, ...lost];
};

const say = (level: Finding["level"], what: string, todo?: string): Finding => ({
  level,
  about: "database",
  what,
  ...(todo === undefined ? {} : { todo }),
});

/** A start would open the playground, with a file of its own, while the people of the real one wait. */
async function lostPlatforms(settings: Settings): Promise<readonly Finding[]> {
  if (settings.database !== defaultDatabase(false)) return [];
  if ((await kindAt({ ...settings, database: REAL_DATABASE })) !== "real") return [];
  return [
    say(
      "fix",
      `${REAL_DATABASE} is a real database, and no platform is configured: a start opens the playground instead`,
      `set ${variablesOfAny()} again (is the environment file missing?), or move that database away`,
    ),
  ];
}

/** Undefined where there is none, and where it does not open: of that another line tells. */
async function kindAt(place: Pick<Settings, "database" | "keyFile">): Promise<FoundKind | undefined> {
  if (!isDatabaseThere(place.database) || !existsSync(place.keyFile)) return undefined;
  try {
    await using db = await openToLook(place);
    return await foundKind(db);
  } catch (error) {
    if (error instanceof AttuneError) return undefined;
    throw error;
  }
}
