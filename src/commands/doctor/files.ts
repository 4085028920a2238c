import { existsSync } from "node:fs";
import { checkPrograms } from "#src/config/load-programs.ts";
import { rosterNameOf } from "#src/domain/files.ts";
import { utc } from "#src/domain/time.ts";
import { AttuneError } from "#src/errors.ts";
import { isDatabaseThere, openToLook } from "#src/composition/open-database.ts";
import { PLATFORMS } from "#src/composition/platforms.ts";
import type { Check, Finding } from "./check.ts";

/** Which versions count in place of the files that program.yaml names. */
export const filesCheck: Check = async (settings) => {
  if (!isDatabaseThere(settings.database) || !existsSync(settings.keyFile)) return [];
  try {
    await using db = await openToLook(settings);
    const found: Finding[] = [];
    for (const { program } of checkPrograms(settings.programFiles, PLATFORMS).programs) {
      if (program === undefined) continue;
      for (const { part, about, at, by, why } of await db.store(program.id).filesInForce()) {
        const instead = rosterNameOf(part) ?? "the list of people";
        const who =
          by === undefined ? "from its place" : `by ${by}${why === "undo" ? ", undoing another" : ""}`;
        found.push({
          level: "ok",
          about: rosterNameOf(part) === undefined ? "people" : "roster",
          what: `${program.name[program.locale]}: ${about.name} counts in place of ${instead}, since ${utc(at)}, ${who}`,
        });
      }
    }
    return found;
  } catch (error) {
    // Of a database that does not open, another line tells.
    if (error instanceof AttuneError) return [];
    throw error;
  }
};
