import type { Claim, Identity } from "#src/ports/outbox.ts";
import type { Standing } from "#src/ports/store.ts";
import { NUDGES, isAsk, rulesOf, type Nudge, type PlannedNudge } from "#src/domain/nudge.ts";
import type { Person } from "#src/domain/person.ts";
import { isQuiet, nextMoment, type Days } from "#src/domain/quiet.ts";
import { DAY, HOUR, MINUTE, later, type Instant } from "#src/domain/time.ts";
import type { Context } from "#src/flows/context.ts";
import { monthText, type Zone } from "#src/domain/zone.ts";
import type { Policy } from "#src/domain/program.ts";
import type { Messenger } from "#src/ports/messenger.ts";

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

/**
 * Whether a person was asked in the local month of `nudge`, an ask, as often as the policy admits. The plan heeds that already,
 * but it knows only asks that the roster still implies, and not those about shifts that were taken off it since.
 * `asks`: the person's nudges of that month at least.
 */
function isMonthFull(nudge: Nudge, asks: readonly Nudge[], policy: Policy, zone: Zone): boolean {
  const monthOf = ({ dueAt }: Nudge): string => monthText(zone.dayOf(dueAt));
  const asked = asks.filter(
    (one) => one.id !== nudge.id && isAsk(one) && one.sentAt !== undefined && monthOf(one) === monthOf(nudge),
  );
  return asked.length >= policy.asksPerMonth;
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

/** A reminder sooner than this after its ask would only be the ask again. */
const SOONEST = 5 * 60_000;

/**
 * When an ask that went out at `sentAt` is asked for the one time more: what came before a shift, when the
 * shift starts (nothing is sent in its middle); what is bound to no moment, at a civil one. Undefined when
 * that would be too soon, or after it has closed.
 *
 * @param shiftStart of the shift, for an ask that is bound to one
 */
export function reminderOf(
  nudge: PlannedNudge,
  sentAt: Instant,
  shiftStart: Instant | undefined,
  days: Days,
  zone: Zone,
  policy: Policy,
): Instant | undefined {
  const at = rulesOf(nudge.kind).remindedAt;
  switch (at) {
    case "shift-start":
      return shiftStart !== undefined && shiftStart >= later(sentAt, SOONEST) && shiftStart < nudge.expiresAt
        ? shiftStart
        : undefined;
    case "civil-hour":
      return nextMoment(days, later(sentAt, policy.reminderAfter), nudge.expiresAt, zone, policy);
    case "never":
      return undefined;
    default:
      return at satisfies never;
  }
}

type Messengers = ReadonlyMap<string, Messenger>;

/** Where a person is written to now. Platforms are asked who has an e-mail only while nothing is remembered. */
export async function firstIdentity(
  messengers: Messengers,
  context: Context,
  person: Person,
): Promise<Identity | undefined> {
  const [latest] = await remembered(messengers, context, person);
  return latest ?? (await identitiesOf(messengers, context, person))[0];
}

/**
 * How to write to a person, the platform they used last first: as remembered, else as people.csv names them,
 * else by their e-mail.
 */
export async function identitiesOf(
  messengers: Messengers,
  context: Context,
  person: Person,
): Promise<readonly Identity[]> {
  const known = await remembered(messengers, context, person);
  const named: Identity[] = [];
  for (const messenger of messengers.values()) {
    const { platform } = messenger;
    if (known.some((one) => one.platform === platform)) continue;
    const account = person.accounts[platform] ?? (await accountByEmail(messenger, person));
    const address = account === undefined ? undefined : messenger.addressOf(account);
    if (account !== undefined && address !== undefined) named.push({ platform, account, address });
  }
  return [...known, ...named];
}

const remembered = async (
  messengers: Messengers,
  context: Context,
  person: Person,
): Promise<readonly Identity[]> =>
  (await context.store.identities(person.id)).filter(({ platform }) => messengers.has(platform));

const accountByEmail = async ({ directory }: Messenger, { email }: Person): Promise<string | undefined> =>
  email === undefined ? undefined : directory?.accountOf(email);
