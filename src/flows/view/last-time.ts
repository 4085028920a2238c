import { standingBetween, type Between } from "#src/domain/between.ts";
import { mismatchesOf } from "#src/domain/mismatch.ts";
import type { AskKind } from "#src/domain/nudge.ts";
import type { Person, PersonId } from "#src/domain/person.ts";
import type { Reply } from "#src/domain/reply.ts";
import type { Assignment } from "#src/domain/roster.ts";
import { rotationEnd } from "#src/domain/rotation.ts";
import { visibleTo, type Circle } from "#src/domain/visibility.ts";
import type { Instant } from "#src/domain/time.ts";
import type { Context } from "../context.ts";

export interface Pair {
  readonly resident: PersonId;
  readonly attending: PersonId;
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
      const attending = id === circle.resident ? reader : id;
      found.set(id, await lastTime(context, reader, { resident: circle.resident, attending }, shift));
    }
  }
  return found;
}

/**
 * What stands between a resident and an attending from before this shift: where their goal and plan for it begin. Made only of
 * what this reader may see.
 *
 * @param shift the resident's: nothing of it, and of no later shift, is told
 */
async function lastTime(
  context: Context,
  reader: PersonId,
  { resident, attending }: Pair,
  shift: Assignment,
): Promise<Between> {
  const replies = await context.store.repliesOfPair(resident, attending);
  const before = [...Map.groupBy(replies, ({ occasion }) => occasion)].flatMap(([occasion, here]) =>
    visibleTo(reader, { occasion, resident, attendings: [attending] }, here).filter((one) =>
      isBefore(context, one, shift),
    ),
  );
  const { program, zone, now } = context;
  const ends = (at: Instant) => rotationEnd(program, zone, resident, at);
  return standingBetween(
    resident,
    attending,
    before,
    mismatchesOf(resident, attending, before, program.policy.mismatch, now, ends),
  );
}

/** A shift that is no longer on the roster, and a week, are told by when they were answered about. */
function isBefore({ roster }: Context, { occasion, at }: Reply, shift: Assignment): boolean {
  if (occasion === shift.id) return false;
  return (roster.assignment(occasion)?.start ?? at) < shift.start;
}
