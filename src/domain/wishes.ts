import type { PersonId } from "./person.ts";
import type { Instant } from "./time.ts";

/** What a person has told Attune that matters for planning. */
export interface Wishes {
  /** Has stopped, or declined to take part. */
  readonly out: boolean;
  /** Has agreed to take part, and is not asked for it. */
  readonly agreed?: true;
  readonly pausedUntil?: Instant;
}

/** The wishes among what people have told Attune. */
export const wishesOf = (standings: ReadonlyMap<PersonId, StandingChoices>): ReadonlyMap<PersonId, Wishes> =>
  new Map(
    [...standings].map(([person, { stopped, consent, pausedUntil }]) => [
      person,
      {
        out: stopped || consent === "declined",
        ...(consent === "given" ? { agreed: true as const } : {}),
        ...(pausedUntil === undefined ? {} : { pausedUntil }),
      },
    ]),
  );

/** What of a standing matters for planning. */
interface StandingChoices {
  readonly stopped: boolean;
  readonly consent: string;
  readonly pausedUntil?: Instant;
}

export const areSameWishes = (
  some: ReadonlyMap<PersonId, Wishes>,
  others: ReadonlyMap<PersonId, Wishes>,
): boolean =>
  some.size === others.size &&
  [...some].every(([person, { out, agreed, pausedUntil }]) => {
    const other = others.get(person);
    return other?.out === out && other.agreed === agreed && other.pausedUntil === pausedUntil;
  });
