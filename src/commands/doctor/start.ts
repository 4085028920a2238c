import { existsSync } from "node:fs";
import { checkPrograms } from "#src/config/load-programs.ts";
import type { Settings } from "#src/config.ts";
import { isDatabaseThere, openToLook } from "#src/composition/open-database.ts";
import { PLATFORMS } from "#src/composition/platforms.ts";
import type { Beginning } from "#src/domain/outlook.ts";
import type { Program } from "#src/domain/program.ts";
import { utc } from "#src/domain/time.ts";
import { AttuneError } from "#src/errors.ts";
import { withItsPeople } from "../stored-program.ts";
import type { Check, Finding } from "./check.ts";

/** Which programs have not started yet, and whether anybody is there who could start them. */
export const startCheck: Check = async (settings) => {
  const found: Finding[] = [];
  for (const { program, file } of checkPrograms(settings.programFiles, PLATFORMS).programs) {
    if (program?.waitsForStart !== true) continue;
    const stored = await storedOf(settings, file, program);
    if (stored.beginning?.started === undefined) found.push(waitingFinding(stored.program, stored.beginning));
  }
  return found;
};

interface Stored {
  readonly program: Program;
  readonly beginning?: Beginning | undefined;
}

async function storedOf(settings: Settings, file: string, program: Program): Promise<Stored> {
  if (!isDatabaseThere(settings.database) || !existsSync(settings.keyFile)) return { program };
  try {
    await using db = await openToLook(settings);
    const store = db.store(program.id);
    return { program: await withItsPeople(file, program, store), beginning: await store.beginning() };
  } catch (error) {
    // Of a database that does not open, another line tells.
    if (error instanceof AttuneError) return { program };
    throw error;
  }
}

function waitingFinding({ name, locale, people }: Program, beginning: Beginning | undefined): Finding {
  const coordinators = people.filter(({ roles }) => roles.includes("coordinator")).length;
  const since = beginning === undefined ? "" : `, since ${utc(beginning.since)}`;
  const what = `${name[locale]}: not started yet${since}: nobody but its coordinators hears of it`;
  const orElse = "or start it here: attune start-program";
  return coordinators === 0
    ? {
        level: "fix",
        about: "start",
        what: `${what}, and it has no coordinator`,
        todo: `add somebody as coordinator to people.csv, who is greeted and taps Start; ${orElse}`,
      }
    : {
        level: "ok",
        about: "start",
        what: `${what}; one of them taps Start on the greeting (${coordinators} of them), ${orElse}`,
      };
}
