import { outlookOf, type Outlook } from "#src/domain/outlook.ts";
import { areSameWishes, wishesOf } from "#src/domain/wishes.ts";
import type { Nudge, PlannedNudge } from "#src/domain/nudge.ts";
import type { Program } from "#src/domain/program.ts";
import type { Assignment } from "#src/domain/roster.ts";
import { SECOND, type Instant } from "#src/domain/time.ts";
import type { Zone } from "#src/domain/zone.ts";
import type { RosterView } from "#src/flows/context.ts";
import type { Log } from "#src/ports/log.ts";
import type { FindRosterUpdate, RosterUpdate } from "#src/ports/roster.ts";
import type { RosterEffects, Store } from "#src/ports/store.ts";
import { goneFrom, usualRoles } from "#src/flows/acts/people.ts";
import { planNudges, plannedRoster, type PlannedRoster } from "./plan.ts";

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
  const { store } = deps;
  const held = heldRoster(deps);
  const { read, take, known } = held;
  let isStale = true;

  const hold = (now: Instant, length: number): Promise<boolean> =>
    store.hold("roster", { owner: deps.owner, now, length });

  const published = async (before: Outlook, now: Instant): Promise<RosterUpdate | undefined> => {
    if (await hold(now, READING)) return deps.rosterChange(before, now);
    await deps.readElsewhere?.();
    return undefined;
  };

  return {
    view: held.view,
    async open() {
      if (known() !== undefined) return;
      const found = await read(await store.versions());
      if (known() === undefined) take(found);
    },
    replan() {
      isStale = true;
    },
    isCurrent: async () => held.isKnown(await store.versions()),
    handOver: async (now) => void (await hold(now, 0)),
    async prepare(now) {
      const versions = await store.versions();
      const hasReason = isStale || !held.isKnown(versions);
      // What somebody wishes from here on is for the next beat; and so is all, should anything fail.
      isStale = false;
      try {
        const before = known();
        const stored = hasReason || before === undefined ? take(await read(versions)) : before;
        const update = await published(stored.outlook, now);
        const isDue = update !== undefined || hasReason;
        const toPlan =
          update === undefined ? ([stored] as const) : await kept(deps, held, update, stored, now);
        if (isDue && !(await plan(deps, now, ...toPlan))) isStale = true;
      } catch (error) {
        isStale = true;
        throw error;
      }
    },
  };
}

type Held = ReturnType<typeof heldRoster>;

/** What is stored, as this process has read it last, and what conversations see of it. */
function heldRoster({ program, zone, store }: PlanningDeps) {
  let view = viewOf(
    outlookOf({ program, zone, roster: { assignments: [], absences: [] }, wishes: new Map() }),
  );
  let known: Known | undefined;
  /** Another process may be an older Attune, which stores shifts without roles. */
  const readRoster = async () => {
    await store.giveRoles(await usualRoles(program, store));
    return store.roster();
  };
  return {
    view: () => view,
    known: () => known,
    isKnown: ({ roster, wishes }: Versions): boolean =>
      roster === known?.versions.roster && wishes === known.versions.wishes,
    take(found: Known): Known {
      if (found.outlook !== known?.outlook) view = viewOf(found.outlook);
      return (known = found);
    },
    /** Of what is held, whatever is still so stays. The roster is of these versions, or newer than they say. */
    async read(versions: Versions): Promise<Known> {
      const held = known?.versions.roster === versions.roster ? known.outlook : undefined;
      const roster = held?.input.roster ?? (await readRoster());
      const wishes = wishesOf(await store.standings());
      const isSame = held !== undefined && areSameWishes(held.input.wishes, wishes);
      return { outlook: isSame ? held : outlookOf({ program, zone, roster, wishes }), versions };
    },
  };
}

/** Keeps a change of the roster. Resolves to what is to be planned then, with its plan where that is worked out already. */
async function kept(
  { program, store, log }: PlanningDeps,
  { read, take }: Held,
  { change, after }: RosterUpdate,
  { outlook, versions }: Known,
  now: Instant,
): Promise<readonly [Known, PlannedRoster?]> {
  const next = plannedRoster(after);
  const effects = openEffects(await openAsks(store, program, now), plannedRoster(outlook), next);
  // One transaction: otherwise a killed process could leave asks in chats about shifts that do not exist.
  const isKept = await store.changeRoster(change, now, effects, versions.roster);
  log.info(
    { added: change.added.length, moved: change.moved.length, removed: change.removed.length },
    isKept ? "the roster changed" : "another process changed the roster first",
  );
  if (!isKept) return [take(await read(await store.versions()))];
  return [take({ outlook: after, versions: { ...versions, roster: versions.roster + 1 } }), next];
}

/** Plans what is stored. False if another process has changed the roster meanwhile. */
async function plan(
  { program, store, log }: PlanningDeps,
  now: Instant,
  { outlook, versions }: Known,
  planned = plannedRoster(outlook),
): Promise<boolean> {
  const gone = await goneFrom(program, outlook.input.roster, store, now);
  const everyone = { ...program, people: [...program.people, ...gone] };
  const left = new Set(gone.map(({ id }) => id));
  const nudges =
    gone.length === 0
      ? planned.plan()
      : planNudges(outlookOf({ ...outlook.input, program: everyone })).filter(
          ({ person }) => !left.has(person),
        );
  const done = await store.plan(nudges, now, {
    rosterVersion: versions.roster,
    members: new Set(program.people.map(({ id }) => id)),
  });
  log.info({ ...done }, "planned");
  return done.isOvertaken !== true;
}

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

/** All asks that were sent and still take answers. */
export async function openAsks(store: Store, program: Program, now: Instant): Promise<readonly Nudge[]> {
  const open: Nudge[] = [];
  for (const person of program.people) open.push(...(await store.openNudges(person.id, now)));
  return open.filter(({ state }) => state === "sent" || state === "uncertain");
}

/** Finds the open asks that a new roster recalls or changes. Only asks that followed from the old roster can be recalled. */
export function openEffects(
  open: readonly Nudge[],
  before: PlannedRoster,
  after: PlannedRoster,
): RosterEffects {
  const is = new Set(after.plan().map(keyOf));
  const [kept, lost] = [open.filter((one) => is.has(keyOf(one))), open.filter((one) => !is.has(keyOf(one)))];
  const was = new Set(lost.length === 0 ? [] : before.plan().map(keyOf));
  const subjects = new Set(kept.map(({ subject }) => subject));
  const wasAbout = companyIn(before.outlook, subjects);
  const isAbout = companyIn(after.outlook, subjects);
  const changed = kept.filter(({ subject }) => wasAbout.get(subject) !== isAbout.get(subject));
  return {
    recalled: lost.filter((nudge) => was.has(keyOf(nudge))).map(({ id }) => id),
    changed: changed.map(({ id }) => id),
  };
}

const keyOf = ({ kind, person, subject }: PlannedNudge): string => `${kind} ${person} ${subject}`;

/** For each assignment: its time and partners, as a text to compare. */
function companyIn(
  { input: { roster }, overlapsOf }: Outlook,
  assignments: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const shifts = roster.assignments.filter(({ id }) => assignments.has(id));
  return new Map(
    shifts.map((shift) => {
      const pairs = overlapsOf(shift).map(({ resident, attending }) => `${resident.id}+${attending.id}`);
      const company = pairs.toSorted((a, b) => (a < b ? -1 : 1)).join(" ");
      return [shift.id, `${shift.start} ${shift.end} ${company}`];
    }),
  );
}
