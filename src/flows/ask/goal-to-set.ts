import { isAsk, isOver, type Ask } from "#src/domain/nudge.ts";
import type { PersonId } from "#src/domain/person.ts";
import { HOUR, later } from "#src/domain/time.ts";
import type { Context } from "../context.ts";

/** Milliseconds before a shift from which its goal can be set without being asked. */
const AHEAD = 18 * HOUR;

/** The shift goal that a resident can set or change at the moment; undefined if no shift is near or the time is over. */
export async function goalToSet({ store, now }: Context, resident: PersonId): Promise<Ask | undefined> {
  const nudges = await store.nudgesOf(resident, later(now, -AHEAD), later(now, AHEAD));
  return nudges.filter(isAsk).find((one) => one.kind === "shift-goal" && !isOver(one, now));
}
