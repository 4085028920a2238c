import type { Why } from "#src/domain/why.ts";
import type { FileDesk } from "#src/ports/file-desk.ts";
import type { Store } from "#src/ports/store.ts";
import type { Account, Person, PersonId, Role } from "#src/domain/person.ts";
import type { Program } from "#src/domain/program.ts";
import type { Assignment } from "#src/domain/roster.ts";
import type { RosterState } from "#src/domain/roster-report.ts";
import type { Instant } from "#src/domain/time.ts";
import type { Zone } from "#src/domain/zone.ts";
import type { Outlook } from "#src/domain/outlook.ts";

/** The current roster, as conversations read it. */
export interface RosterView {
  readonly outlook: Outlook;
  /** The shift of this id: the subject of an ask about a shift. */
  assignment(id: string): Assignment | undefined;
  /** Partners' assignments beside this one, also of people who have stopped: what they were shown is still in their chats. */
  partnersOf(shift: Assignment): readonly Assignment[];
}

/** What a conversation works with: one program, its store, its roster and the time. */
export interface Context {
  readonly program: Program;
  readonly zone: Zone;
  readonly store: Store;
  readonly roster: RosterView;
  readonly person: (id: PersonId) => Person | undefined;
  /** Whether an id is nobody's in people.csv. One that may mean somebody else now has not left. */
  readonly hasLeft: (id: PersonId) => boolean;
  readonly now: Instant;
  /** The same person in the other programs of the process that have them too. Absent where there is one program. */
  readonly elsewhere?: (person: PersonId) => readonly Elsewhere[];
  /** Who this account has agreed as in the other programs of the process, where people.csv has them no more. */
  readonly leftElsewhere?: (account: Account) => Promise<readonly Elsewhere[]>;
  /** The state of the rosters. Absent in a simulation, which reads no roster files. */
  readonly rosters?: () => RosterState;
  /** What was due to somebody today, and what comes next, with the reasons. Absent where there is nothing to look up. */
  readonly why?: (person: PersonId) => Promise<Why>;
  /** Reads files that coordinators give. Absent where there are no files. */
  readonly files?: FileDesk;
}

/** A person in another program: there they have another id, and what they answer stays there. */
export interface Elsewhere {
  readonly context: Context;
  readonly person: Person;
}

/** The same person in other programs. */
export const elsewhereOf = ({ elsewhere }: Context, { id }: Pick<Person, "id">): readonly Elsewhere[] =>
  elsewhere?.(id) ?? [];

/** A person's roles, the usual one first: those of people.csv, and those of shifts that were theirs in another one. */
export const rolesOf = ({ roster }: Pick<Context, "roster">, { id, roles }: Person): readonly Role[] => [
  ...new Set([...roles, ...roster.outlook.everybody.dutyOf(id).map(({ role }): Role => role)]),
];
