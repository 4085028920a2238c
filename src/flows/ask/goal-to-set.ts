import { isAsk, isOver, type Ask } from "#src/domain/nudge.ts";
import type { PersonId } from "#src/domain/person.ts";
import type { Assignment } from "#src/domain/roster.ts";
import { later } from "#src/domain/time.ts";
import type { Context } from "../context.ts";
import { GOAL_AHEAD } from "../view/earlier-goals.ts";

/** The shift whose goal a resident can set at the moment: the one that is on, else the next if it is near. */
export function shiftWithGoal({ roster, now }: Context, resident: PersonId): Assignment | undefined {
  const shift = roster.outlook.shiftsOf(resident).find(({ role, end }) => role === "resident" && end > now);
  return shift !== undefined && shift.start <= later(now, GOAL_AHEAD) ? shift : undefined;
}

/** The goal of that shift, where there is an ask for it, whatever became of that. */
export async function goalToSet(context: Context, resident: PersonId): Promise<Ask | undefined> {
  const shift = shiftWithGoal(context, resident);
  const ask =
    shift === undefined ? undefined : await context.store.nudgeAbout("shift-goal", resident, shift.id);
  return ask === undefined || !isAsk(ask) || isOver(ask, context.now) ? undefined : ask;
}

/**
 * The goal that a resident wants to set without being asked. It takes answers from now on until the shift ends, also where its ask was
 * held back, could not be sent, or was left out because of a cap. Undefined if no shift is near.
 */
export async function openedGoal(context: Context, resident: PersonId): Promise<Ask | undefined> {
  const shift = shiftWithGoal(context, resident);
  if (shift === undefined) return undefined;
  const { id: subject, start: dueAt, end: expiresAt } = shift;
  const opened = await context.store.openAnyway({
    kind: "shift-goal",
    person: resident,
    subject,
    dueAt,
    expiresAt,
  });
  return isAsk(opened) ? opened : undefined;
}
