import { DEFAULT_GOALS } from "#src/domain/goals.ts";
import { personId, type Person, type Role, type ShiftRole } from "#src/domain/person.ts";
import { DEFAULT_POLICY } from "#src/domain/policy.ts";
import type { Policy, Program } from "#src/domain/program.ts";
import type { Absence, Assignment, Roster } from "#src/domain/roster.ts";
import { mintAssignmentId } from "#src/roster/change/merge.ts";
import { instant, type Instant } from "#src/domain/time.ts";
import type { Locale } from "#src/domain/locale.ts";
import { Temporal } from "temporal-polyfill";

/** A local wall time as a moment: "2026-12-01T08:00" in an IANA zone. */
export const local = (text: string, timeZone = "Asia/Tokyo"): Instant =>
  instant(
    Temporal.PlainDateTime.from(text).toZonedDateTime(timeZone, { disambiguation: "compatible" })
      .epochMilliseconds,
  );

const ROLES: Readonly<Record<string, Role>> = { r: "resident", a: "attending", c: "coordinator" };

/** Somebody whose role is told by the id's first letter: r1, a1, c1. */
export const someone = (id: string, over: Partial<Person> = {}): Person => ({
  id: personId(id),
  name: `Name ${id}`,
  roles: [ROLES[id[0]!]!],
  locale: "en",
  accounts: { memory: id },
  ...over,
});

export interface ProgramWish {
  readonly people?: readonly string[];
  readonly timeZone?: string;
  readonly locale?: Locale;
  readonly from?: string;
  readonly to?: string;
  readonly policy?: Partial<Policy>;
}

/** A program with one rotation; all that a test does not name is a sensible default. */
export function programOf(wish: ProgramWish = {}): Program {
  const {
    people = ["r1", "a1"],
    timeZone = "Asia/Tokyo",
    locale = "en",
    from = "2026-11-30",
    to = "2027-01-24",
    policy = {},
  } = wish;
  return {
    id: "test",
    name: { en: "Test Hospital", ja: "Test Hospital" },
    timeZone,
    locale,
    rotations: [{ name: "ER", from, to }],
    people: people.map((id) => someone(id, { locale })),
    goals: DEFAULT_GOALS,
    labels: new Map(),
    policy: { ...DEFAULT_POLICY, ...policy },
  };
}

/** What somebody is on a shift, by the id's first letter. */
export const roleBy = (id: string): ShiftRole => (id.startsWith("a") ? "attending" : "resident");

/** `"r1 2026-12-01T08:00 2026-12-01T17:00"` as an assignment, local times; in the role that the id tells, or a fourth word. */
export function duty(text: string, timeZone = "Asia/Tokyo"): Assignment {
  const [person, start, end, role] = text.split(" ");
  const id = personId(person!);
  const from = local(start!, timeZone);
  return {
    id: mintAssignmentId(id, from),
    person: id,
    start: from,
    end: local(end!, timeZone),
    label: "",
    role: role === undefined ? roleBy(id) : (role as ShiftRole),
  };
}

export const rosterOf = (
  duties: readonly string[],
  timeZone = "Asia/Tokyo",
  absences: readonly Absence[] = [],
): Roster => ({
  assignments: duties.map((text) => duty(text, timeZone)),
  absences,
});
