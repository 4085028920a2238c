import type { CheckInPair } from "#src/domain/check-in-week.ts";
import { pairWeek, readPairWeek } from "#src/domain/nudge.ts";
import type { PersonId } from "#src/domain/person.ts";
import { wereLongEnough } from "#src/domain/time-together.ts";
import type { Circle } from "#src/domain/visibility.ts";
import { weekFromLabel, weekLabel, type WeekNumber } from "#src/domain/time.ts";
import type { Context } from "../context.ts";

/** The week that a check-in is about, whichever way it was asked. */
export const weekAsked = (subject: string): WeekNumber | undefined =>
  readPairWeek(subject)?.week ?? weekFromLabel(subject);

/** What the check-in may be named by whose answers are about this pair's week: the week; or the pair's, as before version 0.2. */
export function subjectsOfWeek(occasion: string): readonly string[] {
  const pair = readPairWeek(occasion);
  return pair === undefined ? [] : [weekLabel(pair.week), occasion];
}

/**
 * The pairs that somebody's check-in is about, one after the other, and each partner once: an answer names only the partner, and two
 * who supervised each other may have been picked both ways by an earlier version. A pair that the roster no longer has, or one of whom
 * takes no part any more, is asked about no longer; what one of the two has said about it stays.
 */
export async function circlesOfWeek(
  context: Context,
  subject: string,
  reader: PersonId,
): Promise<readonly Circle[]> {
  const asked = readPairWeek(subject);
  if (asked !== undefined) return [circleOf(asked, subject)];
  const week = weekFromLabel(subject);
  if (week === undefined) return [];
  const circles: Circle[] = [];
  const partners = new Set<PersonId>();
  for (const pair of await pairsOf(context, week, reader)) {
    const partner = pair.resident === reader ? pair.attending : pair.resident;
    if (partners.has(partner)) continue;
    const occasion = pairWeek(pair.resident, pair.attending, week);
    const isAsked =
      wereLongEnough(context.roster.outlook, pair, week) ||
      (await context.store.replies(occasion)).some(({ person }) => person === reader);
    if (!isAsked) continue;
    partners.add(partner);
    circles.push(circleOf(pair, occasion));
  }
  return circles;
}

async function pairsOf(
  context: Context,
  week: WeekNumber,
  person: PersonId,
): Promise<readonly CheckInPair[]> {
  const kept = (await context.store.checkInWeeks(week)).find((one) => one.week === week);
  return (kept?.pairs ?? []).filter(({ resident, attending }) => [resident, attending].includes(person));
}

const circleOf = ({ resident, attending }: CheckInPair, occasion: string): Circle => ({
  occasion,
  resident,
  attendings: [attending],
});
