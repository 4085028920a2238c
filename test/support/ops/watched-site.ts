import { setTimeout as sleep } from "node:timers/promises";
import { handClock, type HandClock } from "#adapters/memory/hand-clock.ts";
import { memoryMessenger, type Trouble } from "#adapters/memory/messenger.ts";
import { passingKey } from "#db/keys/keys.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import { loadPrograms } from "#src/config/load-programs.ts";
import { watchPeople } from "#src/config/people-watch.ts";
import { keptIn, standingOf } from "#src/composition/program-host.ts";
import { MINUTE, later } from "#src/domain/time.ts";
import { AttuneError } from "#src/errors.ts";
import { createMetrics } from "#src/ops/metrics.ts";
import type { FeedPage } from "#src/ports/feed.ts";
import type { Store } from "#src/ports/store.ts";
import type { PlatformTrouble } from "#src/ports/platform.ts";
import { carryOut } from "#src/roster/reading/reading.ts";
import { guardedClock } from "#src/runtime/guarded-clock.ts";
import { hostProgram } from "#src/runtime/hosted-program.ts";
import { createScheduler } from "#src/runtime/scheduler.ts";
import { agreed } from "../agreed.ts";
import { SILENT } from "../attune.ts";
import { goingAway } from "../away.ts";
import { COLUMNS } from "../on-disk.ts";
import { local } from "../programs.ts";
import { watchRules } from "./alerts.ts";
import { recorded } from "./series.ts";

/** The one process that is watched, as Prometheus names it. */
const TARGET = { job: "attune", instance: "er:3000" };

/** What goes wrong, as a test has it. */
export interface Wrong {
  /** Whether the database is away. */
  isAway: boolean;
  /** Milliseconds by which the database's clock is off. */
  clock: number;
  /** How each message fails. */
  messages: Trouble | undefined;
  /** What the feed's server answers with. */
  feed: AttuneError | undefined;
  /** What a platform says of itself. */
  platform: () => PlatformTrouble | undefined;
  /** Whether the database can be read and not written. */
  isFull: boolean;
  /** Beats hang. */
  hangs: boolean;
  /** The next beat fails as nobody foresaw. */
  breaks: boolean;
  /** The process itself is down. */
  isDown: boolean;
}

/**
 * A process on the files of a folder, minute by minute: its beats, its clock and its metrics are the real ones, each minute
 * Prometheus scrapes it and looks at the rules.
 */
export async function watchedSite(file: string, start: string, hasAgreed = true) {
  const db = openSqlite({ file: ":memory:", keys: passingKey() });
  const wrong: Wrong = {
    isAway: false,
    clock: 0,
    messages: undefined,
    feed: undefined,
    platform: () => undefined,
    isFull: false,
    hangs: false,
    breaks: false,
    isDown: false,
  };
  const begin = local(start, "UTC");
  let steady = 0;
  const { asleep, ...host } = countingSleepers(handClock(begin));
  const clock = guardedClock({
    database: {
      now: async () => {
        if (wrong.isAway) throw away();
        return later(begin, steady + wrong.clock);
      },
    },
    host,
    notes: db.notes,
    log: SILENT,
    steady: () => steady,
  });
  await clock.align();
  const metrics = createMetrics({
    nudgeCounts: async () =>
      (await Promise.all(hosted.map(({ store }) => store.nudgeCounts(clock.now())))).flat(),
    kept: () => keptIn(db, hosted, clock.now()),
    programs: () => standingOf(hosted, scheduler),
    platforms: () => ({ slack: wrong.platform() }),
    heldJump: () => clock.held(),
  });
  const programs = loadPrograms([file], COLUMNS);
  const people = watchPeople(
    programs.map(({ checked }) => checked),
    COLUMNS,
  );
  const messenger = memoryMessenger({ now: () => clock.now(), trouble: () => wrong.messages });
  const hosted = programs.map((program) =>
    hostProgram(program, {
      db: { store: (id) => filling(goingAway(db.store(id), wrong), wrong) as ReturnType<typeof db.store> },
      metrics,
      clock,
      log: SILENT,
      people,
      room: { read: carryOut },
      feed: {
        fetch: async () => {
          if (wrong.feed !== undefined) throw wrong.feed;
          return { kind: "fresh", pages: [CALENDAR] };
        },
      },
      shutdown: new AbortController().signal,
      messengers: () => [messenger],
      wake() {},
    }),
  );
  const scheduler = createScheduler({
    hostedPrograms: hosted.map((one) => ({
      program: one.program.id,
      log: SILENT,
      beat: () => (wrong.hangs ? new Promise<never>(() => {}) : wrong.breaks ? broken(wrong) : one.beat()),
      edit: () => one.running().edit(),
    })),
    log: SILENT,
    meters: metrics.meters,
    align: () => clock.align(),
    isHeld: () => clock.held() !== undefined,
    steady: () => steady,
  });
  if (hasAgreed) for (const one of hosted) await agreed(db.store(one.program.id), one.program.people, begin);
  const scrapes = recorded();
  const rules = watchRules();
  const fired = new Map<string, number>();
  let minute = 0;

  return {
    wrong,
    metrics,
    hosted,
    db,
    clock,
    scrapes,
    /** The steady clock, for parts that a test brings along. */
    steady: () => steady,
    /** The alerts that fired, each with the minute in which it first did. */
    fired,
    minute: () => minute,
    /** Lives so many minutes, `step` at a time. `each` is what else happens in a step. Resolves to the alerts that fire at the end. */
    async lives(
      minutes: number,
      step: number,
      each: () => Promise<unknown> | void = () => {},
    ): Promise<readonly string[]> {
      let firing: readonly string[] = [];
      for (let more = minutes; more > 0; more -= step) {
        minute += step;
        steady += step * MINUTE;
        await host.set(later(begin, steady));
        await beatOrWait(scheduler.beat(), () => wrong.hangs || asleep() > 0);
        await each();
        const at = later(begin, steady);
        scrapes.keep(at, TARGET, wrong.isDown ? undefined : await metrics.text());
        firing = rules.look(scrapes, at);
        for (const name of firing) if (!fired.has(name)) fired.set(name, minute);
      }
      return firing;
    },
    [Symbol.asyncDispose]: () => db.close(),
  };
}

export type WatchedSite = Awaited<ReturnType<typeof watchedSite>>;

/** Milliseconds of real time that a beat which waits is waited for. */
const WAITED = 30;

/** Resolves once a beat is over, however slow the machine is, or waits: then it goes on when the clock does. */
async function beatOrWait(beat: Promise<void>, waits: () => boolean): Promise<void> {
  let isOver = false;
  const over = beat.catch(() => undefined).then(() => void (isOver = true));
  do await Promise.race([over, sleep(WAITED)]);
  while (!isOver && !waits());
}

/** The clock, and how many sleep by it. */
function countingSleepers(clock: HandClock) {
  let sleeping = 0;
  const sleepOf = clock.sleep;
  return {
    ...clock,
    async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
      sleeping += 1;
      await sleepOf(milliseconds, signal);
      sleeping -= 1;
    },
    asleep: () => sleeping,
  };
}

const CALENDAR: FeedPage = {
  address: "https://rosters.example/er.ics",
  bytes: new TextEncoder().encode(
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//er//er//EN\r\nEND:VCALENDAR\r\n",
  ),
  mark: {},
};

const WRITES =
  /^(?:record|plan|claim|intend|sent|giveBack|close|expire|change|set|remember|edited|editLater|markForEdit|hold|erase)/u;

/** A store that can be read and not written while its disk is full. */
const filling = (store: Store, trouble: { readonly isFull: boolean }): Store =>
  new Proxy(store, {
    get: (kept, name: keyof Store) => {
      const method: (...args: never[]) => Promise<unknown> = kept[name];
      return trouble.isFull && WRITES.test(name)
        ? () => Promise.reject(new AttuneError("store", "Not saved: the disk is full."))
        : method;
    },
  });

async function broken(wrong: Wrong): Promise<never> {
  wrong.breaks = false;
  throw new Error("nobody foresaw this");
}

const away = (): AttuneError => new AttuneError("store", "The database cannot be reached.");
