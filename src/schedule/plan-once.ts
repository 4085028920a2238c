import { TAKING_PART, SETTING_UP, type PlannedNudge } from "#src/domain/nudge.ts";
import { rotationOn, type Outlook, type Days, type Beginning } from "#src/domain/outlook.ts";
import type { Person, PersonId } from "#src/domain/person.ts";
import { isQuiet, weeklyMoment } from "#src/domain/quiet.ts";
import {
  later,
  DAY,
  dayNumber,
  DAYS_A_WEEK,
  mondayOf,
  weekOf,
  type Instant,
  type Zone,
  type DayNumber,
} from "#src/domain/time.ts";
import type { Policy, Rotation, Weekday } from "#src/domain/program.ts";
import { ASKED } from "#src/domain/unknown-accounts.ts";

/* What comes once, and not with each shift or week: the greeting of a new program, whether somebody takes part, the study, whose an account is, what a rotation was. */

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

/** The local hours in which somebody may be asked about a study: not on the way to a shift, and not in the evening. */
const HOURS = { from: 9, to: 20 } as const;

/** Whole days before somebody's first shift: a day after they are asked whether they use Attune at all. */
const RESEARCH_LEAD = 1;

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
  const from = zone.at(
    Math.max(zone.dayOf(first.start) - RESEARCH_LEAD, dayNumber(research.from)),
    HOURS.from,
  );
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

/** Whose an account is, is asked of every coordinator who takes part, at a civil hour. */
export function accountQuestions(outlook: Outlook): readonly PlannedNudge[] {
  const { program, zone, wishes, questions = [] } = outlook.input;
  const coordinators = outlook.people.filter(
    ({ id, roles }) => roles.includes("coordinator") && wishes.get(id)?.agreed === true,
  );
  return questions.flatMap(({ id, at }) => {
    const expiresAt = later(at, ASKED);
    return coordinators.flatMap((one): readonly PlannedNudge[] => {
      const dueAt = civilMoment(outlook.daysOf(one.id), at, expiresAt, zone, program.policy);
      return dueAt === undefined
        ? []
        : [{ kind: "whose-account", person: one.id, subject: `${id}`, dueAt, expiresAt }];
    });
  });
}

/** Milliseconds after which a summary is out of date. The command shows it at any time. */
const SUMMARY_WINDOW = 2 * DAY;

/**
 * What a resident's rotations were, one message each: at the digests' moment after the last day, when the last check-in has come, or
 * later where that would disturb. Only rotations on which they have a shift as a resident.
 */
export function rotationSummaries(outlook: Outlook, person: Person): readonly PlannedNudge[] {
  const { program, zone } = outlook.input;
  const days = outlook
    .shiftsOf(person.id)
    .flatMap((shift) => (shift.role === "resident" ? [zone.dayOf(shift.start)] : []));
  const theirs = new Set(days.flatMap((day) => rotationOn(program, person.id, day) ?? []));
  const { day, hour } = program.policy.digest;
  return [...theirs].flatMap((rotation) => {
    const after = firstAfter(rotation, day);
    const from = zone.at(after, hour);
    const until = zone.at(after + DAYS_A_WEEK, hour);
    const dueAt = weeklyMoment(outlook.daysOf(person.id), from, until, zone, program.policy);
    if (dueAt === undefined) return [];
    const expiresAt = later(dueAt, SUMMARY_WINDOW);
    return [
      { kind: "rotation-summary" as const, person: person.id, subject: rotation.from, dueAt, expiresAt },
    ];
  });
}

/** The first such day of the week after a rotation's last day. */
function firstAfter({ to }: Rotation, weekday: Weekday): DayNumber {
  const last = dayNumber(to);
  const same = mondayOf(weekOf(last)) + weekday - 1;
  return same > last ? same : same + DAYS_A_WEEK;
}

/** Before a program has started, its coordinators are told how it stands, and nobody is told or asked anything else. */
export function greetings(
  { people, input: { program, zone } }: Outlook,
  since: Instant,
): readonly PlannedNudge[] {
  const lastDay = Math.max(...program.rotations.map(({ to }) => dayNumber(to)));
  return people
    .filter(({ roles }) => roles.includes("coordinator"))
    .map(({ id }) => ({
      kind: "greeting",
      person: id,
      subject: SETTING_UP,
      dueAt: since,
      expiresAt: zone.at(lastDay + 1, 0),
    }));
}

/** A look back at what was before the program has started would tell of nothing. */
export const isSinceStart = ({ dueAt }: PlannedNudge, beginning: Beginning | undefined): boolean =>
  dueAt >= (beginning?.started?.at ?? dueAt);
