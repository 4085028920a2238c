import { existsSync } from "node:fs";
import { isReal } from "#src/config.ts";
import { instant, MINUTE, SECOND, utc, type Instant } from "#src/domain/time.ts";
import { AttuneError } from "#src/errors.ts";
import { storedClock } from "#src/runtime/guarded-clock.ts";
import { isDatabaseThere, openToLook } from "#src/composition/open-database.ts";
import type { Check, Finding } from "./check.ts";

/** Milliseconds by which clocks may differ, and moments be ahead. */
const CLOSE = 5 * MINUTE;

/** Whether the clock can be true, by what the database has seen; and moments that are kept from the future. */
export const clockCheck: Check = async (settings) => {
  // The playground's clock is moved at will.
  if (!isReal(settings) || !isDatabaseThere(settings.database) || !existsSync(settings.keyFile)) return [];
  try {
    await using db = await openToLook(settings);
    const now = await db.now();
    const { seen, held } = await storedClock(db.notes);
    const findings = [
      ...farFromHost(now),
      ...(held === undefined ? [] : [heldFinding(held.by)]),
      ...(held === undefined && seen !== undefined ? behind(now, seen) : []),
      ...ahead(now, await db.newest()),
    ];
    return findings.length > 0 ? findings : [say("ok", "the clock goes on from what the database saw last")];
  } catch (error) {
    // Of a database that does not open, another line tells.
    if (error instanceof AttuneError) return [];
    throw error;
  }
};

const say = (level: Finding["level"], what: string, todo?: string): Finding => ({
  level,
  about: "clock",
  what,
  ...(todo === undefined ? {} : { todo }),
});

const MEND =
  "mend the clock, of the database's server or with SQLite of this machine, by a daemon that slews";

const heldFinding = (by: number): Finding =>
  say(
    "fix",
    `a running Attune holds a jump of the clock by ${Math.round(by / SECOND)} seconds, and sends nothing until it has lasted`,
    MEND,
  );

function farFromHost(now: Instant): readonly Finding[] {
  const off = now - Date.now();
  return Math.abs(off) <= CLOSE
    ? []
    : [
        say(
          "warn",
          `this machine's clock and the database's are ${Math.round(off / SECOND)} seconds apart`,
          MEND,
        ),
      ];
}

const behind = (now: Instant, seen: Instant): readonly Finding[] =>
  seen - now <= CLOSE
    ? []
    : [say("fix", `the clock says ${utc(now)}, and the database has seen ${utc(seen)} before`, MEND)];

const ahead = (now: Instant, newest: Instant | undefined): readonly Finding[] =>
  newest === undefined || newest <= instant(now + CLOSE)
    ? []
    : [
        say(
          "fix",
          `messages or answers are kept from the future, the newest from ${utc(newest)}: the clock was wrong then`,
          "see that the clock is right now, then start Attune anew: what waits for such a moment is healed; until that moment this line stays",
        ),
      ];
