import type { NudgeKind, PlannedNudge } from "#src/domain/nudge.ts";
import { afterDuty, isAway, type Days } from "#src/domain/quiet.ts";
import type { Assignment } from "#src/domain/roster.ts";
import { later, type Instant } from "#src/domain/time.ts";
import { capped } from "./caps.ts";
import type { Outlook } from "#src/domain/outlook.ts";
import { weeklyNudges } from "./weekly.ts";

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
 * Every nudge that the roster implies, by due time and then person. Times follow domain.md, "When Attune
 * speaks": the goal before the shift, the plan at the start of the overlap at the latest (it is hastened when
 * the goal comes), the debrief when the person's duty ends, and the weekly ones at a civil moment.
 */
export function planNudges(outlook: Outlook): readonly PlannedNudge[] {
  const { program, zone } = outlook.input;
  const wanted: PlannedNudge[] = [];
  for (const person of outlook.people) {
    for (const assignment of outlook.shiftsOf(person.id)) {
      if (person.role === "resident") wanted.push(...residentAsks(outlook, assignment));
      if (person.role === "attending") wanted.push(...attendingAsks(outlook, assignment));
    }
  }
  // One by one: a hospital can have more of them than a call takes arguments.
  for (const nudge of weeklyNudges(outlook)) wanted.push(nudge);
  wanted.sort((a, b) => a.dueAt - b.dueAt || compare(a.person, b.person) || compare(a.subject, b.subject));
  return capped(wanted, program.policy, zone);
}

function residentAsks(outlook: Outlook, shift: Assignment): readonly PlannedNudge[] {
  const { policy } = outlook.input.program;
  const days = outlook.daysOf(shift.person);
  // Coming straight from another shift, the goal waits for its end: no message mid-shift.
  const goalAt = afterDuty(days, later(shift.start, -policy.goalLead));
  const goalEnds = earliest(later(shift.start, policy.goalWindow), shift.end);
  const asks = [ask("shift-goal", shift, earliest(goalAt, shift.start), goalEnds)];
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

/** Each is asked when their own duty ends, since the partner may leave in the middle of it. */
function debrief(days: Days, shift: Assignment, window: number): PlannedNudge {
  const dueAt = afterDuty(days, shift.end);
  return ask("shift-debrief", shift, dueAt, later(dueAt, window));
}

const ask = (kind: NudgeKind, shift: Assignment, dueAt: Instant, expiresAt: Instant): PlannedNudge => ({
  kind,
  person: shift.person,
  subject: shift.id,
  dueAt,
  expiresAt,
});

const earliest = (a: Instant, b: Instant): Instant => (a < b ? a : b);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
