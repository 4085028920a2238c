import type { Log } from "#src/ports/log.ts";
import type { RosterChange, Standing, Store } from "#src/ports/store.ts";
import type { Nudge } from "#src/domain/nudge.ts";
import type { PersonId } from "#src/domain/person.ts";
import type { Program } from "#src/domain/program.ts";
import type { Assignment, Roster } from "#src/domain/roster.ts";
import { SECOND, type Instant } from "#src/domain/time.ts";
import type { Zone } from "#src/domain/zone.ts";
import type { RosterView } from "#src/flows/context.ts";
import { changed } from "./changed-roster.ts";
import { keepableChange } from "./keepable-change.ts";
import { goneFrom } from "./gone-people.ts";
import { openEffects } from "./plan-diff.ts";
import { planNudges } from "./plan.ts";
import { overlapsOf, together } from "#src/domain/overlap.ts";
import { outlookOf, type PlanInput, type Wishes } from "#src/domain/outlook.ts";

export interface PlanningDeps {
  readonly program: Program;
  readonly zone: Zone;
  readonly store: Store;
  readonly log: Log;
  /** Names this process where one does something for all. */
  readonly owner: string;
  /**
   * What the roster files say that the stored roster does not; undefined when it says the same, or when neither has
   * changed since it did. A change that could not be kept is told again.
   */
  rosterChange(stored: Roster, now: Instant): Promise<RosterChange | undefined>;
  /** Called in place of `rosterChange` while another process reads the roster for all. */
  readElsewhere?(): Promise<void>;
}

export interface Planning {
  /** The roster as it is read just now. */
  view(): RosterView;
  /** Resolves once `view` shows what is stored: a process that has just started answers nobody from an empty roster. */
  open(): Promise<void>;
  /** Somebody's wishes have changed: plan again at the next beat. */
  replan(): void;
  /** Reads the roster if it has changed, and plans if there is a reason to. Without one it costs next to nothing. */
  prepare(now: Instant): Promise<void>;
  /** Whether `view` shows what is stored just now, whichever process changed it. */
  isCurrent(): Promise<boolean>;
  /** Another process may read the roster from now on. */
  leave(now: Instant): Promise<void>;
}

/** A process that reads the roster for all and is gone is followed by another after this. */
const READING = 90 * SECOND;

const EMPTY: Roster = { assignments: [], absences: [] };

/** Holds the roster and keeps the plan equal to what it implies. */
export function createPlanning(deps: PlanningDeps): Planning {
  const { program, zone, store, log } = deps;
  const inputOf = (roster: Roster, wishes: PlanInput["wishes"]): PlanInput => ({
    program,
    zone,
    roster,
    wishes,
  });
  let roster: Roster | undefined;
  let view = viewOf(inputOf(EMPTY, new Map()));
  let isStale = true;
  let known = { roster: -1, wishes: -1 };

  const isKnown = (found: typeof known): boolean =>
    found.roster === known.roster && found.wishes === known.wishes;

  /** What another process has changed since the last beat is read, and planned with. */
  const catchUp = async (): Promise<Roster> => {
    const stored = await open();
    const found = await store.versions();
    if (isKnown(found)) return stored;
    if (found.roster !== known.roster) roster = await store.roster();
    known = found;
    isStale = true;
    return roster ?? stored;
  };

  const hold = (now: Instant, length: number): Promise<boolean> =>
    store.hold("roster", { owner: deps.owner, now, length });

  const change = async (stored: Roster, now: Instant): Promise<RosterChange | undefined> => {
    if (await hold(now, READING)) return deps.rosterChange(stored, now);
    await deps.readElsewhere?.();
    return undefined;
  };

  /** One entry that no database can keep would stop all others, and every beat from now on. */
  const soundOf = (found: RosterChange | undefined): RosterChange | undefined => {
    if (found === undefined) return undefined;
    const { change: sound, refused } = keepableChange(found);
    if (refused > 0) log.warn({ refused }, "roster entries that no database can keep are left out");
    return sound;
  };

  const open = async (): Promise<Roster> => {
    if (roster !== undefined) return roster;
    const stored = await store.roster();
    view = viewOf(inputOf(stored, wishesOf(await store.standings())));
    return (roster ??= stored);
  };

  return {
    view: () => view,
    open: async () => void (await open()),
    replan() {
      isStale = true;
    },
    isCurrent: async () => isKnown(await store.versions()),
    leave: async (now) => void (await hold(now, 0)),
    async prepare(now) {
      let current = await catchUp();
      const found = soundOf(await change(current, now));
      if (found !== undefined) {
        const wishes = wishesOf(await store.standings());
        const before = inputOf(current, wishes);
        // Whatever fails from here on, the next beat has to plan.
        isStale = true;
        const after = inputOf(changed(current, found), wishes);
        const effects = openEffects(await openAsks(store, program, now), before, after);
        // One commit: a kill in between would leave asks in chats about shifts that nobody works.
        const isKept = await store.changeRoster(found, now, effects, known.roster);
        current = await catchUp();
        log.info(
          { added: found.added.length, moved: found.moved.length, removed: found.removed.length },
          isKept ? "the roster changed" : "another process changed the roster first",
        );
      }
      if (!isStale) return;
      isStale = false;
      try {
        const input = inputOf(current, wishesOf(await store.standings()));
        view = viewOf(input);
        const gone = await goneFrom(program, current, store, now);
        const people = [...program.people, ...gone];
        const nudges = planNudges({ ...input, program: { ...program, people } });
        const planned = await store.plan(nudges, now, { rosterVersion: known.roster });
        isStale = planned.isOvertaken === true;
        log.info({ ...planned }, "planned");
      } catch (error) {
        isStale = true;
        throw error;
      }
    },
  };
}

/** Everybody's asks that were sent and still take answers. */
export async function openAsks(store: Store, program: Program, now: Instant): Promise<readonly Nudge[]> {
  const open: Nudge[] = [];
  for (const person of program.people) open.push(...(await store.openNudges(person.id, now)));
  return open.filter(({ state }) => state === "sent" || state === "uncertain");
}

/** What planning heeds of what people have said. */
export const wishesOf = (standings: ReadonlyMap<PersonId, Standing>): ReadonlyMap<PersonId, Wishes> =>
  new Map(
    [...standings].map(([person, { stopped, consent, pausedUntil }]) => [
      person,
      { out: stopped || consent === "declined", ...(pausedUntil === undefined ? {} : { pausedUntil }) },
    ]),
  );

/** A roster as conversations look things up in it. */
export function viewOf(input: PlanInput): RosterView {
  const { program, roster, wishes } = input;
  const byId = new Map<string, Assignment>(roster.assignments.map((one) => [one.id, one]));
  const outlook = outlookOf(input);
  const isSomebodyOut = [...wishes.values()].some(({ out }) => out);
  const roles = new Map(program.people.map(({ id, role }) => [id, role]));
  return {
    outlook,
    assignment: (id) => byId.get(id),
    partnersOf(shift) {
      const overlaps = isSomebodyOut
        ? overlapsOf(
            roster.assignments.filter((one) => together(one, shift) !== undefined),
            (id) => roles.get(id),
            program.policy.overlapMinimum,
          ).filter(({ resident, attending }) => resident.id === shift.id || attending.id === shift.id)
        : outlook.overlapsOf(shift);
      return overlaps.map(({ resident, attending }) => (resident.id === shift.id ? attending : resident));
    },
  };
}
