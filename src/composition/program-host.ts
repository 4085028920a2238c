import pLimit from "p-limit";
import { cronTicker } from "#adapters/cron/ticker.ts";
import { systemClock } from "#adapters/cron/system-clock.ts";
import type { Hub } from "#adapters/web/hub.ts";
import { webMessenger } from "#adapters/web/messenger.ts";
import type { Database } from "#db/store/database.ts";
import type { DatabaseKind } from "#db/store/kind.ts";
import type { LoadedProgram } from "#src/config/load-program.ts";
import type { PeopleWatch } from "#src/config/people-watch.ts";
import type { Program } from "#src/domain/program.ts";
import { SECOND, type Instant } from "#src/domain/time.ts";
import type { ReadingRoom } from "#src/roster/reading/reading-task.ts";
import type { Settings } from "#src/config.ts";
import type { Kept } from "#src/ops/gauges.ts";
import type { ProgramStanding } from "#src/ops/health.ts";
import { createMetrics, type Metrics } from "#src/ops/metrics.ts";
import type { Ticker } from "#src/ports/clock.ts";
import type { Feed } from "#src/ports/feed.ts";
import type { Inbound, BotResponse } from "#src/ports/inbound.ts";
import type { Log } from "#src/ports/log.ts";
import type { Platform } from "#src/ports/platform.ts";
import { openDemo, type Demo } from "./playground/playground.ts";
import { openOwnDatabase } from "./open-database.ts";
import { emailsBy } from "#src/schedule/reach.ts";
import { withPlatform } from "./platforms.ts";
import { sharedPeople } from "#src/runtime/shared-people.ts";
import { createRouter } from "#src/runtime/router.ts";
import { createScheduler, type ScheduledProgram, type Scheduler } from "#src/runtime/scheduler.ts";
import { lastBackup } from "#src/runtime/last-backup.ts";
import { guardedClock, type GuardedClock, type HeldJump } from "#src/runtime/guarded-clock.ts";
import { sharedClock } from "#src/runtime/shared-clock.ts";
import { stageTime } from "#src/runtime/stage-time.ts";
import { hostProgram, type HostedProgram } from "#src/runtime/hosted-program.ts";

export interface ProgramHostDeps {
  readonly place: Pick<Settings, "database" | "keyFile">;
  readonly kind: DatabaseKind;
  readonly programs: readonly LoadedProgram[];
  /** Reads their people.csv again. */
  readonly people: PeopleWatch;
  /** Opens the platforms. Called once the database is open, since platforms store notes in it. */
  platforms(open: Pick<ProgramHost, "db" | "metrics">): Promise<readonly Platform[]>;
  /** The playground's stream of events. Absent without a playground. */
  readonly hub?: Hub;
  /** Whether the playground's clock can be moved: the first program's, which it shows. */
  readonly travels: boolean;
  readonly feed: Feed;
  /** Reads rosters within limits. */
  readonly room: ReadingRoom;
  readonly log: Log;
  /** Aborts when the process closes. */
  readonly shutdown: AbortSignal;
}

/** One database with the programs that run on it. */
export interface ProgramHost {
  readonly db: Database;
  readonly metrics: Metrics;
  readonly platforms: readonly Platform[];
  readonly hostedPrograms: readonly HostedProgram[];
  readonly scheduler: Scheduler;
  readonly ticker: Ticker;
  /** The playground, if there is one. */
  readonly demo?: Demo;
  /** The jump of the clock that is not believed yet. */
  heldJump(): HeldJump | undefined;
  standing(): readonly ProgramStanding[];
  receive(inbound: Inbound): Promise<BotResponse>;
}

/** The playground's name as a platform. Every person has an account there. */
export const PLAYGROUND = "playground";

/** Milliseconds that a beat waits for rosters. Most are read in a tenth of that; others are taken up at the next beat. */
const PATIENCE = 2_000;

/**
 * Opens a database and prepares programs to run on it. No beat runs before the ticker is started.
 * @throws AttuneError `config` when the database is of another kind
 */
export async function openProgramHost(deps: ProgramHostDeps): Promise<ProgramHost> {
  const { kind, programs, people, hub, travels, log, feed, room, shutdown } = deps;
  const db = await openOwnDatabase(deps.place, kind);
  const metrics = createMetrics({
    nudgeCounts: () => countedIn(hostedPrograms),
    kept: () => keptIn(db, hostedPrograms, clock.now()),
    programs: () => standingOf(hostedPrograms, scheduler),
    platforms: () => troublesOf(platforms),
    heldJump: () => clock.held(),
  });
  const platforms = await deps.platforms({ db, metrics });
  const messengers = platforms.map(({ messenger }) => messenger);
  const clock = await alignedClock(db, kind, log);
  const chat = db.chat(programs[0]!.program.id);
  const emailsOf = emailsBy(messengers);
  const shared = sharedPeople(() => hostedPrograms, emailsOf);
  const stage = travels ? stageTime(db.store(programs[0]!.program.id), clock) : undefined;
  const hostedPrograms: readonly HostedProgram[] = programs.map((given, place): HostedProgram =>
    hostProgram(given, {
      db,
      people,
      ...(hub === undefined ? {} : { shown: withPlayground }),
      metrics,
      clock: place === 0 && stage !== undefined ? stage : clock,
      log,
      feed,
      room,
      ...(travels ? {} : { patience: PATIENCE }),
      shutdown,
      shared,
      messengers: (now) => (hub === undefined ? messengers : [webMessenger({ chat, now, hub })]),
      wake: (due) => scheduler.wake(given.program.id, due),
    }),
  );
  const demo =
    hub &&
    openDemo({ hosted: hostedPrograms[0]!, db, clock: stage, chat, hub, sent: () => metrics.sent(), log });
  const scheduler = createScheduler({
    hostedPrograms: hostedPrograms.map((hosted) =>
      scheduled(hosted, demo === undefined ? mendingBeat(hosted, db, clock) : () => demo.beat()),
    ),
    log,
    meters: metrics.meters,
    align: () => clock.align(),
    isHeld: () => clock.held() !== undefined,
  });
  await demo?.begin();
  return {
    db,
    metrics,
    platforms,
    hostedPrograms,
    scheduler,
    ticker: cronTicker(),
    ...(demo === undefined ? {} : { demo }),
    heldJump: () => clock.held(),
    standing: () => standingOf(hostedPrograms, scheduler),
    receive: createRouter({ hostedPrograms, shared, emailsOf, meters: metrics.meters, log }),
  };
}

const scheduled = (hosted: HostedProgram, beat: () => Promise<void>): ScheduledProgram => ({
  program: hosted.program.id,
  log: hosted.log,
  beat,
  edit: () => hosted.running().edit(),
});

/** How each program stands just now. */
export function standingOf(
  hostedPrograms: readonly HostedProgram[],
  scheduler: Scheduler,
): readonly ProgramStanding[] {
  const beats = scheduler.lastBeats();
  return hostedPrograms.map(({ program: { id }, troubles, feedAge, isOver }) => {
    const age = feedAge();
    return {
      program: id,
      lastBeat: beats.get(id),
      troubles: troubles(),
      isOver: isOver(),
      ...(age === undefined ? {} : { feedAge: age }),
    };
  });
}

/** How many nudges there are, by each program's own time: the playground's can be moved. */
const countedIn = async (programs: readonly HostedProgram[]) =>
  (await pLimit(4).map(programs, ({ store, time }) => store.nudgeCounts(time.now()))).flat();

const troublesOf = (platforms: readonly Platform[]) =>
  Object.fromEntries(platforms.map(({ name, trouble }) => [name, trouble()]));

/** What the database knows besides its nudges. */
export async function keptIn(db: Database, programs: readonly HostedProgram[], now: Instant): Promise<Kept> {
  const ahead = await pLimit(4).map(programs, async ({ store, time }) => {
    const newest = await store.newestOpen();
    // By the program's own time: the playground's can be moved.
    return newest === undefined ? 0 : (newest - time.now()) / SECOND;
  });
  const backup = await lastBackup(db.notes);
  return {
    ahead: Math.max(0, ...ahead),
    ...(backup === undefined ? {} : { backup: Math.max(0, now - backup) / SECOND }),
  };
}

/** The playground's time can be moved. Real time is not believed at once when it jumps. */
async function alignedClock(db: Database, kind: DatabaseKind, log: Log): Promise<GuardedClock> {
  const clock: GuardedClock =
    kind === "real"
      ? guardedClock({ database: db, host: systemClock(), notes: db.notes, log })
      : { ...sharedClock(db, systemClock()), held: () => undefined, steps: () => 0 };
  await clock.align();
  return clock;
}

/** A beat that first corrects stored moments that are far in the future because the clock was wrong. */
function mendingBeat(hosted: HostedProgram, db: Database, clock: GuardedClock): () => Promise<void> {
  const { log } = hosted;
  let mended = 0;
  return async () => {
    const steps = clock.steps();
    if (steps !== mended) {
      const count = await db.mendFuture(hosted.program.id, clock.now());
      if (count > 0)
        log.warn(
          { count },
          "what waited for a moment far ahead, from when the clock was wrong, waits no longer",
        );
      mended = steps;
    }
    await hosted.beat();
  };
}

const withPlayground = (program: Program): Program => withPlatform(program, PLAYGROUND);
