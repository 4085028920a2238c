import type { Program } from "#src/domain/program.ts";
import { later, dateText, zoneOf, type Instant } from "#src/domain/time.ts";
import { AttuneError } from "#src/errors.ts";
import type { FeedRequest } from "#src/ports/feed.ts";
import { readingContextOf } from "../reading/read-roster.ts";
import type { AddressPlace, RosterSource } from "../reading/source.ts";
import { datedAddress } from "./moving-dates.ts";

/** Addresses of one feed. */
const MOST_PAGES = 12;
/** Days that are asked for at the most, and days before today among them: what a shift of last week brings about is not over. */
const MOST_DAYS = 400;
const DAYS_BEFORE = 7;

/**
 * What to fetch of a feed at a moment, with the dates of the program's own calendar.
 *
 * @param secretOf the lines of the variable or file that keeps its addresses or account
 * @throws AttuneError `rejected`, which repeats nothing of a secret
 */
export function feedRequest(
  { format, feed }: Pick<RosterSource, "format" | "feed">,
  program: Pick<Program, "people" | "timeZone" | "rotations">,
  secretOf: (place: AddressPlace) => readonly string[],
  now: Instant,
): FeedRequest {
  const lines = (feed?.addresses ?? []).flatMap(secretOf);
  if (format === "qgenda") return { kind: "qgenda", account: lines.join("\n"), ...daysOf(program, now) };
  if (lines.length > MOST_PAGES)
    throw new AttuneError("rejected", `it has ${lines.length} addresses, and ${MOST_PAGES} can be at most`);
  const today = dateText(zoneOf(program.timeZone).dayOf(now));
  return { kind: "pages", addresses: lines.map((line) => datedAddress(line, today)) };
}

/** From a week ago, or the first day that is read at all, to the last one. */
function daysOf(program: Pick<Program, "people" | "timeZone" | "rotations">, now: Instant) {
  const { horizon, zone } = readingContextOf(program);
  const from = Math.max(zone.dayOf(horizon.from), zone.dayOf(now) - DAYS_BEFORE);
  const last = Math.min(zone.dayOf(later(horizon.to, -1)), from + MOST_DAYS);
  return { from: dateText(from), to: dateText(Math.max(from, last)) };
}
