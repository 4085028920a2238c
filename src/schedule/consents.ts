import { TAKING_PART, type PlannedNudge } from "#src/domain/nudge.ts";
import type { Outlook } from "#src/domain/outlook.ts";
import type { Person, PersonId } from "#src/domain/person.ts";
import { isQuiet, weeklyMoment } from "#src/domain/quiet.ts";
import { later, type Instant } from "#src/domain/time.ts";
import { dayNumber } from "#src/domain/zone.ts";

/** Whole days before somebody's first shift. */
const CONSENT_LEAD = 2;

/** Whether somebody takes part is asked once, two days before Attune first comes up, at a time that does not disturb. */
export function consentOf(outlook: Outlook, person: Person): readonly PlannedNudge[] {
  const { program, zone } = outlook.input;
  const { id } = person;
  const first = firstMoment(outlook, person);
  if (first === undefined) return [];
  const days = outlook.daysOf(id);
  const expiresAt = endOf(outlook, id);
  const civil = zone.at(zone.dayOf(first) - CONSENT_LEAD, program.policy.civilHour);
  const at = weeklyMoment(days, civil, expiresAt, zone, program.policy);
  if (at === undefined) return [];
  const dueAt = at > first && !isQuiet(days, first, zone, program.policy) ? first : at;
  return [{ kind: "consent", person: id, subject: TAKING_PART, dueAt, expiresAt }];
}

/** When Attune first comes up for somebody: before their first shift, or for a coordinator on the first day of a rotation. */
export function firstMoment(
  outlook: Outlook,
  { id, roles }: Pick<Person, "id" | "roles">,
): Instant | undefined {
  const { program, zone } = outlook.input;
  const [shift] = outlook.shiftsOf(id);
  if (shift !== undefined) return later(shift.start, -program.policy.goalLead);
  if (!roles.includes("coordinator")) return undefined;
  const firstDay = Math.min(...program.rotations.map(({ from }) => dayNumber(from)));
  return zone.at(firstDay, program.policy.civilHour);
}

/**
 * The end of the last rotation in which the person works, or for somebody without shifts of the last one. It stays the same while the
 * shifts of a rotation come and go: another would edit a message that stands.
 */
function endOf(outlook: Outlook, person: PersonId): Instant {
  const { program, zone } = outlook.input;
  const ends = program.rotations.map(({ to }) => zone.at(dayNumber(to) + 1, 0)).toSorted((a, b) => a - b);
  const last = outlook.shiftsOf(person).at(-1);
  return ends.find((end) => last !== undefined && last.start < end) ?? ends.at(-1)!;
}
