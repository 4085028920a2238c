import { isWaitingForStart, type Days, type Outlook } from "#src/domain/outlook.ts";
import { NUDGES, pairWeek, type NudgeKind, type PlannedNudge } from "#src/domain/nudge.ts";
import type { PersonId } from "#src/domain/person.ts";
import type { Policy, Program, WeeklyMoment } from "#src/domain/program.ts";
import { afterDuty, debriefSpan, isAway, weeklyMoment } from "#src/domain/quiet.ts";
import type { Assignment } from "#src/domain/roster.ts";
import {
  DAY,
  instant,
  later,
  DAYS_A_WEEK,
  dayNumber,
  mondayOf,
  monthText,
  weekLabel,
  weekOf,
  type Instant,
  type WeekNumber,
  type Zone,
} from "#src/domain/time.ts";
import { timeTogether, type Together } from "#src/domain/time-together.ts";
import {
  greetings,
  isSinceStart,
  accountQuestions,
  consentOf,
  researchAskOf,
  rotationSummaries,
} from "./plan-once.ts";

/** A roster, and the plan that it implies, worked out when it is first asked for. */
export interface PlannedRoster {
  readonly outlook: Outlook;
  readonly plan: () => readonly PlannedNudge[];
}

export function plannedRoster(outlook: Outlook): PlannedRoster {
  let plan: readonly PlannedNudge[] | undefined;
  return { outlook, plan: () => (plan ??= planNudges(outlook)) };
}

/**
 * Every nudge that follows from the roster, by due time and then person. Times follow domain.md, "When Attune speaks": the goal before
 * the shift; the plan at the start of the overlap, or earlier when the goal comes; the debrief when the person's duty ends; weekly
 * nudges at a time that does not disturb.
 */
export function planNudges(outlook: Outlook): readonly PlannedNudge[] {
  const { program, zone, wishes, beginning } = outlook.input;
  if (beginning !== undefined && isWaitingForStart(beginning)) return greetings(outlook, beginning.since);
  const wanted: PlannedNudge[] = [];
  for (const person of outlook.people) {
    if (wishes.get(person.id)?.agreed !== true) wanted.push(...consentOf(outlook, person));
    wanted.push(...researchAskOf(outlook, person));
    wanted.push(...rotationSummaries(outlook, person).filter((one) => isSinceStart(one, beginning)));
    for (const assignment of outlook.shiftsOf(person.id)) {
      const asks = assignment.role === "resident" ? residentAsks : attendingAsks;
      wanted.push(...asks(outlook, assignment));
    }
  }
  wanted.push(...accountQuestions(outlook));
  // One by one: there may be more nudges than a call can have arguments.
  for (const nudge of weeklyNudges(outlook)) if (isSinceStart(nudge, beginning)) wanted.push(nudge);
  wanted.sort((a, b) => a.dueAt - b.dueAt || compare(a.person, b.person) || compare(a.subject, b.subject));
  return capped(wanted, program.policy, zone);
}

function residentAsks(outlook: Outlook, shift: Assignment): readonly PlannedNudge[] {
  const { policy } = outlook.input.program;
  const days = outlook.daysOf(shift.person);
  // If the resident is still on another shift, the goal waits for its end: no message in the middle of a shift.
  const goalAt = afterDuty(days, later(shift.start, -policy.goalLead));
  const asks = [ask("shift-goal", shift, earliest(goalAt, shift.start), shift.end)];
  if (outlook.overlapsOf(shift).length > 0) asks.push(debrief(days, shift, policy.debriefWindow));
  return asks.filter((one) => !isAway(days, one.dueAt));
}

function attendingAsks(outlook: Outlook, shift: Assignment): readonly PlannedNudge[] {
  const { policy } = outlook.input.program;
  const days = outlook.daysOf(shift.person);
  const overlaps = outlook.overlapsOf(shift);
  const [first] = overlaps;
  if (first === undefined) return [];
  const start = overlaps.reduce((least, one) => earliest(least, one.start), first.start);
  const end = overlaps.reduce((most, one) => (one.end > most ? one.end : most), first.end);
  return [ask("shift-plan", shift, start, end), debrief(days, shift, policy.debriefWindow)].filter(
    (one) => !isAway(days, one.dueAt),
  );
}

/** A debrief, when the person's own duty ends: the partner may leave earlier. */
function debrief(days: Days, shift: Assignment, window: number): PlannedNudge {
  const { start, end } = debriefSpan(days, shift, window);
  return ask("shift-debrief", shift, start, end);
}

const ask = (kind: NudgeKind, shift: Assignment, dueAt: Instant, expiresAt: Instant): PlannedNudge => ({
  kind,
  person: shift.person,
  subject: shift.id,
  dueAt,
  expiresAt,
});

/** Leaves out what goes beyond the asks that one shift and one local month admit. `planned` is by due time, and so the first ones stay. */
export function capped(
  planned: readonly PlannedNudge[],
  policy: Policy,
  zone: Zone,
): readonly PlannedNudge[] {
  const counts = new Map<string, number>();
  const admits = (key: string, most: number): boolean => {
    const count = (counts.get(key) ?? 0) + 1;
    if (count <= most) counts.set(key, count);
    return count <= most;
  };
  const months = new Map<number, string>();
  const monthOf = (day: number): string => {
    let month = months.get(day);
    if (month === undefined) months.set(day, (month = monthText(day)));
    return month;
  };
  return planned.filter(
    ({ kind, person, subject, dueAt }) =>
      !NUDGES[kind].asks ||
      ((!NUDGES[kind].shiftBound || admits(`${person} ${subject}`, policy.asksPerShift)) &&
        admits(`${person} ${monthOf(zone.dayOf(dueAt))}`, policy.asksPerMonth)),
  );
}

const earliest = (a: Instant, b: Instant): Instant => instant(Math.min(a, b));
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Milliseconds after which a digest is out of date. */
const DIGEST_WINDOW = 2 * DAY;

/** Check-ins and digests about a week that is over, each at a time that does not disturb its reader. */
function weeklyNudges(outlook: Outlook): readonly PlannedNudge[] {
  const together = timeTogether(outlook.overlaps, outlook.input.zone);
  return [...checkIns(outlook, together), ...digests(outlook, together)];
}

/**
 * Once a week's pairs are picked, theirs, as far as both can still be asked. Before that, one for everybody with a pair that may be
 * picked.
 */
function checkIns(outlook: Outlook, together: readonly Together[]): readonly PlannedNudge[] {
  const { policy } = outlook.input.program;
  const moment = momentsOf(outlook);
  const asks = new Map<string, PlannedNudge>();
  for (const pair of askablePairs(outlook, together, moment)) {
    const { resident, attending, week } = pair;
    const picked = outlook.input.checkIns?.get(week);
    if (picked?.pairs.some((one) => one.resident === resident && one.attending === attending) === false)
      continue;
    const subject = picked?.message === "pair" ? pairWeek(resident, attending, week) : weekLabel(week);
    for (const person of [resident, attending]) {
      const dueAt = moment(person, week, policy.checkIn)!;
      const expiresAt = later(dueAt, policy.checkInWindow);
      asks.set(`${person} ${subject}`, { kind: "pair-check-in", person, subject, dueAt, expiresAt });
    }
  }
  return [...asks.values()];
}

/** The pairs that both can be asked about each other: they had long enough together, and there is a moment for both. */
function askablePairs(
  outlook: Outlook,
  together: readonly Together[],
  moment = momentsOf(outlook),
): readonly Together[] {
  const { checkIn, checkInOverlap } = outlook.input.program.policy;
  return together.filter(
    ({ resident, attending, week, time }) =>
      time >= checkInOverlap &&
      [resident, attending].every((person) => moment(person, week, checkIn) !== undefined),
  );
}

/** The pairs that a week's check-ins may be about. */
export const pairsAskedAbout = (outlook: Outlook, week: WeekNumber): readonly Together[] =>
  askablePairs(
    outlook,
    timeTogether(outlook.overlaps, outlook.input.zone).filter((one) => one.week === week),
  );

/** When the check-ins about a week begin. */
export const checkInsFrom = ({ zone, program }: Outlook["input"], week: WeekNumber): Instant =>
  zone.at(nominalDay(week, program.policy.checkIn), program.policy.checkIn.hour);

function digests(outlook: Outlook, together: readonly Together[]): readonly PlannedNudge[] {
  const { policy, rotations } = outlook.input.program;
  const moment = momentsOf(outlook);
  const weeksOf = new Map<PersonId, Set<WeekNumber>>();
  for (const { attending, week } of together) {
    const weeks = weeksOf.get(attending) ?? new Set();
    weeksOf.set(attending, weeks.add(week));
  }
  const running = runningWeeks(rotations);
  return outlook.people.flatMap((person) => {
    const met = weeksOf.get(person.id);
    return running.flatMap((week) => {
      const dueAt = moment(person.id, week, policy.digest);
      if (dueAt === undefined) return [];
      const digest = (kind: NudgeKind): PlannedNudge => ({
        kind,
        person: person.id,
        subject: weekLabel(week),
        dueAt,
        expiresAt: later(dueAt, DIGEST_WINDOW),
      });
      return [
        // About the residents of this week and the next, whatever else the reader is.
        ...(met?.has(week) || met?.has(week + 1) ? [digest("attending-digest")] : []),
        ...(person.roles.includes("coordinator") ? [digest("coordinator-digest")] : []),
      ];
    });
  });
}

/** The local day of a weekly moment: in the week that follows. */
const nominalDay = (week: WeekNumber, { day }: Pick<WeeklyMoment, "day">): number =>
  mondayOf(week + 1) + day - 1;

/** When a message about `week` is sent: at the program's moment in the following week, or later if that would disturb. */
function momentsOf(outlook: Outlook) {
  const { zone, program } = outlook.input;
  const known = new Map<string, Instant | undefined>();
  return (person: PersonId, week: WeekNumber, { day, hour }: WeeklyMoment): Instant | undefined => {
    const key = `${person} ${week} ${day} ${hour}`;
    if (known.has(key)) return known.get(key);
    const nominal = nominalDay(week, { day });
    const until = zone.at(nominal + DAYS_A_WEEK, hour);
    const at = weeklyMoment(outlook.daysOf(person), zone.at(nominal, hour), until, zone, program.policy);
    known.set(key, at);
    return at;
  };
}

/** The weeks that any rotation touches, in order. */
function runningWeeks(rotations: Program["rotations"]): readonly WeekNumber[] {
  const weeks = new Set<WeekNumber>();
  for (const { from, to } of rotations) {
    for (let week = weekOf(dayNumber(from)); week <= weekOf(dayNumber(to)); week++) weeks.add(week);
  }
  return [...weeks].toSorted((a, b) => a - b);
}
