import type { PersonId } from "./person.ts";
import type { WeekNumber } from "./time.ts";

/** A resident and an attending who are asked about each other. */
export interface CheckInPair {
  readonly resident: PersonId;
  readonly attending: PersonId;
}

/** Whom a week's check-ins are about: worked out once, and kept. */
export interface CheckInWeek {
  readonly week: WeekNumber;
  /** `person`: one message for each person; `pair`: one for each pair, as they went out before version 0.2. */
  readonly message: "person" | "pair";
  /** The weightiest first. */
  readonly pairs: readonly CheckInPair[];
}

/** A pair that may be asked about a week. */
export interface CheckInCandidate extends CheckInPair {
  /** Milliseconds that they were on duty together in that week. */
  readonly time: number;
  /** How much of what the week left open presses, 1 the least; undefined where nothing does. */
  readonly pressing?: number;
  /** The last week of this rotation that they were asked about; undefined where they were not yet. */
  readonly asked?: WeekNumber;
}

/**
 * The pairs that are asked about a week, the weightiest first: what presses; then who has not been asked in this rotation, then
 * who was asked longest ago; then the longest time together; then by id. A pair is in it for both or for neither. Two who supervised each
 * other are asked about their week once, in the weightier way round.
 *
 * @param candidates each pair once, in any order
 * @param most partners that one person is asked about
 */
export function pickPairs(candidates: readonly CheckInCandidate[], most: number): readonly CheckInPair[] {
  const partners = new Map<PersonId, number>();
  const has = (person: PersonId): number => partners.get(person) ?? 0;
  const picked: CheckInPair[] = [];
  const isOtherWay = (one: CheckInPair, other: CheckInPair): boolean =>
    one.resident === other.attending && one.attending === other.resident;
  for (const candidate of candidates.toSorted(byWeight)) {
    const { resident, attending } = candidate;
    if (has(resident) >= most || has(attending) >= most) continue;
    if (picked.some((one) => isOtherWay(one, candidate))) continue;
    for (const person of [resident, attending]) partners.set(person, has(person) + 1);
    picked.push({ resident, attending });
  }
  return picked;
}

const byWeight = (a: CheckInCandidate, b: CheckInCandidate): number =>
  (b.pressing ?? 0) - (a.pressing ?? 0) ||
  (a.asked ?? 0) - (b.asked ?? 0) ||
  b.time - a.time ||
  compare(a.resident, b.resident) ||
  compare(a.attending, b.attending);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
