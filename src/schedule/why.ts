import { isWaitingForStart, type Outlook } from "#src/domain/outlook.ts";
import { UNASKED, UNIMPLIED, UNSENT } from "#src/domain/nudge-life.ts";
import { rulesOf, type Nudge, type NudgeKind, type PlannedNudge } from "#src/domain/nudge.ts";
import type { Person, PersonId } from "#src/domain/person.ts";
import { isAway } from "#src/domain/quiet.ts";
import type { Assignment } from "#src/domain/roster.ts";
import { DAY, instant, later, type Instant, type DayNumber, type Zone } from "#src/domain/time.ts";
import type { Absent, Fate, Why, Participation } from "#src/domain/why.ts";
import type { Standing, Store } from "#src/ports/store.ts";
import { planNudges } from "./plan.ts";

/**
 * What was due to one person on one local day, and what became of it.
 *
 * @param nudges everything that is stored of the person, from before the day on
 */
export function whyOf(
  outlook: Outlook,
  person: PersonId,
  nudges: readonly Nudge[],
  day: DayNumber,
  now: Instant,
): Why {
  const { zone, roster } = outlook.input;
  const planned = planNudges(outlook).filter((one) => one.person === person);
  const implied = new Set(planned.map(keyOf));
  const rows = nudges
    .filter(({ kind }) => kind !== "shift-reveal" && kind !== "research")
    .map((nudge) => {
      const { kind, subject } = nudge;
      const at = instant(Math.max(nudge.dueAt, nudge.firstDue));
      const isEarly = (kind === "shift-goal" || kind === "shift-plan") && at > now;
      const fate = isEarly ? earlyFateOf(nudge, now, implied.has(keyOf(nudge))) : fateOf(nudge, now);
      return { at, kind, subject, fate: fate === UNIMPLIED ? withdrawnBy(outlook, nudge, at) : fate };
    });
  const isOnDay = ({ at }: { readonly at: Instant }): boolean => zone.dayOf(at) === day;
  const known = new Set(nudges.map(keyOf));
  const empty = roster.assignments
    .filter((shift) => shift.person === person && isOnDay({ at: shift.start }))
    .filter((shift) => !known.has(keyOf({ kind: askOf(shift), person, subject: shift.id })))
    .map((shift) => ({ at: shift.start, shift, absent: absentOf(outlook, shift, planned) }));
  const after = zone.at(day + 1, 0);
  const next = rows
    .filter(({ at, fate }) => fate === "ahead" && at >= after)
    .toSorted((a, b) => a.at - b.at)[0];
  return {
    rows: [...onceEach(rows.filter(isOnDay)), ...empty].toSorted((a, b) => a.at - b.at),
    ...(next === undefined ? {} : { next: { at: next.at, kind: next.kind, subject: next.subject } }),
  };
}

/** Long enough before the day for a message about last week, and after it for the next one. */
const BEFORE = 14 * DAY;
const AFTER = 120 * DAY;

/** The same of today, by what is stored. */
export async function whyToday(
  {
    store,
    zone,
    outlook,
  }: { readonly store: Pick<Store, "nudgesOf">; readonly zone: Zone; readonly outlook: Outlook },
  person: PersonId,
  now: Instant,
): Promise<Why> {
  const day = zone.dayOf(now);
  const nudges = await store.nudgesOf(person, later(zone.at(day, 0), -BEFORE), later(now, AFTER));
  return whyOf(outlook, person, nudges, day, now);
}

const keyOf = ({ kind, person, subject }: Pick<PlannedNudge, "kind" | "person" | "subject">): string =>
  `${kind} ${person} ${subject}`;

const askOf = ({ role }: Assignment): NudgeKind => (role === "resident" ? "shift-goal" : "shift-plan");

/**
 * A goal can be set before it is asked, and a plan comes early where its goal has come in. Neither its moment nor what became of it may
 * tell of an answer: until its moment it is told as one that nobody has answered.
 */
function earlyFateOf(nudge: Nudge, now: Instant, isImplied: boolean): Fate {
  const { state, reason, sentAt } = nudge;
  if (UNSENT.includes(state) || (isImplied && reason !== UNASKED)) return "ahead";
  return state === "withdrawn" && sentAt === undefined ? fateOf(nudge, now) : UNIMPLIED;
}

/** What became of a nudge, as far as others may know. */
function fateOf(nudge: Nudge, now: Instant): Fate {
  const { kind, state, reason, sentAt, dueAt } = nudge;
  if (!rulesOf(kind).comesAnyway) return "theirs";
  // What was answered shows that it arrived: it goes on to be told as it was.
  if (state === "uncertain" || reason === "ambiguous") return "ambiguous";
  if (sentAt !== undefined) return "shown";
  switch (state) {
    case "planned":
    case "claimed":
    case "sending":
      return dueAt > now ? "ahead" : "waiting";
    case "sent":
    case "answered":
      return "shown";
    case "expired":
      return "unsent";
    case "withdrawn":
    case "failed":
      return reason ?? "nothing-to-ask";
    default:
      return state satisfies never;
  }
}

/** What their person's wishes leave out of the plan looks like what the roster asks for no more: it is told apart by those wishes. */
function withdrawnBy({ input: { wishes } }: Outlook, { person, kind }: Nudge, at: Instant): Fate {
  const { out = false, agreed = false, pausedUntil } = wishes.get(person) ?? {};
  if (out) return "stopped";
  if (kind === "consent" && agreed) return "agreed";
  return pausedUntil !== undefined && at < pausedUntil ? "paused" : UNIMPLIED;
}

/** A week's check-ins about several partners come in one message, or in none. */
function onceEach<Row extends { readonly at: Instant; readonly kind: NudgeKind }>(
  rows: readonly Row[],
): readonly Row[] {
  const isSame = (one: Row, other: Row): boolean =>
    one === other || (one.kind === "pair-check-in" && other.kind === one.kind && other.at === one.at);
  return rows.filter((row) => rows.find((one) => isSame(one, row)) === row);
}

function absentOf(outlook: Outlook, shift: Assignment, planned: readonly PlannedNudge[]): Absent {
  const { everybody, input } = outlook;
  const { person } = shift;
  if (isWaitingForStart(input.beginning)) return "not-started";
  if (planned.some(({ subject }) => subject === shift.id)) return "not-planned";
  if (!everybody.dutyOf(person).includes(shift)) return "on-leave";
  if (!everybody.shiftsOf(person).includes(shift)) return "off-rotation";
  if (input.wishes.get(person)?.out === true) return "takes-no-part";
  if (shift.role === "attending" && outlook.overlapsOf(shift).length === 0) return "no-partner";
  return isAway(outlook.daysOf(person), shift.start) ? "paused" : "limits";
}

/** How somebody stands to Attune, what matters most first. */
export function participationOf(
  person: Pick<Person, "id"> | undefined,
  { consent, stopped, pausedUntil }: Standing,
  reused: ReadonlySet<PersonId>,
  now: Instant,
): Participation {
  if (person === undefined) return "left";
  if (reused.has(person.id)) return "reused";
  if (consent === "declined") return "declined";
  if (stopped) return "stopped";
  if (consent === "unasked") return "unasked";
  return pausedUntil !== undefined && now < pausedUntil ? "paused" : "agreed";
}
