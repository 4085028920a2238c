import { outlookOf, type Outlook, type Wishes } from "#src/domain/outlook.ts";
import type { PersonId, Person, Role } from "#src/domain/person.ts";
import type { Program } from "#src/domain/program.ts";
import type { Assignment, Roster } from "#src/domain/roster.ts";
import { SECOND, type Instant } from "#src/domain/time.ts";
import type { Zone } from "#src/domain/zone.ts";
import type { RosterView } from "#src/flows/context.ts";
import type { Log } from "#src/ports/log.ts";
import type { FindRosterUpdate, RosterUpdate } from "#src/ports/roster.ts";
import type { Standing, Store } from "#src/ports/store.ts";
import { openAsks, openEffects, planNudges, plannedRoster } from "./plan.ts";

export interface PlanningDeps {
  readonly program: Program;
  readonly zone: Zone;
  readonly store: Store;
  readonly log: Log;
  /** The name of this process in leases. */
  readonly owner: string;
  /** Compares the roster files with the stored roster. */
  readonly rosterChange: FindRosterUpdate;
  /** Called instead while another process reads the roster files for all. */
  readElsewhere?(): Promise<void>;
}

export interface Planning {
  /** The current roster. */
  view(): RosterView;
  /** Resolves once the stored roster was read. Before that, a process that has just started must not answer anybody. */
  open(): Promise<void>;
  /** Asks for a new plan at the next beat, since a person's wishes have changed. */
  replan(): void;
  /** Reads the roster files if they have changed, and plans if there is a reason. Otherwise it costs almost nothing. */
  prepare(now: Instant): Promise<void>;
  /** Whether `view` still shows what is stored. Another process may have changed it. */
  isCurrent(): Promise<boolean>;
  /** Lets another process read the roster files from now on. */
  handOver(now: Instant): Promise<void>;
}

/** Milliseconds of the lease for reading the roster files. If its process ends, another one takes over after this. */
const READING = 90 * SECOND;

type Versions = Awaited<ReturnType<Store["versions"]>>;

/** What is stored, as this process has read it last. */
interface Known {
  readonly outlook: Outlook;
  readonly versions: Versions;
}

/**
 * Holds the roster and keeps the plan equal to what it implies. An outlook is worked out once for each roster and
 * each set of wishes, and handed on: to the comparison with the files, to the plan and to the conversations.
 */
export function createPlanning(deps: PlanningDeps): Planning {
  const { program, zone, store, log } = deps;
  let view = viewOf(
    outlookOf({ program, zone, roster: { assignments: [], absences: [] }, wishes: new Map() }),
  );
  let known: Known | undefined;
  let isStale = true;

  const isKnown = ({ roster, wishes }: Versions): boolean =>
    roster === known?.versions.roster && wishes === known.versions.wishes;

  const take = (found: Known): Known => {
    if (found.outlook !== known?.outlook) view = viewOf(found.outlook);
    return (known = found);
  };

  /** Of what is held, whatever is still so stays. The roster is of these versions, or newer than they say. */
  const read = async (versions: Versions): Promise<Known> => {
    const held = known?.versions.roster === versions.roster ? known.outlook : undefined;
    const roster = held?.input.roster ?? (await store.roster());
    const wishes = wishesOf(await store.standings());
    const isSame = held !== undefined && areSame(held.input.wishes, wishes);
    return { outlook: isSame ? held : outlookOf({ program, zone, roster, wishes }), versions };
  };

  const hold = (now: Instant, length: number): Promise<boolean> =>
    store.hold("roster", { owner: deps.owner, now, length });

  const published = async (before: Outlook, now: Instant): Promise<RosterUpdate | undefined> => {
    if (await hold(now, READING)) return deps.rosterChange(before, now);
    await deps.readElsewhere?.();
    return undefined;
  };

  /** Keeps a change of the roster, and plans what is stored then. */
  const follow = async (
    { change, after }: RosterUpdate,
    { outlook, versions }: Known,
    now: Instant,
  ): Promise<void> => {
    const next = plannedRoster(after);
    const effects = openEffects(await openAsks(store, program, now), plannedRoster(outlook), next);
    // One transaction: otherwise a killed process could leave asks in chats about shifts that do not exist.
    const isKept = await store.changeRoster(change, now, effects, versions.roster);
    log.info(
      { added: change.added.length, moved: change.moved.length, removed: change.removed.length },
      isKept ? "the roster changed" : "another process changed the roster first",
    );
    if (!isKept) return plan(take(await read(await store.versions())), now);
    return plan(take({ outlook: after, versions: { ...versions, roster: versions.roster + 1 } }), now, next);
  };

  const plan = async (
    { outlook, versions }: Known,
    now: Instant,
    planned = plannedRoster(outlook),
  ): Promise<void> => {
    const gone = await goneFrom(program, outlook.input.roster, store, now);
    const everyone = { ...program, people: [...program.people, ...gone] };
    const nudges =
      gone.length === 0 ? planned.plan() : planNudges(outlookOf({ ...outlook.input, program: everyone }));
    const kept = await store.plan(nudges, now, { rosterVersion: versions.roster });
    if (kept.isOvertaken === true) isStale = true;
    log.info({ ...kept }, "planned");
  };

  return {
    view: () => view,
    async open() {
      if (known !== undefined) return;
      const found = await read(await store.versions());
      if (known === undefined) take(found);
    },
    replan() {
      isStale = true;
    },
    isCurrent: async () => isKnown(await store.versions()),
    handOver: async (now) => void (await hold(now, 0)),
    async prepare(now) {
      const versions = await store.versions();
      const hasReason = isStale || !isKnown(versions);
      // What somebody wishes from here on is for the next beat; and so is all, should anything fail.
      isStale = false;
      try {
        const stored = hasReason || known === undefined ? take(await read(versions)) : known;
        const update = await published(stored.outlook, now);
        if (update !== undefined) await follow(update, stored, now);
        else if (hasReason) await plan(stored, now);
      } catch (error) {
        isStale = true;
        throw error;
      }
    },
  };
}

const areSame = (some: Outlook["input"]["wishes"], others: Outlook["input"]["wishes"]): boolean =>
  some.size === others.size &&
  [...some].every(([person, { out, pausedUntil }]) => {
    const other = others.get(person);
    return other?.out === out && other.pausedUntil === pausedUntil;
  });

/** The part of people's standings that matters for planning. */
export const wishesOf = (standings: ReadonlyMap<PersonId, Standing>): ReadonlyMap<PersonId, Wishes> =>
  new Map(
    [...standings].map(([person, { stopped, consent, pausedUntil }]) => [
      person,
      { out: stopped || consent === "declined", ...(pausedUntil === undefined ? {} : { pausedUntil }) },
    ]),
  );

/** A roster as conversations look things up in it. */
function viewOf(outlook: Outlook): RosterView {
  const byId = new Map<string, Assignment>(outlook.input.roster.assignments.map((one) => [one.id, one]));
  return {
    outlook,
    assignment: (id) => byId.get(id),
    partnersOf: (shift) =>
      outlook.everybody
        .overlapsOf(shift)
        .map(({ resident, attending }) => (resident.id === shift.id ? attending : resident)),
  };
}

/** The note of who was in people.csv at the last plan, with roles and without names. */
const KEY = "people";

/**
 * People with future shifts who are no longer in people.csv, with their former roles. Planning continues with them. So a row that was
 * lost by mistake withdraws no nudges, neither theirs nor their partners'. Once they have no more shifts, they are forgotten.
 */
export async function goneFrom(
  program: Program,
  roster: Roster,
  store: Pick<Store, "note" | "setNote">,
  now: Instant,
): Promise<readonly Person[]> {
  const note = await store.note(KEY);
  const was = note === undefined ? {} : (JSON.parse(note) as Readonly<Record<string, Role>>);
  const here = new Set(program.people.map(({ id }) => id));
  const working = new Set(roster.assignments.filter(({ end }) => end > now).map(({ person }) => person));
  const gone = [...working].flatMap((id): readonly Person[] => {
    const role = Object.hasOwn(was, id) ? was[id] : undefined;
    if (here.has(id) || role === undefined) return [];
    return [{ id, role, name: id, locale: program.locale, accounts: {} }];
  });
  const is = JSON.stringify(
    Object.fromEntries([...program.people, ...gone].map(({ id, role }): [PersonId, Role] => [id, role])),
  );
  if (is !== note) await store.setNote(KEY, is);
  return gone;
}
