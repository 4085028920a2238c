import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import type { Database } from "#db/store/database.ts";
import type { LoadedProgram } from "#src/config/load-program.ts";
import type { PeopleWatch } from "#src/config/people-watch.ts";
import type { ReadingRoom } from "#src/roster/reading/reading-task.ts";
import type { Due } from "#src/bot.ts";
import type { Person } from "#src/domain/person.ts";
import type { Program } from "#src/domain/program.ts";
import type { RosterState, RosterTrouble } from "#src/domain/roster-report.ts";
import { AttuneError } from "#src/errors.ts";
import { SECOND, dayNumber, zoneOf, type Instant } from "#src/domain/time.ts";
import { runProgram, type RunningProgram } from "#src/engine.ts";
import type { Context } from "#src/flows/context.ts";
import type { Metrics } from "#src/ops/metrics.ts";
import type { Clock } from "#src/ports/clock.ts";
import type { Feed } from "#src/ports/feed.ts";
import type { Log } from "#src/ports/log.ts";
import { LARGEST_FILE, type BotResponse, type Inbound, type Sender } from "#src/ports/inbound.ts";
import type { Messenger } from "#src/ports/messenger.ts";
import type { Store } from "#src/ports/store.ts";
import { PEOPLE, rosterPart } from "#src/domain/files.ts";
import { filesInForce, type NamedFile } from "#src/roster/reading/files-in-force.ts";
import { readingRoom } from "#src/roster/reading/reading-room.ts";
import { fileDesk } from "./file-desk.ts";
import { currentPeople } from "./current-people.ts";
import { rosterWatches } from "./roster-watches.ts";
import type { SharedPeople } from "./shared-people.ts";
import type { SharedRosterState } from "#src/roster/watch/roster-watch.ts";

/** What all programs of a process share. */
export interface HostedProgramDeps {
  readonly db: Pick<Database, "store">;
  readonly metrics: Pick<Metrics, "meters" | "counting">;
  readonly clock: Clock;
  readonly log: Log;
  /** Fetches rosters over HTTP, for all programs. */
  readonly feed: Feed;
  /** Reads rosters within limits, for all programs. Without it, the program has its own. */
  readonly room?: ReadingRoom;
  /** Reads people.csv again, for all programs. Without it, people stay as they were given. */
  readonly people?: PeopleWatch;
  /** Who works in several programs of the process. Absent where nobody does. */
  readonly shared?: SharedPeople;
  /** The program as it runs: the playground gives everybody an account. Without it, as its files have it. */
  shown?(program: Program): Program;
  /** Milliseconds that a beat waits for its rosters to be read. Without it, a beat waits until they are. */
  readonly patience?: number;
  /** Aborts when the process closes. */
  readonly shutdown: AbortSignal;
  /** The messengers for this program. @param now the program's time, which the playground can move */
  messengers(now: () => Instant): readonly Messenger[];
  /** Something may be due at this program at once; without a word, asks. */
  wake(due?: Due): void;
}

/** One program in a running process, with its store, time, rosters and bot. */
export interface HostedProgram {
  /** With the people whom people.csv has now. */
  readonly program: Program;
  readonly store: Store;
  /** Its time: the playground moves its own. */
  readonly time: Clock;
  /** A log whose lines name the program. */
  readonly log: Log;
  readonly running: () => RunningProgram;
  /** Takes up people.csv if it has changed, then runs a beat. */
  beat(): Promise<void>;
  context(): Context;
  receive(inbound: Inbound, known?: Person): Promise<BotResponse>;
  notSaved(inbound: Inbound): BotResponse;
  asksWhose(sender: Sender): Promise<boolean>;
  /** Rosters and people.csv that cannot be read at the moment. */
  readonly troubles: () => readonly RosterTrouble[];
  /** Seconds since the feed that was had longest ago was had; undefined where none ever was. */
  readonly feedAge: () => number | undefined;
  /** Whether the last of its rotations is over. */
  readonly isOver: () => boolean;
  /** Begins anew with what is stored. For the playground, whose store was emptied. */
  reopen(): void;
}

/** Runs one program in this process. Nothing is read or sent before its first beat or the first act of a person. */
export function hostProgram(given: LoadedProgram, deps: HostedProgramDeps): HostedProgram {
  const { db, metrics, shown = (unchanged) => unchanged } = deps;
  let program = shown(given.program);
  const log = named(deps.log, program.id);
  const kept = db.store(program.id);
  const store = metrics.counting(kept);
  const time = deps.clock;
  const people =
    deps.people && currentPeople({ program: given.program, watch: deps.people, log, notes: kept });
  const byName = namedFiles(given, deps.people);
  const files = filesInForce(kept, byName);
  const watched = rosterWatches(given.sources, () => program, kept, log, { ...deps, files });
  let rosters: SharedRosterState;
  const rosterState = () => withTroubles(rosters.state(), people?.troubles());
  const { people: watch, room = readingRoom() } = deps;
  const asked = { given, store, files, named: byName, people: watch, room };
  const desk = fileDesk({ ...asked, shown, program: () => program, now: () => time.now() });
  const same = { store, clock: time, log, rosterState, files: desk, ...ofProcess(deps, time, given) };
  const edits = editsUnderWay();
  const open = (): RunningProgram => {
    const { findRosterUpdate, readElsewhere } = (rosters = watched());
    return edits.of(runProgram({ program, findRosterUpdate, readElsewhere, ...same }));
  };
  let running = open();
  /** Names and accounts are everywhere, down to how rosters are read: all begins anew with what is stored. */
  const takeUp = async (found: Program["people"]): Promise<void> => {
    program = shown({ ...given.program, people: found });
    const next = open();
    // Others act meanwhile: nobody is answered by what has read nothing yet.
    await next.open();
    running = next;
    await edits.ended();
  };
  const takeUpPeople = async (): Promise<void> => {
    await files.look();
    const found = people?.look(time.now(), files.of(PEOPLE));
    if (found !== undefined) await takeUp(found);
    await people?.keep(time.now());
  };
  return {
    ...handedOn(() => running, takeUpPeople),
    store,
    time,
    log,
    get program() {
      return program;
    },
    async beat() {
      await takeUpPeople();
      await running.beat();
    },
    troubles: () => rosterState().troubles,
    feedAge: () => ageOfOldest(rosterState(), time.now()),
    isOver: () => areOver(program, time.now()),
    reopen() {
      people?.forget();
      running = open();
    },
  };
}

/** What a running program has of its process. */
const ofProcess = (
  { messengers, metrics, shared, shutdown, wake }: HostedProgramDeps,
  time: Clock,
  { program }: LoadedProgram,
) => ({
  messengers: messengers(() => time.now()),
  owner: ownerName(),
  meters: metrics.meters,
  shutdown,
  wake,
  ...(shared && { others: shared.seenFrom(program.id) }),
});

/** What whoever runs now answers. Who acts before the first beat is looked up among those who are in the program now, as everybody else. */
function handedOn(
  running: () => RunningProgram,
  takeUpPeople: () => Promise<void>,
): Pick<HostedProgram, "running" | "context" | "receive" | "notSaved" | "asksWhose"> {
  let begun: Promise<void> | undefined;
  const begin = () =>
    (begun ??= takeUpPeople()).catch((error: unknown) => {
      begun = undefined;
      // The bot says that nothing can be stored.
      if (!(error instanceof AttuneError) || error.code !== "store") throw error;
    });
  return {
    running,
    context: () => running().context(),
    async receive(inbound, known) {
      await begin();
      return running().bot.receive(inbound, known);
    },
    notSaved: (inbound) => running().bot.notSaved(inbound),
    asksWhose: (sender) => running().bot.asksWhose(sender),
  };
}

/**
 * The process's name in leases. It has a random part, since in containers process ids are equal and host names may be. The host name
 * helps people who read the database.
 */
const ownerName = (): string => `${hostname()}-${randomUUID()}`;

const withTroubles = (state: RosterState, troubles: readonly RosterTrouble[] = []): RosterState => ({
  ...state,
  troubles: [...troubles, ...state.troubles],
});

/** The files that a program's own files name, each for what it says. */
const namedFiles = ({ program, sources }: LoadedProgram, people: PeopleWatch | undefined) => [
  ...[people?.place(program.id) ?? []].flat(),
  ...sources.flatMap(({ name, path }): readonly NamedFile[] =>
    path === undefined ? [] : [{ part: rosterPart(name), path, most: LARGEST_FILE }],
  ),
];

/** The edits that are under way beside the beats: a card with the names of before must not arrive after one with the new ones. */
function editsUnderWay() {
  const underWay = new Set<Promise<void>>();
  return {
    of: (running: RunningProgram): RunningProgram => ({
      ...running,
      edit() {
        const edit = running.edit().finally(() => underWay.delete(edit));
        underWay.add(edit);
        return edit;
      },
    }),
    ended: () => Promise.allSettled(underWay),
  };
}

const ageOfOldest = ({ fetched = [] }: RosterState, now: Instant): number | undefined =>
  fetched.length === 0 ? undefined : Math.max(0, now - Math.min(...fetched)) / SECOND;

/** Whether all rotations are over: nobody is asked anything outside of them. */
const areOver = ({ rotations, timeZone }: Program, now: Instant): boolean => {
  const today = zoneOf(timeZone).dayOf(now);
  return rotations.every(({ to }) => dayNumber(to) < today);
};

/** A log that adds the program's id to every line. */
const named = (log: Log, program: string): Log => ({
  debug: (fields, message) => log.debug({ program, ...fields }, message),
  info: (fields, message) => log.info({ program, ...fields }, message),
  warn: (fields, message) => log.warn({ program, ...fields }, message),
  error: (fields, message) => log.error({ program, ...fields }, message),
});
