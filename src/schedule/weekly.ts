import { type NudgeKind, type PlannedNudge, pairWeek } from "#src/domain/nudge.ts";
import type { PersonId } from "#src/domain/person.ts";
import type { Program, WeeklyMoment } from "#src/domain/program.ts";
import { weeklyMoment } from "#src/domain/quiet.ts";
import { DAY, later, type Instant } from "#src/domain/time.ts";
import { DAYS_A_WEEK, dayNumber, mondayOf, weekLabel, weekOf, type WeekNumber } from "#src/domain/zone.ts";
import type { Outlook } from "#src/domain/outlook.ts";

/** Milliseconds after which a digest is out of date. */
const DIGEST_WINDOW = 2 * DAY;

/** Check-ins and digests about a week that is over, each at a time that does not disturb its reader. */
export function weeklyNudges(outlook: Outlook): readonly PlannedNudge[] {
  const together = timeTogether(outlook);
  return [...checkIns(outlook, together), ...digests(outlook, together)];
}

function checkIns(outlook: Outlook, together: readonly Together[]): readonly PlannedNudge[] {
  const { policy } = outlook.input.program;
  const moment = momentsOf(outlook);
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
    if (person.role === "resident") return [];
    const kind: NudgeKind = person.role === "attending" ? "attending-digest" : "coordinator-digest";
    const met = weeksOf.get(person.id);
    // An attending's digest is about residents of this week and the next.
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

/** When a message about `week` is sent: at the program's moment in the following week, or later if that would disturb. */
function momentsOf(outlook: Outlook) {
  const { zone, program } = outlook.input;
  const known = new Map<string, Instant | undefined>();
  return (person: PersonId, week: WeekNumber, { day, hour }: WeeklyMoment): Instant | undefined => {
    const key = `${person} ${week} ${day} ${hour}`;
    if (known.has(key)) return known.get(key);
    const nominal = mondayOf(week + 1) + day - 1;
    const until = zone.at(nominal + DAYS_A_WEEK, hour);
    const at = weeklyMoment(outlook.daysOf(person), zone.at(nominal, hour), until, zone, program.policy);
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
function timeTogether({ overlaps, input: { zone } }: Outlook): readonly Together[] {
  const found = new Map<
    string,
    { resident: PersonId; attending: PersonId; week: WeekNumber; time: number }
  >();
  for (const { resident, attending, start, end } of overlaps) {
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
function runningWeeks(rotations: Program["rotations"]): readonly WeekNumber[] {
  const weeks = new Set<WeekNumber>();
  for (const { from, to } of rotations) {
    for (let week = weekOf(dayNumber(from)); week <= weekOf(dayNumber(to)); week++) weeks.add(week);
  }
  return [...weeks].toSorted((a, b) => a - b);
}
