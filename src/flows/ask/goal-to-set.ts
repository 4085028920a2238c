import { isAsk, isOver, type Ask } from "#src/domain/nudge.ts";
import type { PersonId } from "#src/domain/person.ts";
import { HOUR, later } from "#src/domain/time.ts";
import type { Context } from "../context.ts";

/** How long before a shift its goal can be set by one's own wish. */
const AHEAD = 18 * HOUR;

/** The shift goal that a resident can set or change just now; undefined where none is near or its time is over. */
export async function goalToSet({ store, now }: Context, resident: PersonId): Promise<Ask | undefined> {
  const nudges = await store.nudgesOf(resident, later(now, -AHEAD), later(now, AHEAD));
  return nudges.filter(isAsk).find((one) => one.kind === "shift-goal" && !isOver(one, now));
}
