import { CONSENT_OPEN, UNASKED } from "#src/domain/nudge-life.ts";
import { rulesOf, type Nudge } from "#src/domain/nudge.ts";
import { isAway } from "#src/domain/quiet.ts";
import { DAY, instant, later, type Instant } from "#src/domain/time.ts";
import type { Outlook } from "#src/domain/outlook.ts";
import type { Context } from "../context.ts";

/** What coordinators are told about a program's messages. */
export interface Delivery {
  /** How many were due by the roster, whether or not they were sent. */
  readonly due: number;
  /** Those that did not arrive, or may not have. */
  readonly lost: readonly Nudge[];
}

/** What became of the messages that were first due in [from, to), whenever they were tried again. */
export async function deliveryDuring(
  { store, roster, now }: Context,
  { from, to }: { readonly from: Instant; readonly to: Instant },
): Promise<Delivery> {
  // What waits to be tried again is due within the hour; what is hastened was due within the day.
  const last = instant(Math.max(now, to));
  const nudges = await store.nudgesDuring(later(from, -DAY), later(last, DAY));
  const first = nudges.filter(({ firstDue }) => firstDue >= from && firstDue < to);
  return deliveryOf(first, roster.outlook, now);
}

/**
 * Counts what arrived, and names people only for what did not. Neither may tell what anybody has answered. So messages that depend on
 * an answer are left out. Messages that were held back because of missing answers are counted. And a message that may not have
 * arrived stays uncertain, even if an answer to it shows that it did. A goal that was set without being asked for was no message.
 */
export function deliveryOf(nudges: readonly Nudge[], outlook: Outlook, now: Instant): Delivery {
  const told = nudges.filter(
    (one) =>
      rulesOf(one.kind).comesAnyway &&
      one.firstDue <= now &&
      one.reason !== UNASKED &&
      isWanted(one, outlook),
  );
  return { due: told.length, lost: told.filter((one) => one.state === "failed" || isUncertain(one)) };
}

/** Whether it was held back because of what the person has or has not answered. Only that person may know. */
const OWN = new Set(["back-off", "month-cap"]);

/** When a shift goes to another person, a goal's ask is recalled, but not one that was answered. So this asks the roster, not the state. */
function isWanted({ kind, person, subject, firstDue, state, reason }: Nudge, outlook: Outlook): boolean {
  // Whoever has not agreed to take part is told apart from what did not arrive, and has nothing to answer.
  if (state === "withdrawn" && reason === CONSENT_OPEN) return false;
  if (kind !== "shift-goal") return state !== "withdrawn" || OWN.has(reason ?? "");
  return (
    outlook.shiftsOf(person).some(({ id }) => id === subject) && !isAway(outlook.daysOf(person), firstDue)
  );
}

/** Whether it may not have arrived. Its reason says so even after its state has changed. */
const isUncertain = ({ state, reason }: Nudge): boolean => state === "uncertain" || reason === "ambiguous";

/** The reason why a message did not arrive, as a code. */
export const lossOf = (one: Nudge): string => (isUncertain(one) ? "uncertain" : (one.reason ?? "failed"));
