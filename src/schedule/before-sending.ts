import type { Claim } from "#src/ports/outbox.ts";
import type { Standing } from "#src/ports/store.ts";
import { CONSENT_OPEN, type HoldReason } from "#src/domain/nudge-life.ts";
import { TAKING_PART, isAsk, rulesOf, type Nudge, type PlannedNudge } from "#src/domain/nudge.ts";
import type { Person, PersonId } from "#src/domain/person.ts";
import type { Days } from "#src/domain/outlook.ts";
import { isCivil, nextMoment } from "#src/domain/quiet.ts";
import { DAY, HOUR, MINUTE, instant, later, monthText, type Instant, type Zone } from "#src/domain/time.ts";
import { elsewhereOf, type Context } from "#src/flows/context.ts";
import { answerTo } from "#src/flows/conversations/research.ts";
import type { Policy } from "#src/domain/program.ts";
import { firstMoment, civilMoment } from "./plan-once.ts";
import { askedElsewhere } from "./in-all-programs.ts";

/** Milliseconds between two tries to ask somebody whether they take part whom the consent itself did not reach. */
const CONSENT_PAUSE = 7 * DAY;

/** Milliseconds after a consent that did not arrive until something else is tried in its place: at once it would fail alike. */
const FAILURE_PAUSE = DAY;

/** Why a due nudge is not sent; undefined if it is sent. */
export const reasonToHold = async (
  context: Context,
  claim: Claim,
  standing: Standing,
): Promise<HoldReason | undefined> =>
  wishOrRest(context, claim, standing) ??
  (await unagreed(context, claim, standing)) ??
  (await toldAlready(context, claim)) ??
  (await askedElsewhere(context, claim, standing)) ??
  tooLate(context, claim) ??
  (await capReached(context, claim)) ??
  (await spanFull(context, claim));

/**
 * Nothing is asked or told before a person agrees; what was held for that is released then. A consent that did not reach them
 * (they had not opened Attune yet, their address was wrong) goes out in place of what is due a day later or more.
 */
async function unagreed(
  { now, store }: Context,
  { nudge }: Claim,
  { consent, lastAskAt }: Standing,
): Promise<HoldReason | undefined> {
  if (consent !== "unasked") return nudge.kind === "consent" ? "agreed" : undefined;
  // A greeting asks nothing of its reader, and says who writes: before a program has started nobody can have agreed.
  if (nudge.kind === "consent" || nudge.kind === "greeting") return undefined;
  const isAgain = lastAskAt !== undefined && now - lastAskAt < CONSENT_PAUSE;
  const asked = await store.nudgeAbout("consent", nudge.person, TAKING_PART);
  const isTried = asked?.state === "failed" && now >= later(asked.dueAt, FAILURE_PAUSE);
  return isTried && !isAgain ? undefined : CONSENT_OPEN;
}

/** Who has said whether they take part in the study, before they were asked, is not asked. */
const toldAlready = async (context: Context, { nudge }: Claim): Promise<HoldReason | undefined> => {
  const { research } = context.program;
  if (nudge.kind !== "research" || research === undefined) return undefined;
  return (await answerTo(context, nudge.person, research)) === undefined ? undefined : "agreed";
};

/**
 * A goal or a plan is not sent in the middle of what it is about: not later than `goalWindow` into the shift, or into the time
 * together. Until the shift ends it can still be answered from home, or by the command.
 */
function tooLate({ now, program, roster }: Context, { nudge, reminder }: Claim): HoldReason | undefined {
  if (reminder || (nudge.kind !== "shift-goal" && nudge.kind !== "shift-plan")) return undefined;
  const shift = roster.assignment(nudge.subject);
  if (shift === undefined) return undefined;
  const starts =
    nudge.kind === "shift-goal"
      ? [shift.start]
      : roster.outlook.overlapsOf(shift).map((overlap) => overlap.start);
  // Where nobody shares the shift any more, there is nothing that it could be too late for.
  return now >= later(instant(Math.min(...starts)), program.policy.goalWindow) ? "late" : undefined;
}

function wishOrRest(
  { now, program }: Context,
  { nudge, reminder }: Claim,
  standing: Standing,
): HoldReason | undefined {
  if (standing.stopped || standing.consent === "declined") return "stopped";
  if (standing.pausedUntil !== undefined && now < standing.pausedUntil) return "paused";
  const sinceAsk = standing.lastAskAt === undefined ? Infinity : now - standing.lastAskAt;
  const { after, pause } = program.policy.backOff;
  const isTired = standing.unansweredInARow >= after && sinceAsk < pause;
  return isTired && !reminder && isAsk(nudge) ? "back-off" : undefined;
}

/** Milliseconds of the longest month. */
const MONTH = 31 * DAY + HOUR;

/**
 * Whether a person was asked in the local month of an ask as often as the policy admits. The plan heeds that already, but it knows only
 * asks that the roster still implies, and not those about shifts that were taken off it since.
 */
async function capReached(context: Context, { nudge, reminder }: Claim): Promise<HoldReason | undefined> {
  if (reminder || !isAsk(nudge)) return undefined;
  const { now, program, zone } = context;
  const nudges = await everyNudge(context, nudge.person, later(nudge.dueAt, -MONTH), now);
  const monthOf = ({ dueAt }: Nudge): string => monthText(zone.dayOf(dueAt));
  const asked = nudges.filter(
    (one) => one.id !== nudge.id && isAsk(one) && one.sentAt !== undefined && monthOf(one) === monthOf(nudge),
  );
  return asked.length >= program.policy.asksPerMonth ? "month-cap" : undefined;
}

/** Somebody's nudges due in [from, to), of all the programs that they work in: limits are a person's. */
async function everyNudge(
  context: Context,
  person: PersonId,
  from: Instant,
  to: Instant,
): Promise<readonly Nudge[]> {
  const nudges = [...(await context.store.nudgesOf(person, from, to))];
  for (const there of elsewhereOf(context, { id: person }))
    nudges.push(...(await there.context.store.nudgesOf(there.person.id, from, to)));
  return nudges;
}

/**
 * Whether somebody's day, or the seven days up to now, have had their messages: then the card that stands in their chat says what both
 * have answered, without a new one.
 */
async function spanFull(context: Context, { nudge }: Claim): Promise<HoldReason | undefined> {
  const { now, program, zone } = context;
  if (nudge.kind !== "shift-reveal") return undefined;
  const { messagesPerDay, messagesPerWeek } = program.policy;
  const aWeekAgo = later(now, -WEEK);
  const lately = await everyNudge(context, nudge.person, later(aWeekAgo, -DAY), later(now, 1));
  const sent = lately.filter(({ sentAt }) => sentAt !== undefined && sentAt >= aWeekAgo);
  const today = sent.filter(({ sentAt }) => zone.dayOf(sentAt!) === zone.dayOf(now));
  if (today.length >= messagesPerDay) return "day-cap";
  const reminders = sent.filter(({ isReminded }) => isReminded === true);
  return sent.length + reminders.length >= messagesPerWeek ? "week-cap" : undefined;
}

const WEEK = 7 * DAY;

/** Milliseconds after which a weekly message is too late for its moment. It then waits for a time that does not disturb. */
const PUNCTUAL = 30 * MINUTE;

/**
 * When a late message that belongs to no shift may be sent; undefined if that is now. A consent comes with the next goal or plan at
 * the latest, and as late as that may: it waits for the consent. A question about a study comes at a civil hour always.
 */
export function quietUntil(
  context: Context,
  { nudge, reminder }: Claim,
  person: Person,
): Instant | undefined {
  const { now, zone, program } = context;
  if (nudge.kind === "research") {
    const at = civilMoment(
      context.roster.outlook.daysOf(person.id),
      now,
      nudge.expiresAt,
      zone,
      program.policy,
    );
    return at === now ? undefined : (at ?? nudge.expiresAt);
  }
  // A new program, or another file, is seen at any hour: its coordinators are told at a civil one.
  const isPunctual =
    !["greeting", "file-taken-over"].includes(nudge.kind) && now < later(nudge.dueAt, PUNCTUAL);
  if (reminder || isPunctual) return undefined;
  return nudge.kind === "consent"
    ? consentUntil(context, nudge, person)
    : civilUntil(context, person, nudge.expiresAt);
}

function consentUntil(context: Context, nudge: Nudge, person: Person): Instant | undefined {
  if (isAwaited(context, person)) return undefined;
  // Another process has planned it, by a roster that this one reads at its next beat.
  if (firstMoment(context.roster.outlook, person) === undefined) return later(context.now, MINUTE);
  return civilUntil(context, person, beforeNextShift(context, person, nudge.expiresAt));
}

/** The next moment of a civil hour that disturbs nobody, `until` at the latest; undefined if that is now. */
function civilUntil({ now, zone, program, roster }: Context, person: Person, until: Instant) {
  const { policy } = program;
  const days = roster.outlook.daysOf(person.id);
  if (isCivil(days, now, zone, policy) || until <= now) return undefined;
  return nextMoment(days, now, until, zone, policy) ?? until;
}

/** Whether it is the time at which the goal or plan of one of the person's shifts is sent. */
const isAwaited = ({ now, roster, program }: Context, { id }: Person): boolean =>
  roster.outlook
    .shiftsOf(id)
    .some(
      ({ start }) =>
        later(start, -program.policy.goalLead) <= now && now < later(start, program.policy.goalWindow),
    );

/** The moment at which the goal of a person's next shift would come; or this one, where no shift is to come. */
function beforeNextShift({ now, roster, program }: Context, person: Person, otherwise: Instant): Instant {
  const next = roster.outlook.shiftsOf(person.id).find((shift) => shift.start >= now);
  return next === undefined ? otherwise : later(next.start, -program.policy.goalLead);
}

/** Milliseconds between a consent and its reminder, at least. Sooner it would only repeat it. */
const SOONEST = 3 * HOUR;

/**
 * When the one reminder of an ask is sent, which was sent at `sentAt`: at a time that does not disturb. Undefined for an ask that has
 * none, or where it would come after the ask closes.
 *
 * @param comesUpAt when Attune first comes up for its person
 */
export function reminderOf(
  nudge: PlannedNudge,
  sentAt: Instant,
  days: Days,
  zone: Zone,
  policy: Policy,
  comesUpAt: () => Instant | undefined = () => undefined,
): Instant | undefined {
  const at = rulesOf(nudge.kind).remindedAt;
  switch (at) {
    case "civil-hour":
      return nextMoment(days, later(sentAt, policy.reminderAfter), nudge.expiresAt, zone, policy);
    case "first-shift": {
      const first = comesUpAt();
      return first !== undefined && first >= later(sentAt, SOONEST) && first < nudge.expiresAt
        ? first
        : undefined;
    }
    case "never":
      return undefined;
    default:
      return at satisfies never;
  }
}

/** When the ask's reminder is due, by the current roster. */
export function remindAt(context: Context, { nudge }: Claim, sentAt: Instant): Instant | undefined {
  const person = context.person(nudge.person);
  return reminderOf(
    nudge,
    sentAt,
    context.roster.outlook.daysOf(nudge.person),
    context.zone,
    context.program.policy,
    () => person && firstMoment(context.roster.outlook, person),
  );
}
