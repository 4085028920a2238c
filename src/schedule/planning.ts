import { isWaitingForStart, outlookOf, type Beginning, type Outlook } from "#src/domain/outlook.ts";
import type { CheckInWeek } from "#src/domain/check-in-week.ts";
import { areSameWishes, wishesOf } from "#src/domain/wishes.ts";
import type { Program } from "#src/domain/program.ts";
import type { Assignment } from "#src/domain/roster.ts";
import { SECOND, weekOf, type Instant, type WeekNumber, type Zone } from "#src/domain/time.ts";
import { readUnknown, UNKNOWN_ACCOUNTS } from "#src/domain/unknown-accounts.ts";
import type { RosterView } from "#src/flows/context.ts";
import type { Clock } from "#src/ports/clock.ts";
import type { Log } from "#src/ports/log.ts";
import type { FindRosterUpdate, RosterUpdate } from "#src/ports/roster.ts";
import type { Store } from "#src/ports/store.ts";
import { goneFrom, usualRoles } from "#src/flows/acts/people.ts";
import { openAsks, openEffects } from "./open-asks.ts";
import { planNudges, plannedRoster, type PlannedRoster } from "./plan.ts";

export interface PlanningDeps {
  readonly program: Program;
  readonly zone: Zone;
  readonly store: Store;
  readonly log: Log;
  readonly clock: Pick<Clock, "now">;
  /** The name of this process in leases. */
  readonly owner: string;
  /** Compares the roster files with the stored roster. */
  readonly findRosterUpdate: FindRosterUpdate;
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
  /** Plans what is stored once more, without a look at the roster files. */
  planAgain(now: Instant): Promise<void>;
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
    if (await hold(now, READING)) return deps.findRosterUpdate(before, now);
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
    async planAgain(now) {
      isStale = !(await plan(deps, now, take(await read(await store.versions(), now))));
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
        const stored = hasReason || before === undefined ? take(await read(versions, now)) : before;
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

/** How many weeks back a check-in may still be sent, or be open: it waits up to a week for its reader, and is open for days then. */
const OPEN_WEEKS = 3;

/** Whom those check-ins are about that may still be sent or open, by their week. */
export async function openCheckIns(
  store: Pick<Store, "checkInWeeks">,
  zone: Zone,
  now: Instant,
): Promise<ReadonlyMap<WeekNumber, CheckInWeek>> {
  const weeks = await store.checkInWeeks(weekOf(zone.dayOf(now)) - OPEN_WEEKS);
  return new Map(weeks.map((one) => [one.week, one]));
}

const NONE_PICKED: ReadonlyMap<WeekNumber, CheckInWeek> = new Map();

/** What was picked stays so, but for the pairs of whoever was erased. */
const areSamePicks = (
  some: ReadonlyMap<WeekNumber, CheckInWeek> | undefined,
  others: typeof NONE_PICKED,
): boolean => JSON.stringify([...(some ?? [])]) === JSON.stringify([...others]);

/** What is stored, as this process has read it last, and what conversations see of it. */
function heldRoster({ program, zone, store, clock }: PlanningDeps) {
  let view = viewOf(
    outlookOf({ program, zone, roster: { assignments: [], absences: [] }, wishes: new Map() }),
  );
  let known: Known | undefined;
  /** Another process may be an older Attune, which stores shifts without roles. */
  const readRoster = async () => {
    await store.giveRoles(await usualRoles(program, store));
    return store.roster();
  };
  /** It begins once, and starts once: what has started stays so. */
  const readBeginning = async (): Promise<Beginning | undefined> => {
    const before = known?.outlook.input.beginning;
    if (program.waitsForStart !== true || before?.started !== undefined) return before;
    return (await store.beginning()) ?? store.beginSettingUp(clock.now());
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
    /**
     * Of what is held, whatever is still so stays. The roster is of these versions, or newer than they say.
     *
     * @param now for a plan; conversations look up by themselves whom check-ins are about, and which accounts are asked about
     */
    async read(versions: Versions, now?: Instant): Promise<Known> {
      const held = known?.versions.roster === versions.roster ? known.outlook : undefined;
      const roster = held?.input.roster ?? (await readRoster());
      const wishes = wishesOf(await store.standings());
      const checkIns = now === undefined ? NONE_PICKED : await openCheckIns(store, zone, now);
      const questions = now === undefined ? [] : readUnknown(await store.note(UNKNOWN_ACCOUNTS)).open;
      const beginning = await readBeginning();
      const isSame =
        held !== undefined &&
        isWaitingForStart(held.input.beginning) === isWaitingForStart(beginning) &&
        areSameWishes(held.input.wishes, wishes) &&
        areSamePicks(held.input.checkIns, checkIns) &&
        JSON.stringify(held.input.questions ?? []) === JSON.stringify(questions);
      const input = { program, zone, roster, wishes, checkIns, questions };
      return { outlook: isSame ? held : outlookOf({ ...input, ...(beginning && { beginning }) }), versions };
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
  // Whoever has left stood on cards until now: those say with whom they are without them.
  const gone = await goneFrom(program, outlook.input.roster, store, now);
  const before =
    gone.length === 0
      ? outlook
      : outlookOf({ ...outlook.input, program: { ...program, people: [...program.people, ...gone] } });
  const effects = openEffects(await openAsks(store, program, now), plannedRoster(before), next);
  // One transaction: otherwise a killed process could leave asks in chats about shifts that do not exist.
  const isKept = await store.changeRoster(change, now, effects, versions.roster);
  log.info(
    { added: change.added.length, moved: change.moved.length, removed: change.removed.length },
    isKept ? "the roster changed" : "another process changed the roster first",
  );
  if (!isKept) return [take(await read(await store.versions(), now))];
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
