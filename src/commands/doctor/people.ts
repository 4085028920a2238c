import { existsSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Database } from "#db/store/database.ts";
import { isReal } from "#src/config.ts";
import { checkPrograms, type CheckedFile } from "#src/config/load-programs.ts";
import { PEOPLE } from "#src/domain/files.ts";
import { isNoChange, peopleChange, peopleKept, type PeopleChange } from "#src/domain/people-change.ts";
import { MINUTE, utc } from "#src/domain/time.ts";
import { AttuneError } from "#src/errors.ts";
import { isDatabaseThere, openToLook } from "#src/composition/open-database.ts";
import { PLATFORMS } from "#src/composition/platforms.ts";
import { notedPeople } from "#src/runtime/current-people.ts";
import { storedClock } from "#src/runtime/guarded-clock.ts";
import type { Check, Finding } from "./check.ts";

/** A running Attune notes the time each minute, and reads people.csv as often: what is older than twice that is not its own. */
const FRESH = 3 * MINUTE;

/** Whether people.csv is the one that a running Attune has: it may read another copy, or be held up by a mistake. */
export const peopleCheck: Check = async (settings) => {
  // The playground's clock is moved at will, and tells nothing of whether anything runs.
  if (!isReal(settings) || !isDatabaseThere(settings.database) || !existsSync(settings.keyFile)) return [];
  try {
    await using db = await openToLook(settings);
    const { seen } = await storedClock(db.notes);
    const isRunning = seen !== undefined && Math.abs((await db.now()) - seen) < FRESH;
    const found: Finding[] = [];
    for (const one of checkPrograms(settings.programFiles, PLATFORMS).programs)
      found.push(...(await compared(one, db, isRunning)));
    return found;
  } catch (error) {
    // Of a database that does not open, another line tells.
    if (error instanceof AttuneError) return [];
    throw error;
  }
};

async function compared(checked: CheckedFile, db: Database, isRunning: boolean): Promise<readonly Finding[]> {
  const { program, places, problems } = checked;
  // Of a file with a mistake other lines tell: a running Attune goes on with the last good one.
  if (program === undefined || places === undefined || problems.length > 0) return [];
  const store = db.store(program.id);
  // Where a version of them is in force, another line tells which.
  if ((await store.filesInForce()).some(({ part }) => part === PEOPLE)) return [];
  const noted = await notedPeople(store);
  if (noted === undefined) return [];
  const change = peopleChange(noted.people, peopleKept(program.people));
  if (isNoChange(change)) return [];
  const { file } = checked.placed({ file: places.peopleFile, message: "", todo: "" });
  const what = `${file} is another one than Attune read last, ${utc(noted.at)}: ${counted(change)}`;
  if (!isRunning) return [{ level: "warn", about: "people", what, todo: "it counts from the next start on" }];
  const path = resolve(dirname(checked.file), places.peopleFile);
  if (Date.now() - statSync(path).mtimeMs < FRESH)
    return [{ level: "warn", about: "people", what, todo: "the running Attune takes it up within a minute" }];
  const todo = "see its log; or it reads another copy: give every replica the same file";
  return [
    { level: "fix", about: "people", what: `${what}, and the running Attune does not follow it`, todo },
  ];
}

const COUNTED: Readonly<Record<keyof PeopleChange, string>> = {
  joined: "joined",
  left: "left",
  renamed: "renamed",
  inLatin: "with another name in Latin letters",
  moved: "with another address",
  recast: "in another role",
  inLanguage: "in another language",
  rotated: "in other rotations",
};

const counted = (change: PeopleChange): string =>
  (Object.entries(COUNTED) as [keyof PeopleChange, string][])
    .flatMap(([what, text]) => (change[what].length === 0 ? [] : [`${change[what].length} ${text}`]))
    .join(", ");
