import type { Claim } from "#src/ports/outbox.ts";
import type { Standing } from "#src/ports/store.ts";
import { NUDGES, isAsk } from "#src/domain/nudge.ts";
import type { Person } from "#src/domain/person.ts";
import { isQuiet, nextMoment } from "#src/domain/quiet.ts";
import { DAY, HOUR, MINUTE, later, type Instant } from "#src/domain/time.ts";
import type { Context } from "#src/flows/context.ts";
import { isMonthFull } from "./caps.ts";

/** Somebody who has not answered whether they take part is asked again after this, with an ask that is due then. */
const CONSENT_PAUSE = 7 * DAY;

/** Why a due nudge is not sent after all; undefined when it is. */
export const reasonToHold = async (
  context: Context,
  claim: Claim,
  standing: Standing,
): Promise<string | undefined> => wishOrRest(context, claim, standing) ?? (await capReached(context, claim));

function wishOrRest(
  { now, program }: Context,
  { nudge, reminder }: Claim,
  standing: Standing,
): string | undefined {
  if (standing.stopped || standing.consent === "declined") return "stopped";
  if (standing.pausedUntil !== undefined && now < standing.pausedUntil) return "paused";
  const sinceAsk = standing.lastAskAt === undefined ? Infinity : now - standing.lastAskAt;
  if (standing.consent === "unasked" && sinceAsk < CONSENT_PAUSE) return "consent-open";
  const { after, pause } = program.policy.backOff;
  const isTired = standing.unansweredInARow >= after && sinceAsk < pause;
  return isTired && !reminder && isAsk(nudge) ? "back-off" : undefined;
}

/** No month is longer. */
const MONTH = 31 * DAY + HOUR;

async function capReached(
  { now, store, program, zone }: Context,
  { nudge, reminder }: Claim,
): Promise<string | undefined> {
  if (reminder || !isAsk(nudge)) return undefined;
  const asks = await store.nudgesOf(nudge.person, later(nudge.dueAt, -MONTH), now);
  return isMonthFull(nudge, asks, program.policy, zone) ? "month-cap" : undefined;
}

/** Sent later than this, a weekly message has lost its moment and waits for the next civil one. */
const PUNCTUAL = 30 * MINUTE;
const EVENING = 12 * HOUR;

/** When a weekly message that comes late may go out; undefined when that is now. */
export function quietUntil(
  context: Context,
  { nudge, reminder }: Claim,
  person: Person,
): Instant | undefined {
  const { now, zone, program } = context;
  if (NUDGES[nudge.kind].shiftBound || reminder || now < later(nudge.dueAt, PUNCTUAL)) return undefined;
  const days = context.roster.outlook.daysOf(person.id);
  const morning = zone.at(zone.dayOf(now), program.policy.civilHour);
  const isCivil =
    now >= morning && now < later(morning, EVENING) && !isQuiet(days, now, zone, program.policy);
  return isCivil ? undefined : nextMoment(days, now, nudge.expiresAt, zone, program.policy);
}
