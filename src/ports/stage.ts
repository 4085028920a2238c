import type { Locale } from "../domain/locale.ts";
import type { NudgeKind } from "../domain/nudge.ts";
import type { NudgeState } from "../domain/nudge-life.ts";
import type { PersonId, Role } from "../domain/person.ts";
import type { Instant } from "../domain/time.ts";

/** How far a visitor of the playground moves the clock. "week": until the digests of the calendar week to come are out. */
export type Jump = "next-message" | "hour" | "end-of-shift" | "week";

/** Somebody of the demo as the playground's person picker and roster strip show them. */
export interface CastMember {
  readonly id: PersonId;
  readonly name: string;
  readonly role: Role;
  /** The language this person reads Attune in just now. */
  readonly locale: Locale;
}

/** What the roster strip draws between two moments. Facts of the roster and of delivery: no answers. */
export interface Strip {
  readonly from: Instant;
  readonly to: Instant;
  readonly now: Instant;
  readonly duties: readonly {
    readonly person: PersonId;
    readonly start: Instant;
    readonly end: Instant;
    readonly label: string;
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

/** The local playground's hold on the process around it: its clock, its cast, its roster. */
export interface Stage {
  readonly programName: string;
  readonly timeZone: string;
  /** False when real platforms share this process: then time is real and cannot be moved. */
  readonly travels: boolean;
  now(): Instant;
  cast(): Promise<readonly CastMember[]>;
  strip(from: Instant, to: Instant): Promise<Strip>;
  /** Moves the clock, sending everything due on the way in its order; resolves to the new time. */
  jump(jump: Jump): Promise<Instant>;
  /** Empties the demo and brings back its first day. */
  startOver(): Promise<Instant>;
}
