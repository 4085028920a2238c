import { exchangesOf, lookingsBack } from "#src/domain/exchange.ts";
import type { ItemId } from "#src/domain/forms.ts";
import { byWeight, gapsIn, type Gap } from "#src/domain/gap.ts";
import { gapInWhatHappened, mismatchesOf, type Mismatch } from "#src/domain/mismatch.ts";
import { pairWeek, readPairWeek, type AskKind } from "#src/domain/nudge.ts";
import type { Person, PersonId } from "#src/domain/person.ts";
import type { Reply } from "#src/domain/reply.ts";
import { rotationEnd, rotationStart } from "#src/domain/outlook.ts";
import type { Assignment } from "#src/domain/roster.ts";
import { weekOf, type Instant } from "#src/domain/time.ts";
import { comparable, visibleTo, type Circle } from "#src/domain/visibility.ts";
import type { Context } from "../context.ts";

/* What stands between a resident and an attending: on one occasion, in all, and from their last time together. */

export interface Pair {
  readonly resident: PersonId;
  readonly attending: PersonId;
}

/** The gaps between two who have both answered about an occasion: in what they answered, and in what happened then. */
export async function gapsWith(
  context: Context,
  { resident, attending }: Pair,
  { circle, replies }: { readonly circle: Circle; readonly replies: readonly Reply[] },
): Promise<ReadonlyMap<ItemId, Gap>> {
  const { mismatch } = context.program.policy;
  const exchanges = exchangesOf(resident, attending, await compared(context, { resident, attending }));
  const index = exchanges.findIndex(({ occasion }) => occasion === circle.occasion);
  const happened = gapInWhatHappened(resident, attending, replies, mismatch);
  return new Map([
    ...gapsIn(exchanges.slice(0, index + 1), mismatch),
    ...(happened === undefined ? [] : [[happened.item, happened] as const]),
  ]);
}

/** The mismatches of a pair. */
export const mismatchesBetween = async (
  context: Context,
  resident: PersonId,
  attending: PersonId,
): Promise<readonly Mismatch[]> =>
  mismatchesIn(context, { resident, attending }, await compared(context, { resident, attending }));

/** What two partners have answered about each other, as far as it may be compared. */
export const compared = async (
  { store }: Context,
  { resident, attending }: Pair,
): Promise<readonly Reply[]> => comparable(await store.repliesOfPair(resident, attending));

/** The same, of the pair's replies. */
export function mismatchesIn(
  { program, zone, now }: Context,
  { resident, attending }: Pair,
  replies: readonly Reply[],
): readonly Mismatch[] {
  const ends = (at: Instant) => rotationEnd(program, zone, resident, at);
  return mismatchesOf(resident, attending, replies, program.policy.mismatch, now, ends);
}

/** What stands between two partners from their last time together: where their next goal and plan begin. */
export interface Between {
  /** The open difference, the weightiest of the newest first; else what was settled last, also if it went so on their last shift. */
  readonly mismatch: Mismatch | undefined;
  /** The help that happened on the last shift that both looked back on. */
  readonly happened: Happened | undefined;
  /** The last "one thing to try next time" of each. */
  readonly wishes: readonly Wish[];
}

export interface Happened {
  readonly occasion: string;
  readonly at: Instant;
  /** Whether that was their last shift together. */
  readonly isLastTime: boolean;
  /** Steps of the help scale, as each of the two told it. */
  readonly resident: string;
  readonly attending: string;
}

export interface Wish {
  readonly by: PersonId;
  readonly text: string;
  readonly at: Instant;
}

/** What stands between the reader and each partner, by the partner, as a goal or a plan begins. */
export async function lastTimes(
  context: Context,
  kind: AskKind,
  reader: PersonId,
  seen: readonly { readonly circle: Circle; readonly partners: readonly Person[] }[],
): Promise<ReadonlyMap<PersonId, Between>> {
  const found = new Map<PersonId, Between>();
  if (kind !== "shift-goal" && kind !== "shift-plan") return found;
  for (const { circle, partners } of seen) {
    const shift = context.roster.assignment(circle.occasion);
    if (shift === undefined) continue;
    for (const { id } of partners) {
      // Of two shifts of a resident within one of their attending, the first tells where the two begin.
      if (found.has(id)) continue;
      const attending = id === circle.resident ? reader : id;
      const between = await lastTime(context, reader, { resident: circle.resident, attending }, shift);
      if (between !== undefined) found.set(id, between);
    }
  }
  return found;
}

/**
 * What stands between a resident and an attending from before this shift: where their goal and plan for it begin. Made only of
 * what this reader may see.
 *
 * @param shift the resident's: nothing of it, and of no later shift, is told
 * @returns undefined where it is their first
 */
async function lastTime(
  context: Context,
  reader: PersonId,
  { resident, attending }: Pair,
  shift: Assignment,
): Promise<Between | undefined> {
  const seen = await seenOfPair(context, reader, { resident, attending }, shift.start);
  const before = seen.filter((one) => isBefore(context, one, shift));
  if (before.length === 0) return undefined;
  const last = lastShift(context, { resident, attending }, shift.start);
  // It was told as settled on the shift after the one it was settled on. What came of it since is told there, too, and then no more.
  const isTold = ({ state, occasion, since }: Mismatch) =>
    state !== "closed" ||
    (last !== undefined &&
      (readPairWeek(occasion) === undefined ? occasion === last.id : since >= last.start));
  const mismatches = mismatchesIn(context, { resident, attending }, before).filter(isTold);
  return standingBetween(resident, attending, before, mismatches, last?.id);
}

/** The resident's last shift together with the attending before a moment, in the rotation of that moment. */
function lastShift(
  { program, zone, roster }: Context,
  { resident, attending }: Pair,
  before: Instant,
): Assignment | undefined {
  const since = rotationStart(program, zone, resident, before);
  return roster.outlook
    .shiftsOf(resident)
    .filter(({ role, start }) => role === "resident" && start >= since && start < before)
    .findLast((one) => roster.outlook.overlapsOf(one).some((met) => met.attending.person === attending));
}

/** A shift that is no longer on the roster, and a week, are told by when they were answered about. */
function isBefore({ roster }: Context, { occasion, at }: Reply, shift: Assignment): boolean {
  if (occasion === shift.id) return false;
  return (roster.assignment(occasion)?.start ?? at) < shift.start;
}

/**
 * What a pair has answered about each other, as far as one of the two may see it; and a wish for next time that one of the two alone
 * has said.
 *
 * @param at a moment of the rotation whose check-ins count, as far as they were answered by then
 */
export async function seenOfPair(
  context: Context,
  reader: PersonId,
  { resident, attending }: Pair,
  at: Instant,
): Promise<readonly Reply[]> {
  const both = await context.store.repliesOfPair(resident, attending);
  const alone = await saidByOne(context, { resident, attending }, at, both);
  return [...Map.groupBy([...both, ...alone], ({ occasion }) => occasion)].flatMap(([occasion, here]) =>
    visibleTo(reader, { occasion, resident, attendings: [attending] }, here),
  );
}

/** What only one of the two has said in their check-ins: a wish for next time waits for nobody. */
async function saidByOne(
  { program, zone, store }: Context,
  { resident, attending }: Pair,
  at: Instant,
  both: readonly Reply[],
): Promise<readonly Reply[]> {
  const first = weekOf(zone.dayOf(rotationStart(program, zone, resident, at)));
  // A check-in asks about a week that is over: a rotation's first week has none.
  if (weekOf(zone.dayOf(at)) === first) return [];
  const asked = (await store.checkInWeeks(first)).filter(({ pairs }) =>
    pairs.some((one) => one.resident === resident && one.attending === attending),
  );
  const told = new Set(both.map(({ occasion }) => occasion));
  const alone = asked
    .map(({ week }) => pairWeek(resident, attending, week))
    .filter((occasion) => !told.has(occasion));
  return (await Promise.all(alone.map((occasion) => store.replies(occasion)))).flat();
}

/**
 * What stands between a resident and an attending. All of it may be shown to both, and to nobody else: differences and what
 * happened are there only once both have answered, settlements and wishes are told at once.
 *
 * @param replies the replies of both about each other, without those that were superseded
 * @param mismatches of the pair, those that there is still something to tell of
 * @param lastTime their last shift together
 */
export function standingBetween(
  resident: PersonId,
  attending: PersonId,
  replies: readonly Reply[],
  mismatches: readonly Mismatch[],
  lastTime: string | undefined,
): Between {
  const last = lookingsBack(resident, attending, replies).at(-1);
  return {
    mismatch: newest(mismatches),
    happened: last && {
      occasion: last.occasion,
      at: last.at,
      isLastTime: last.occasion === lastTime,
      resident: last.resident.get("happened")!,
      attending: last.attending.get("happened")!,
    },
    wishes: [wishOf(resident, attending, replies), wishOf(attending, resident, replies)].flatMap(
      (wish) => wish ?? [],
    ),
  };
}

function newest(mismatches: readonly Mismatch[]): Mismatch | undefined {
  const newestFirst = mismatches.toSorted((a, b) => b.since - a.since);
  const open = newestFirst.filter(({ state }) => state === "open");
  // Differences of one shift come up at the same moment.
  const together = open.filter(({ since }) => since === open[0]?.since).toSorted(byWeight);
  const settled = newestFirst.find(
    ({ state, settlement }) => settlement !== undefined && (state === "settled" || state === "closed"),
  );
  return together[0] ?? settled;
}

function wishOf(by: PersonId, partner: PersonId, replies: readonly Reply[]): Wish | undefined {
  const wishes = replies
    .filter(({ item, person, about }) => item === "next" && person === by && (about ?? partner) === partner)
    .toSorted((a, b) => a.at - b.at);
  const last = wishes.at(-1);
  return last === undefined || last.value === null ? undefined : { by, text: last.value, at: last.at };
}
