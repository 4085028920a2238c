import { existsSync } from "node:fs";
import { isReal } from "#src/config.ts";
import { checkPrograms } from "#src/config/load-programs.ts";
import type { Program } from "#src/domain/program.ts";
import { ANNOUNCED, ERASED_BEFORE, erasedOn, erasesFrom, readAnnounced } from "#src/domain/retention.ts";
import { utc, dateText, zoneOf, type Instant } from "#src/domain/time.ts";
import { AttuneError } from "#src/errors.ts";
import { isDatabaseThere, openToLook } from "#src/composition/open-database.ts";
import { PLATFORMS } from "#src/composition/platforms.ts";
import type { Store } from "#src/ports/store.ts";
import type { Check, Finding } from "./check.ts";

/** What `retention` of program.yaml erases next, and when: erased answers do not come back. */
export const retentionCheck: Check = async (settings) => {
  if (!isReal(settings) || !isDatabaseThere(settings.database) || !existsSync(settings.keyFile)) return [];
  const set = checkPrograms(settings.programFiles, PLATFORMS).programs.flatMap(({ file, program }) =>
    program?.retention === undefined ? [] : [{ file, program, months: program.retention }],
  );
  if (set.length === 0) return [];
  try {
    await using db = await openToLook(settings);
    const now = await db.now();
    const found: Finding[] = [];
    for (const { file, program, months } of set)
      found.push(await next(file, program, months, db.store(program.id), now));
    return found;
  } catch (error) {
    // Of a database that does not open, another line tells.
    if (error instanceof AttuneError) return [];
    throw error;
  }
};

/** By dates alone: answers are many, and each is sealed. */
async function next(
  file: string,
  program: Program,
  months: number,
  store: Pick<Store, "note">,
  now: Instant,
): Promise<Finding> {
  const about = "retention";
  const kept = `${file}: answers are kept for ${months === 1 ? "1 month" : `${months} months`} after a rotation`;
  const note = readAnnounced(await store.note(ANNOUNCED));
  const from = note?.months === months ? erasesFrom(note) : undefined;
  const erased = (await store.note(ERASED_BEFORE)) ?? "";
  const today = dateText(zoneOf(program.timeZone).dayOf(now));
  const all = program.rotations
    .map((rotation) => ({ ...rotation, on: erasedOn(rotation, months) }))
    .toSorted((one, other) => (one.on < other.on ? -1 : 1));
  const due = all.filter(({ on, to }) => on <= today && to >= erased).map(({ name }) => `"${name}"`);
  if (due.length > 0 && (from === undefined || now < from)) {
    const when =
      from === undefined ? "a week after Attune has first run with this setting" : `from ${utc(from)} on`;
    return {
      level: "warn",
      about,
      what: `${kept}: those of ${due.join(", ")} are over that, and are erased for good ${when}`,
      todo: "take `retention` out of program.yaml if that is not meant; a backup from before keeps them",
    };
  }
  const ahead = all.find(({ on }) => on > today);
  const then = ahead === undefined ? "no other is due" : `those of "${ahead.name}" are erased on ${ahead.on}`;
  return { level: "ok", about, what: `${kept}; ${then}` };
}
