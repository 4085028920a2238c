import { NUDGES, type Nudge, type NudgeKind, type PlannedNudge } from "#src/domain/nudge.ts";
import { afterDuty, isAway, type Days } from "#src/domain/quiet.ts";
import type { Assignment } from "#src/domain/roster.ts";
import { later, type Instant } from "#src/domain/time.ts";
import { monthText, type Zone } from "#src/domain/zone.ts";
import type { Outlook } from "#src/domain/outlook.ts";
import { weeklyNudges } from "./weekly.ts";
import type { Policy, Program } from "#src/domain/program.ts";
import type { RosterEffects, Store } from "#src/ports/store.ts";

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
  const { program, zone } = outlook.input;
  const wanted: PlannedNudge[] = [];
  for (const person of outlook.people) {
    for (const assignment of outlook.shiftsOf(person.id)) {
      if (person.role === "resident") wanted.push(...residentAsks(outlook, assignment));
      if (person.role === "attending") wanted.push(...attendingAsks(outlook, assignment));
    }
  }
  // One by one: there may be more nudges than a call can have arguments.
  for (const nudge of weeklyNudges(outlook)) wanted.push(nudge);
  wanted.sort((a, b) => a.dueAt - b.dueAt || compare(a.person, b.person) || compare(a.subject, b.subject));
  return capped(wanted, program.policy, zone);
}

function residentAsks(outlook: Outlook, shift: Assignment): readonly PlannedNudge[] {
  const { policy } = outlook.input.program;
  const days = outlook.daysOf(shift.person);
  // If the resident is still on another shift, the goal waits for its end: no message in the middle of a shift.
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

/** A debrief, when the person's own duty ends: the partner may leave earlier. */
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

const earliest = (a: Instant, b: Instant): Instant => (a < b ? a : b);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** All asks that were sent and still take answers. */
export async function openAsks(store: Store, program: Program, now: Instant): Promise<readonly Nudge[]> {
  const open: Nudge[] = [];
  for (const person of program.people) open.push(...(await store.openNudges(person.id, now)));
  return open.filter(({ state }) => state === "sent" || state === "uncertain");
}

/** Finds the open asks that a new roster recalls or changes. Only asks that followed from the old roster can be recalled. */
export function openEffects(
  open: readonly Nudge[],
  before: PlannedRoster,
  after: PlannedRoster,
): RosterEffects {
  const is = new Set(after.plan().map(keyOf));
  const [kept, lost] = [open.filter((one) => is.has(keyOf(one))), open.filter((one) => !is.has(keyOf(one)))];
  const was = new Set(lost.length === 0 ? [] : before.plan().map(keyOf));
  const subjects = new Set(kept.map(({ subject }) => subject));
  const wasAbout = companyIn(before.outlook, subjects);
  const isAbout = companyIn(after.outlook, subjects);
  const changed = kept.filter(({ subject }) => wasAbout.get(subject) !== isAbout.get(subject));
  return {
    recalled: lost.filter((nudge) => was.has(keyOf(nudge))).map(({ id }) => id),
    changed: changed.map(({ id }) => id),
  };
}

const keyOf = ({ kind, person, subject }: PlannedNudge): string => `${kind} ${person} ${subject}`;

/** For each assignment: its time and partners, as a text to compare. */
function companyIn(
  { input: { roster }, overlapsOf }: Outlook,
  assignments: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const shifts = roster.assignments.filter(({ id }) => assignments.has(id));
  return new Map(
    shifts.map((shift) => {
      const pairs = overlapsOf(shift).map(({ resident, attending }) => `${resident.id}+${attending.id}`);
      const company = pairs.toSorted((a, b) => (a < b ? -1 : 1)).join(" ");
      return [shift.id, `${shift.start} ${shift.end} ${company}`];
    }),
  );
}
