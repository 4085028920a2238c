import { utc } from "#src/domain/time.ts";
import { AttuneError } from "#src/errors.ts";
import { lastCalls, type LastCalls } from "#src/runtime/last-calls.ts";
import { isDatabaseThere, openToLook } from "#src/composition/open-database.ts";
import type { Distrust } from "#src/ports/callers.ts";
import type { Check, Finding } from "./check.ts";

/** Whether the running Attune has believed what was sent to its own addresses: a wrong secret refuses everything. */
export const callersCheck: Check = async (settings) => {
  const called = settings.platforms.flatMap(({ platform, settings: own }) => {
    const mending = platform.mending(own);
    return mending === undefined ? [] : [{ name: platform.name, title: platform.title, mending }];
  });
  if (called.length === 0 || !isDatabaseThere(settings.database)) return [];
  try {
    await using db = await openToLook(settings);
    const found: Finding[] = [];
    for (const { name, title, mending } of called)
      found.push(...findingsOf(title, await lastCalls(db.notes, name), mending));
    return found;
  } catch (error) {
    // Of a database that does not open, another line tells.
    if (error instanceof AttuneError) return [];
    throw error;
  }
};

function findingsOf(
  platform: string,
  { believedAt, refused }: LastCalls,
  mending: (why: Distrust) => string,
): readonly Finding[] {
  const about = "platforms";
  if (refused !== undefined && refused.areRefused && refused.at > (believedAt ?? 0)) {
    const last = believedAt === undefined ? "none was ever believed" : `the last believed ${utc(believedAt)}`;
    const what = `${platform}: every request is refused, the last noted ${utc(refused.at)} (${refused.why}), ${last}`;
    return [{ level: "fix", about, what, todo: mending(refused.why) }];
  }
  if (believedAt === undefined) return [];
  return [{ level: "ok", about, what: `${platform}: a request was last believed ${utc(believedAt)}` }];
}
