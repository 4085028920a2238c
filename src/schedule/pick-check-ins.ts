import {
  pickPairs,
  type CheckInCandidate,
  type CheckInPair,
  type CheckInWeek,
} from "#src/domain/check-in-week.ts";
import { pressingOf } from "#src/domain/left-open.ts";
import { pairWeek } from "#src/domain/nudge.ts";
import type { PersonId } from "#src/domain/person.ts";
import { rotationStart } from "#src/domain/outlook.ts";
import { mondayOf, weekOf, type Instant, type WeekNumber } from "#src/domain/time.ts";
import type { Together } from "#src/domain/time-together.ts";
import type { Context } from "#src/flows/context.ts";
import { compared, mismatchesIn } from "#src/flows/view/between.ts";
import { checkInsFrom, pairsAskedAbout } from "./plan.ts";

/**
 * Picks whom the check-ins are about that are due from now on, once for each week: whichever process comes first keeps it for all.
 *
 * @param planAgain makes the plan anew, with them
 * @returns when the next ones are due
 */
export async function pickCheckIns(context: Context, planAgain: () => Promise<void>): Promise<Instant> {
  const { store, now, zone, roster } = context;
  const { outlook } = roster;
  const thisWeek = weekOf(zone.dayOf(now));
  const begins = (week: WeekNumber): Instant => checkInsFrom(outlook.input, week);
  let isPicked = false;
  // Where nobody looked for a week, what was due then may still be sent.
  for (const week of [thisWeek - 2, thisWeek - 1]) {
    if (begins(week) > now || outlook.input.checkIns?.has(week) === true) continue;
    const pairs = pairsAskedAbout(outlook, week);
    if (pairs.length === 0) continue;
    await store.keepCheckIns(await pick(context, week, pairs), now);
    isPicked = true;
  }
  if (isPicked) await planAgain();
  return begins(thisWeek - 1) > now ? begins(thisWeek - 1) : begins(thisWeek);
}

async function pick(context: Context, week: WeekNumber, pairs: readonly Together[]): Promise<CheckInWeek> {
  const { program } = context;
  if (await wereAskedByPair(context, pairs, week)) return { week, message: "pair", pairs };
  const standings = await context.store.standings();
  // Nothing else that a person did, or left, may decide it: a partner would see that there was an ask, after a private goal, say.
  const takesPart = (person: PersonId): boolean => standings.get(person)?.consent === "given";
  const lastAsked = await askedBefore(context, week);
  const candidates: CheckInCandidate[] = [];
  for (const { resident, attending, time } of pairs) {
    if (![resident, attending].every(takesPart)) continue;
    const pressing = await leftOpen(context, { resident, attending }, week);
    const asked = lastAsked({ resident, attending });
    candidates.push({
      resident,
      attending,
      time,
      ...(pressing === undefined ? {} : { pressing }),
      ...(asked === undefined ? {} : { asked }),
    });
  }
  return { week, message: "person", pairs: pickPairs(candidates, program.policy.checkInPartners) };
}

/** Whether messages about this week went out before version 0.2, one for each pair: then that is how the week goes on. */
async function wereAskedByPair(
  { store }: Context,
  pairs: readonly CheckInPair[],
  week: WeekNumber,
): Promise<boolean> {
  for (const { resident, attending } of pairs) {
    for (const person of [resident, attending]) {
      const asked = await store.nudgeAbout("pair-check-in", person, pairWeek(resident, attending, week));
      if (asked?.sentAt !== undefined) return true;
    }
  }
  return false;
}

/** The last week before this one, of the resident's rotation, that a pair was asked about. */
async function askedBefore(
  { program, zone, roster, store }: Context,
  week: WeekNumber,
): Promise<(pair: CheckInPair) => WeekNumber | undefined> {
  const monday = zone.at(mondayOf(week), 0);
  const starts = new Map<PersonId, Instant>(
    roster.outlook.people.map(({ id }) => [id, rotationStart(program, zone, id, monday)]),
  );
  const first = Math.min(...starts.values());
  const weeks = await store.checkInWeeks(weekOf(zone.dayOf(first as Instant)));
  const last = new Map<string, WeekNumber>();
  for (const { week: asked, pairs } of weeks) {
    for (const { resident, attending } of pairs) {
      const start = starts.get(resident);
      const isInRotation = start !== undefined && asked >= weekOf(zone.dayOf(start));
      if (isInRotation && asked < week) last.set(`${resident}+${attending}`, asked);
    }
  }
  return ({ resident, attending }) => last.get(`${resident}+${attending}`);
}

/** What the week left open between two. */
async function leftOpen(
  context: Context,
  { resident, attending }: CheckInPair,
  week: WeekNumber,
): Promise<number | undefined> {
  const { program, zone, roster } = context;
  const replies = await compared(context, { resident, attending });
  if (replies.length === 0) return undefined;
  const isInWeek = (occasion: string): boolean => {
    const shift = roster.assignment(occasion);
    return shift !== undefined && weekOf(zone.dayOf(shift.start)) === week;
  };
  const mismatches = mismatchesIn(context, { resident, attending }, replies);
  return pressingOf({ resident, attending }, replies, mismatches, isInWeek, program.policy.mismatch);
}
