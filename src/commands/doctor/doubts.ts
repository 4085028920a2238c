import { existsSync } from "node:fs";
import { checkPrograms } from "#src/config/load-programs.ts";
import { AttuneError } from "#src/errors.ts";
import { foundKind } from "#src/composition/database-kind.ts";
import { isDatabaseThere, openToLook } from "#src/composition/open-database.ts";
import { PLATFORMS } from "#src/composition/platforms.ts";
import { storedRosterState } from "#src/roster/watch/roster-watch.ts";
import { describeDoubt, mendDoubt, missingFrom } from "#src/roster/change/doubt.ts";
import { reusedIds } from "#src/flows/acts/reused-ids.ts";
import { timeOf, withItsPeople } from "../stored-program.ts";
import type { Check, Finding } from "./check.ts";

/** What a running Attune does not believe of the rosters, and who has shifts and is in people.csv no more. */
export const doubtsCheck: Check = async (settings) => {
  if (!isDatabaseThere(settings.database) || !existsSync(settings.keyFile)) return [];
  try {
    await using db = await openToLook(settings);
    const kind = await foundKind(db);
    const found: Finding[] = [];
    for (const { program: onDisk, file } of checkPrograms(settings.programFiles, PLATFORMS).programs) {
      if (onDisk === undefined) continue;
      const store = db.store(onDisk.id);
      const program = await withItsPeople(file, onDisk, store);
      const kept = ((await storedRosterState(store))?.troubles ?? []).flatMap(({ doubt }) => doubt ?? []);
      const { reused } = await reusedIds(program.people, store);
      if (reused.size > 0) found.push(reusedFinding(program.name[program.locale], [...reused]));
      // This one is looked at anew: doctor may be run after a change of people.csv and before the start.
      const missing = missingFrom(program.people, await store.roster(), await timeOf(store, kind));
      for (const doubt of [...kept.filter(({ why }) => why !== "people"), ...(missing ? [missing] : [])])
        found.push({
          level: "warn",
          about: "roster",
          what: `${program.name[program.locale]}: ${describeDoubt(doubt)}`,
          todo: mendDoubt(doubt),
        });
    }
    return found;
  } catch (error) {
    // Of a database that does not open, another line tells.
    if (error instanceof AttuneError) return [];
    throw error;
  }
};

/** Somebody who was asked before is sent nothing until a person has looked at it: no start and no time mends it. */
const reusedFinding = (program: string, ids: readonly string[]): Finding => ({
  level: "fix",
  about: "accounts",
  what: `${program}: ${ids.join(", ")} may be other people now, since neither e-mail nor account is as it was: nothing is sent to them, and they are answered as strangers`,
  todo: "give each new person an id of their own in people.csv; for the same person, leave the old e-mail or account in the row until Attune has started once",
});
