import { isWaitingForStart, type Outlook } from "#src/domain/outlook.ts";
import type { PlannedNudge } from "#src/domain/nudge.ts";
import type { Why } from "#src/domain/why.ts";
import type { FileDesk } from "#src/ports/file-desk.ts";
import type { Store } from "#src/ports/store.ts";
import type { Account, Person, PersonId, Role } from "#src/domain/person.ts";
import type { Program } from "#src/domain/program.ts";
import type { Assignment } from "#src/domain/roster.ts";
import type { RosterState } from "#src/domain/roster-report.ts";
import type { Instant, Zone } from "#src/domain/time.ts";
import { inTheseRoles } from "#src/domain/exchange.ts";
import type { Reply } from "#src/domain/reply.ts";

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
  /** Who stands in people.csv under an id that may have been somebody else's: nothing may be done for them. */
  readonly keptOut: readonly Person[];
  /** Whether an id is nobody's in people.csv. One that may mean somebody else now has not left. */
  readonly hasLeft: (id: PersonId) => boolean;
  /** Whether people.csv names an account, also for somebody whose id may mean somebody else now. */
  readonly isNamed: (account: Account) => boolean;
  /** The e-mails that an account's platform has confirmed. Absent where there is no platform. */
  readonly emailsOf?: (account: Account) => Promise<readonly string[]>;
  readonly now: Instant;
  /** The same person in the other programs of the process that have them too. Absent where there is one program. */
  readonly elsewhere?: (person: PersonId) => readonly Elsewhere[];
  /**
   * Finds out who this account is in the programs of the process whose people.csv does not name it: `elsewhere` knows it from then on.
   * As whom it has agreed is stored; `by e-mail` asks the platform, too, and fails with an AttuneError where that cannot answer.
   */
  readonly meet?: (account: Account, how?: "by e-mail") => Promise<void>;
  /** Who this account has agreed as in the other programs of the process, where people.csv has them no more. */
  readonly leftElsewhere?: (account: Account) => Promise<readonly Elsewhere[]>;
  /** The state of the rosters. Absent in a simulation, which reads no roster files. */
  readonly rosters?: () => RosterState;
  /** What was due to somebody today, and what comes next, with the reasons. Absent where there is nothing to look up. */
  readonly why?: (person: PersonId) => Promise<Why>;
  /** What setting up looks at beside the roster. Absent where there is no platform. */
  readonly settingUp?: SettingUp;
  /** Reads files that coordinators give. Absent where there are no files. */
  readonly files?: FileDesk;
}

/** Whether the program waits for a coordinator to start it. */
export const isBeforeStart = ({ roster }: Pick<Context, "roster">): boolean =>
  isWaitingForStart(roster.outlook.input.beginning);

/** What a program that has not started yet looks at. */
export interface SettingUp {
  /** Who has an account that can be written to; undefined for whom no platform has answered just now. */
  found(people: readonly Person[]): Promise<ReadonlyMap<PersonId, boolean | undefined>>;
  /** The plan as it would be, had the program started. */
  plan(): readonly PlannedNudge[];
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

/**
 * The context with its store as one act finds it: what was read once is not read again, so all that is made of it is of one moment.
 * That moment ends when the act is recorded.
 */
export const asFound = (context: Context): Context => ({ ...context, store: snapshotOf(context.store) });

function snapshotOf(store: Store): Store {
  const known = new Map<string, Promise<unknown>>();
  const once = <Found>(key: string, read: () => Promise<Found>): Promise<Found> => {
    const found = (known.get(key) as Promise<Found> | undefined) ?? read();
    known.set(key, found);
    return found;
  };
  return {
    ...store,
    async record(act) {
      const done = await store.record(act);
      known.clear();
      return done;
    },
    standing: (person) => once(`standing ${person}`, () => store.standing(person)),
    identities: (person) => once(`identities ${person}`, () => store.identities(person)),
    replies: (occasion) => once(`replies ${occasion}`, () => store.replies(occasion)),
    checkInWeeks: (from) => once(`check-ins ${from}`, () => store.checkInWeeks(from)),
    repliesOf: (person, from, to) =>
      once(`of ${person} ${from} ${to}`, () => store.repliesOf(person, from, to)),
    repliesOfPair: (resident, attending) =>
      once(`pair ${resident} ${attending}`, () => store.repliesOfPair(resident, attending)),
  };
}

/** What the store will give of occasions and pairs once these replies are kept. */
export function withReplies(store: Store, fresh: readonly Reply[]): Store {
  const occasions = [...new Set(fresh.map(({ occasion }) => occasion))];
  const replies = async (occasion: string) =>
    inForceWith(
      await store.replies(occasion),
      fresh.filter((one) => one.occasion === occasion),
    );
  const between = (one: Reply, pair: readonly PersonId[]) =>
    pair.includes(one.person) && (one.about === undefined || pair.includes(one.about));
  return {
    ...store,
    replies,
    async repliesOfPair(resident, attending) {
      const stored = await store.repliesOfPair(resident, attending);
      const here = (await Promise.all(occasions.map(replies))).flat();
      return inTheseRoles(resident, attending, [
        ...stored.filter((one) => !occasions.includes(one.occasion)),
        ...here.filter((one) => between(one, [resident, attending])),
      ]);
    },
  };
}

/** What is in force once `fresh` has superseded what it answers anew. */
function inForceWith(old: readonly Reply[], fresh: readonly Reply[]): readonly Reply[] {
  const isReplaced = (one: Reply, other: Reply) =>
    other.occasion === one.occasion &&
    other.person === one.person &&
    other.item === one.item &&
    other.about === one.about;
  const replacing = fresh.map((one) => {
    const before = old.find((other) => isReplaced(other, one));
    return before === undefined ? one : { ...one, before: { value: before.value, text: before.text } };
  });
  return [...old.filter((one) => !fresh.some((other) => isReplaced(one, other))), ...replacing];
}
