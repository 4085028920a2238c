import type { PersonId, Role } from "./person.ts";
import type { Assignment } from "./roster.ts";
import type { Instant } from "./time.ts";

/** The time that one resident and one attending are on duty together. */
export interface Overlap {
  readonly resident: Assignment;
  readonly attending: Assignment;
  readonly start: Instant;
  readonly end: Instant;
}

/** The time that two assignments have in common; undefined if there is none. */
export function together(a: Assignment, b: Assignment): { start: Instant; end: Instant } | undefined {
  const start = a.start > b.start ? a.start : b.start;
  const end = a.end < b.end ? a.end : b.end;
  return start < end ? { start, end } : undefined;
}

/**
 * Every overlap of a resident with an attending of at least `minimum` milliseconds, ordered by the resident's start and then
 * the attending's. This is the only source of pairs: nobody enters them by hand.
 */
export function overlapsOf(
  assignments: readonly Assignment[],
  roleOf: (person: PersonId) => Role | undefined,
  minimum: number,
): readonly Overlap[] {
  const byStart = assignments.toSorted((a, b) => a.start - b.start);
  const residents = byStart.filter((one) => roleOf(one.person) === "resident");
  const attendings = byStart.filter((one) => roleOf(one.person) === "attending");
  const longest = attendings.reduce((most, one) => Math.max(most, one.end - one.start), 0);
  const found: Overlap[] = [];
  let first = 0;
  for (const resident of residents) {
    // An attending who started longer ago than the longest shift lasts is not on duty any more.
    while (first < attendings.length && attendings[first]!.start + longest <= resident.start) first++;
    for (let i = first; i < attendings.length && attendings[i]!.start < resident.end; i++) {
      const attending = attendings[i]!;
      const span = together(resident, attending);
      if (span !== undefined && span.end - span.start >= minimum)
        found.push({ resident, attending, ...span });
    }
  }
  return found;
}
