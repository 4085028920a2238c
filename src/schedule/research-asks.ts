import type { PlannedNudge } from "#src/domain/nudge.ts";
import type { Days, Outlook } from "#src/domain/outlook.ts";
import type { Person } from "#src/domain/person.ts";
import type { Policy } from "#src/domain/program.ts";
import { isQuiet } from "#src/domain/quiet.ts";
import type { Instant } from "#src/domain/time.ts";
import { dayNumber, type Zone } from "#src/domain/zone.ts";

/** The local hours in which somebody may be asked about a study: not on the way to a shift, and not in the evening. */
const HOURS = { from: 9, to: 20 } as const;

/** Whole days before somebody's first shift: a day after they are asked whether they use Attune at all. */
const LEAD = 1;

/**
 * Whether somebody's answers may be used for the study is asked once for each version of its text, on the day before their first shift,
 * or when the study begins. Only who has agreed to use Attune is asked, so it never comes before that.
 */
export function researchAskOf(outlook: Outlook, person: Person): readonly PlannedNudge[] {
  const { program, zone } = outlook.input;
  const { research, policy } = program;
  if (research === undefined || outlook.input.wishes.get(person.id)?.agreed !== true) return [];
  const [begins, ends] = [zone.at(dayNumber(research.from), 0), zone.at(dayNumber(research.to) + 1, 0)];
  const first = outlook.shiftsOf(person.id).find(({ start }) => start >= begins && start < ends);
  if (first === undefined) return [];
  const from = zone.at(Math.max(zone.dayOf(first.start) - LEAD, dayNumber(research.from)), HOURS.from);
  const dueAt = civilMoment(outlook.daysOf(person.id), from, ends, zone, policy);
  if (dueAt === undefined) return [];
  return [{ kind: "research", person: person.id, subject: research.version, dueAt, expiresAt: ends }];
}

/** The first full hour from `from` on, between nine and twenty, that disturbs nobody; `from` itself where it is one. */
export function civilMoment(
  days: Days,
  from: Instant,
  until: Instant,
  zone: Zone,
  policy: Policy,
): Instant | undefined {
  const fits = (at: Instant): boolean =>
    zone.hourOf(at) >= HOURS.from && zone.hourOf(at) < HOURS.to && !isQuiet(days, at, zone, policy);
  if (from < until && fits(from)) return from;
  for (let day = zone.dayOf(from); zone.at(day, 0) < until; day++) {
    for (let hour = HOURS.from; hour < HOURS.to; hour++) {
      const at = zone.at(day, hour);
      if (at > from && at < until && fits(at)) return at;
    }
  }
  return undefined;
}
