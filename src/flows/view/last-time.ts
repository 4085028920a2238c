import type { Mismatch } from "#src/domain/mismatch.ts";
import { readPairWeek, type AskKind } from "#src/domain/nudge.ts";
import type { Person, PersonId } from "#src/domain/person.ts";
import type { Reply } from "#src/domain/reply.ts";
import type { Assignment } from "#src/domain/roster.ts";
import { rotationStart } from "#src/domain/outlook.ts";
import type { Instant } from "#src/domain/time.ts";
import type { Circle } from "#src/domain/visibility.ts";
import type { Context } from "../context.ts";
import { mismatchesIn, seenOfPair, standingBetween, type Between, type Pair } from "./between.ts";

/* What stands between two from their last time together. */

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
