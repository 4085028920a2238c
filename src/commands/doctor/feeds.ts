import { existsSync } from "node:fs";
import type { Database } from "#db/store/database.ts";
import { checkPrograms, type CheckedFile } from "#src/config/load-programs.ts";
import { utc } from "#src/domain/time.ts";
import { AttuneError } from "#src/errors.ts";
import { isDatabaseThere, openToLook } from "#src/composition/open-database.ts";
import { PLATFORMS } from "#src/composition/platforms.ts";
import { provenanceInNotes, extentOf } from "#src/roster/change/provenance.ts";
import { storedRosterState } from "#src/roster/watch/roster-watch.ts";
import type { Check, Finding } from "./check.ts";
import { speaksFor } from "./roster-facts.ts";

/** What a running Attune has last fetched. Whether the feeds can be had from here is told with the rosters. No address is shown. */
export const feedsCheck: Check = async (settings) => {
  const withFeeds = checkPrograms(settings.programFiles, PLATFORMS).programs.filter(
    ({ sources }) => sources?.some(({ feed }) => feed !== undefined) ?? false,
  );
  if (withFeeds.length === 0) return [];
  if (!isDatabaseThere(settings.database) || !existsSync(settings.keyFile)) return [];
  try {
    await using db = await openToLook(settings);
    const found: Finding[] = [];
    for (const one of withFeeds) found.push(...(await asStored(one, db)));
    return found;
  } catch (error) {
    // Of a database that does not open, another line tells.
    if (error instanceof AttuneError) return [];
    throw error;
  }
};

const say = (level: Finding["level"], what: string, todo?: string): Finding => ({
  level,
  about: "feed",
  what,
  ...(todo === undefined ? {} : { todo }),
});

const feedsOf = ({ sources = [] }: CheckedFile) => sources.filter(({ feed }) => feed !== undefined);

async function asStored(checked: CheckedFile, db: Database): Promise<readonly Finding[]> {
  const { program } = checked;
  const state = program && (await storedRosterState(db.store(program.id)));
  if (program === undefined || state === undefined) return [];
  const { troubles, report } = state;
  const provenance = await provenanceInNotes(db.store(program.id)).read();
  const extents = feedsOf(checked).flatMap(({ name }) => {
    const of = extentOf(provenance, name);
    return of === undefined ? [] : [say("ok", speaksFor(name, of.people, of, program))];
  });
  const feeds = feedsOf(checked).map(({ name }) => {
    const trouble = troubles.find((one) => one.name === name);
    if (trouble === undefined) return say("ok", `${name}: fetched by the running Attune`);
    const { since, reason, lastGood } = trouble;
    const good = lastGood === undefined ? "never read before" : `last read ${utc(lastGood)}`;
    const todo = trouble.mend
      ? "see docs/rosters.md, Feeds; what it said last stays in force"
      : "it is tried again by itself; what it said last stays in force";
    return say("warn", `${name}: failing since ${utc(since)}, ${good}: ${reason}`, todo);
  });
  if (report === undefined) return [...feeds, ...extents];
  return [
    ...feeds,
    ...extents,
    say("ok", `rosters read ${utc(report.at)}: ${report.shifts} shifts of ${report.matched} people`),
  ];
}
