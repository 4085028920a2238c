import type { InEach, Locale } from "../domain/locale.ts";
import type { NudgeKind } from "../domain/nudge.ts";
import type { NudgeState } from "../domain/nudge-life.ts";
import type { Person, PersonId, ShiftRole } from "../domain/person.ts";
import type { Instant } from "../domain/time.ts";

/** How far the playground's clock is moved. "week": until the digests of the next calendar week are sent. */
export type Jump = "next-message" | "hour" | "end-of-shift" | "week";

/** A person of the demo, as the playground's person picker and roster strip show them. */
export interface CastMember {
  readonly id: PersonId;
  /** In full, as a reader of each language reads it. */
  readonly name: InEach;
  /** As a sentence has it: "Dr. Okafor", "田中先生". */
  readonly called: InEach;
  /** The usual one first. */
  readonly roles: Person["roles"];
  /** The language that this person reads at the moment. */
  readonly locale: Locale;
}

/** What the roster strip draws between two moments: shifts and deliveries, no answers. */
export interface Strip {
  readonly from: Instant;
  readonly to: Instant;
  readonly now: Instant;
  readonly duties: readonly {
    readonly person: PersonId;
    readonly start: Instant;
    readonly end: Instant;
    readonly label: InEach;
    readonly role: ShiftRole;
  }[];
  readonly overlaps: readonly {
    readonly resident: PersonId;
    readonly attending: PersonId;
    readonly start: Instant;
    readonly end: Instant;
  }[];
  readonly nudges: readonly {
    readonly person: PersonId;
    readonly kind: NudgeKind;
    readonly at: Instant;
    readonly state: NudgeState;
  }[];
}

/** What the playground's page can do with the process: read people and roster, move the clock, start over. */
export interface Stage {
  readonly programName: InEach;
  readonly timeZone: string;
  /** Whether the clock can be moved. False beside real platforms: then the time is real. */
  readonly travels: boolean;
  now(): Instant;
  cast(): Promise<readonly CastMember[]>;
  strip(from: Instant, to: Instant): Promise<Strip>;
  /** Moves the clock and sends everything that is due on the way, in order. Resolves to the new time. */
  jump(jump: Jump): Promise<Instant>;
  /** Deletes what is stored and begins again on the first day. */
  startOver(): Promise<Instant>;
}
