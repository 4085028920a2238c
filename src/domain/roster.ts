import type { PersonId, ShiftRole } from "./person.ts";
import type { Instant } from "./time.ts";

declare const assignmentBrand: unique symbol;
export type AssignmentId = string & { readonly [assignmentBrand]: true };

/** A person on a shift, in one role: a span of duty from the roster, which may cross midnight. `end` is exclusive. */
export interface Assignment {
  readonly id: AssignmentId;
  readonly person: PersonId;
  readonly start: Instant;
  readonly end: Instant;
  /** The shift's name as the roster has it ("Day", "準夜"); may be empty. */
  readonly label: string;
  readonly role: ShiftRole;
}

/** A person is away: nothing is sent, and duty in this time does not count. */
export interface Absence {
  readonly person: PersonId;
  readonly start: Instant;
  readonly end: Instant;
}

/** What a program's rosters say. */
export interface Roster {
  readonly assignments: readonly Assignment[];
  readonly absences: readonly Absence[];
}
