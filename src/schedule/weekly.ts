import type { NudgeKind, PlannedNudge } from "#src/domain/nudge.ts";
import type { PersonId } from "#src/domain/person.ts";
import type { WeeklyMoment } from "#src/domain/program.ts";
import { weeklyMoment } from "#src/domain/quiet.ts";
import { DAY, later, type Instant } from "#src/domain/time.ts";
import { pairWeek } from "#src/domain/pair.ts";
import {
  DAYS_A_WEEK,
  dayNumber,
  mondayOf,
  weekLabel,
  weekOf,
  type WeekNumber,
  type Zone,
} from "#src/domain/zone.ts";
import type { Outlook, PlanInput } from "#src/domain/outlook.ts";

/** A digest that is two days late is of yesterday's news. */
const DIGEST_WINDOW = 2 * DAY;

/** Check-ins of pairs and the two digests: about a week that is over, each at a civil moment for its reader. */
export function weeklyNudges(input: PlanInput, outlook: Outlook): readonly PlannedNudge[] {
  const together = timeTogether(outlook, input.zone);
  return [...checkIns(input, outlook, together), ...digests(input, outlook, together)];
}

function checkIns(
  { program: { policy }, zone }: PlanInput,
  outlook: Outlook,
  together: readonly Together[],
): readonly PlannedNudge[] {
  const moment = momentsOf(outlook, zone, policy);
  return together.flatMap(({ resident, attending, week, time }) => {
    if (time < policy.checkInOverlap) return [];
    const subject = pairWeek(resident, attending, week);
    return [resident, attending].flatMap((person) => {
      const dueAt = moment(person, week, policy.checkIn);
      if (dueAt === undefined) return [];
      return [
        {
          kind: "pair-check-in" as const,
          person,
          subject,
          dueAt,
          expiresAt: later(dueAt, policy.checkInWindow),
        },
      ];
    });
  });
}

function digests(
  { program, zone }: PlanInput,
  outlook: Outlook,
  together: readonly Together[],
): readonly PlannedNudge[] {
  const { policy } = program;
  const moment = momentsOf(outlook, zone, policy);
  const weeksOf = new Map<PersonId, Set<WeekNumber>>();
  for (const { attending, week } of together) {
    const weeks = weeksOf.get(attending) ?? new Set();
    weeksOf.set(attending, weeks.add(week));
  }
  const running = runningWeeks(program.rotations);
  return outlook.people.flatMap((person) => {
    if (person.role === "resident") return [];
    const kind: NudgeKind = person.role === "attending" ? "attending-digest" : "coordinator-digest";
    const met = weeksOf.get(person.id);
    // An attending hears about the residents they overlapped with, or will next week.
    const weeks =
      kind === "coordinator-digest"
        ? running
        : running.filter((week) => met?.has(week) || met?.has(week + 1));
    return weeks.flatMap((week) => {
      const dueAt = moment(person.id, week, policy.digest);
      if (dueAt === undefined) return [];
      return [
        { kind, person: person.id, subject: weekLabel(week), dueAt, expiresAt: later(dueAt, DIGEST_WINDOW) },
      ];
    });
  });
}

/** When a message about `week` reaches a person: at the program's moment in the week after it, or when it is civil. */
function momentsOf(outlook: Outlook, zone: Zone, policy: PlanInput["program"]["policy"]) {
  const known = new Map<string, Instant | undefined>();
  return (person: PersonId, week: WeekNumber, { day, hour }: WeeklyMoment): Instant | undefined => {
    const key = `${person} ${week} ${day} ${hour}`;
    if (known.has(key)) return known.get(key);
    const nominal = mondayOf(week + 1) + day - 1;
    const until = zone.at(nominal + DAYS_A_WEEK, hour);
    const at = weeklyMoment(outlook.daysOf(person), zone.at(nominal, hour), until, zone, policy);
    known.set(key, at);
    return at;
  };
}

interface Together {
  readonly resident: PersonId;
  readonly attending: PersonId;
  readonly week: WeekNumber;
  /** Milliseconds. */
  readonly time: number;
}

/** How long each pair was on duty together in each local week. An overlap across Sunday midnight counts for both. */
function timeTogether(outlook: Outlook, zone: Zone): readonly Together[] {
  const found = new Map<
    string,
    { resident: PersonId; attending: PersonId; week: WeekNumber; time: number }
  >();
  for (const { resident, attending, start, end } of outlook.overlaps) {
    for (let from = start; from < end;) {
      const week = weekOf(zone.dayOf(from));
      const monday = zone.at(mondayOf(week + 1), 0);
      const to = end < monday ? end : monday;
      const key = pairWeek(resident.person, attending.person, week);
      const known = found.get(key);
      if (known !== undefined) known.time += to - from;
      else found.set(key, { resident: resident.person, attending: attending.person, week, time: to - from });
      from = to;
    }
  }
  return [...found.values()];
}

/** The weeks that any rotation touches, in order. */
function runningWeeks(rotations: PlanInput["program"]["rotations"]): readonly WeekNumber[] {
  const weeks = new Set<WeekNumber>();
  for (const { from, to } of rotations) {
    for (let week = weekOf(dayNumber(from)); week <= weekOf(dayNumber(to)); week++) weeks.add(week);
  }
  return [...weeks].toSorted((a, b) => a - b);
}
