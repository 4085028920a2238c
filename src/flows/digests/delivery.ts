import { NUDGES, type Nudge } from "#src/domain/nudge.ts";
import { isAway } from "#src/domain/quiet.ts";
import type { Instant } from "#src/domain/time.ts";
import type { Outlook } from "#src/domain/outlook.ts";

/** What others are told of a program's messages. */
export interface Delivery {
  /** How many the roster made due, whatever became of them. */
  readonly due: number;
  /** Those of them that did not arrive, or of which nobody knows. */
  readonly lost: readonly Nudge[];
}

/**
 * What arrived is told as a sum, and of persons only what did not. Neither may tell what somebody has answered: messages
 * that come only after an answer are left out, those that silence holds back are not, and one that may not have arrived
 * stays so, though an answer to it shows that it did.
 */
export function deliveryOf(nudges: readonly Nudge[], outlook: Outlook, now: Instant): Delivery {
  const told = nudges.filter(
    (one) => NUDGES[one.kind].comesAnyway && one.dueAt <= now && isWanted(one, outlook),
  );
  return { due: told.length, lost: told.filter((one) => one.state === "failed" || isUncertain(one)) };
}

/** Held back because of what somebody has or has not answered: that it was, is theirs to know. */
const OWN = new Set(["back-off", "month-cap"]);

/** A shift that goes to another takes back a goal's ask, but not one that was answered: so the roster says, not the state. */
function isWanted({ kind, person, subject, dueAt, state, reason }: Nudge, outlook: Outlook): boolean {
  if (kind !== "shift-goal") return state !== "withdrawn" || OWN.has(reason ?? "");
  return outlook.shiftsOf(person).some(({ id }) => id === subject) && !isAway(outlook.daysOf(person), dueAt);
}

/** Nobody knows whether it arrived: its reason outlives its state. */
const isUncertain = ({ state, reason }: Nudge): boolean => state === "uncertain" || reason === "ambiguous";

/** Why a lost message did not arrive, as a code. */
export const lossOf = (one: Nudge): string => (isUncertain(one) ? "uncertain" : (one.reason ?? "failed"));
