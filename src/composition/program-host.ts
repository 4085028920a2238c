import pLimit from "p-limit";
import { cronTicker } from "#adapters/cron/ticker.ts";
import { systemClock } from "#adapters/cron/system-clock.ts";
import type { Hub } from "#adapters/web/hub.ts";
import { webMessenger } from "#adapters/web/messenger.ts";
import type { Database } from "#db/store/database.ts";
import type { DatabaseKind } from "#db/store/kind.ts";
import type { LoadedProgram } from "#src/config/load-program.ts";
import type { ReadingRoom } from "#src/roster/reading/reading-task.ts";
import type { Settings } from "#src/config.ts";
import type { ProgramStanding } from "#src/ops/health.ts";
import { createMetrics, type Metrics } from "#src/ops/metrics.ts";
import type { Ticker } from "#src/ports/clock.ts";
import type { Feed } from "#src/ports/feed.ts";
import type { Inbound, BotResponse } from "#src/ports/inbound.ts";
import type { Log } from "#src/ports/log.ts";
import type { Platform } from "#src/ports/platform.ts";
import { openDemo, type Demo } from "./playground/playground.ts";
import { openOwnDatabase } from "./open-database.ts";
import { emailsBy, withPlatform } from "./platforms.ts";
import { createRouter } from "#src/runtime/router.ts";
import { createScheduler, type Scheduler } from "#src/runtime/scheduler.ts";
import { guardedClock, type GuardedClock, type HeldJump } from "#src/runtime/guarded-clock.ts";
import { sharedClock } from "#src/runtime/shared-clock.ts";
import { hostProgram, type HostedProgram } from "#src/runtime/hosted-program.ts";

export interface ProgramHostDeps {
  readonly place: Pick<Settings, "database" | "keyFile">;
  readonly kind: DatabaseKind;
  readonly programs: readonly LoadedProgram[];
  /** Where the people of these programs are reached; once there is a database in which a platform may note something. */
  platforms(open: Pick<ProgramHost, "db" | "metrics">): Promise<readonly Platform[]>;
  /** Where the one program is shown in the playground; absent where it is not. */
  readonly hub?: Hub;
  /** Whether the playground moves its clock. */
  readonly travels: boolean;
  readonly feed: Feed;
  /** Where rosters are read. */
  readonly room: ReadingRoom;
  readonly log: Log;
  /** Aborts when the process closes. */
  readonly shutdown: AbortSignal;
}

/** One database and the programs at work on it: what beats, counts and answers there. */
export interface ProgramHost {
  readonly db: Database;
  readonly metrics: Metrics;
  readonly platforms: readonly Platform[];
  readonly hostedPrograms: readonly HostedProgram[];
  readonly scheduler: Scheduler;
  readonly ticker: Ticker;
  /** The program as the playground shows it. */
  readonly demo?: Demo;
  /** The jump of the clock that is held just now. */
  heldJump(): HeldJump | undefined;
  standing(): readonly ProgramStanding[];
  receive(inbound: Inbound): Promise<BotResponse>;
}

/** What the playground is called among the platforms: one of our own, where everybody has an account. */
export const PLAYGROUND = "playground";

/** Milliseconds. A roster is read in a tenth of that; what takes longer is taken up at the beat after it. */
const PATIENCE = 2_000;

/**
 * Opens a database and puts programs to work on it; nothing beats before the ticker is started.
 * @throws AttuneError `config` when the database is of another kind
 */
export async function openProgramHost(deps: ProgramHostDeps): Promise<ProgramHost> {
  const { kind, programs, hub, travels, log, feed, room, shutdown } = deps;
  const db = await openOwnDatabase(deps.place, kind);
  const metrics = createMetrics({
    nudgeCounts: async () =>
      (await pLimit(4).map(hostedPrograms, ({ store }) => store.nudgeCounts(clock.now()))).flat(),
    programs: () => standing(),
  });
  const platforms = await deps.platforms({ db, metrics });
  const messengers = platforms.map(({ messenger }) => messenger);
  const clock = clockOf(db, kind, log);
  await clock.align();
  const chat = db.chat(programs[0]!.program.id);
  const hostedPrograms = programs.map((given): HostedProgram =>
    hostProgram(hub === undefined ? given : withPlayground(given), {
      db,
      metrics,
      clock,
      log,
      feed,
      room,
      ...(travels ? {} : { patience: PATIENCE }),
      shutdown,
      messengers: (now) => (hub === undefined ? messengers : [webMessenger({ chat, now, hub })]),
      wake: () => scheduler.wake(given.program.id),
    }),
  );
  const demo =
    hub === undefined
      ? undefined
      : openDemo({ hosted: hostedPrograms[0]!, db, travels, chat, hub, sent: () => metrics.sent(), log });
  const scheduler = createScheduler({
    hostedPrograms: hostedPrograms.map((hosted) => ({
      program: hosted.program.id,
      log: hosted.log,
      beat: demo === undefined ? mendingBeat(hosted, db, clock) : () => demo.beat(),
      edit: () => hosted.running().edit(),
    })),
    meters: metrics.meters,
    align: () => clock.align(),
    isHeld: () => clock.held() !== undefined,
  });
  await demo?.begin();
  const standing = (): readonly ProgramStanding[] => {
    const beats = scheduler.lastBeats();
    return hostedPrograms.map(({ program: { id }, troubles }) => ({
      program: id,
      lastBeat: beats.get(id),
      troubles: troubles(),
    }));
  };
  return {
    db,
    metrics,
    platforms,
    hostedPrograms,
    scheduler,
    ticker: cronTicker({ log }),
    ...(demo === undefined ? {} : { demo }),
    heldJump: () => clock.held(),
    standing,
    receive: createRouter({ hostedPrograms, emailsOf: emailsBy(messengers), meters: metrics.meters, log }),
  };
}

/** The playground's time is moved at will; real time is not believed when it jumps. */
const clockOf = (db: Database, kind: DatabaseKind, log: Log): GuardedClock =>
  kind === "real"
    ? guardedClock({ database: db, host: systemClock(), notes: db.notes, log })
    : { ...sharedClock(db, systemClock()), held: () => undefined, steps: () => 0 };

/** A beat that first heals what waits for a moment that only a wrong clock can have meant. */
function mendingBeat(
  { program, running, log }: HostedProgram,
  db: Database,
  clock: GuardedClock,
): () => Promise<void> {
  let mended = 0;
  return async () => {
    const steps = clock.steps();
    if (steps !== mended) {
      const count = await db.mendFuture(program.id, clock.now());
      if (count > 0)
        log.warn(
          { count },
          "what waited for a moment far ahead, from when the clock was wrong, waits no longer",
        );
      mended = steps;
    }
    await running().tick();
  };
}

const withPlayground = ({ program, sources }: LoadedProgram): LoadedProgram => ({
  program: withPlatform(program, PLAYGROUND),
  sources,
});
