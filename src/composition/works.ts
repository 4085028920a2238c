import pLimit from "p-limit";
import { cronTicker } from "#adapters/cron/ticker.ts";
import { systemClock } from "#adapters/cron/system-clock.ts";
import type { Hub } from "#adapters/web/hub.ts";
import { webMessenger } from "#adapters/web/messenger.ts";
import type { House } from "#db/store/database.ts";
import type { DatabaseKind } from "#db/store/kind.ts";
import type { LoadedProgram } from "#src/config/load-program.ts";
import type { ReadingRoom } from "#src/roster/reading/reading-task.ts";
import type { Settings } from "#src/config.ts";
import type { ProgramStanding } from "#src/ops/health.ts";
import { createMetrics, type Metrics } from "#src/ops/metrics.ts";
import type { Ticker } from "#src/ports/clock.ts";
import type { Feed } from "#src/ports/feed.ts";
import type { Inbound, Reply } from "#src/ports/inbound.ts";
import type { Log } from "#src/ports/log.ts";
import type { Platform } from "#src/ports/platform.ts";
import { openDemo, type Demo } from "./playground/playground.ts";
import { openOwnHouse } from "./open-database.ts";
import { emailsBy, withPlatform } from "./platforms.ts";
import { createReception } from "#src/runtime/router.ts";
import { createRounds, type Rounds } from "#src/runtime/scheduler.ts";
import { guardedClock, type GuardedClock, type HeldJump } from "#src/runtime/guarded-clock.ts";
import { sharedClock } from "#src/runtime/shared-clock.ts";
import { openSite, type WorkingSite } from "#src/runtime/hosted-program.ts";

export interface WorksDeps {
  readonly place: Pick<Settings, "database" | "keyFile">;
  readonly kind: DatabaseKind;
  readonly programs: readonly LoadedProgram[];
  /** Where the people of these programs are reached; once there is a database in which a platform may note something. */
  platforms(open: Pick<Works, "house" | "metrics">): Promise<readonly Platform[]>;
  /** Where the one program is shown in the playground; absent where it is not. */
  readonly hub?: Hub;
  /** Whether the playground moves its clock. */
  readonly travels: boolean;
  readonly feed: Feed;
  /** Where rosters are read. */
  readonly room: ReadingRoom;
  readonly log: Log;
  /** Aborts when the house closes. */
  readonly leaving: AbortSignal;
}

/** One database and the programs at work on it: what beats, counts and answers there. */
export interface Works {
  readonly house: House;
  readonly metrics: Metrics;
  readonly platforms: readonly Platform[];
  readonly sites: readonly WorkingSite[];
  readonly rounds: Rounds;
  readonly ticker: Ticker;
  /** The program as the playground shows it. */
  readonly demo?: Demo;
  /** The jump of the clock that is held just now. */
  heldJump(): HeldJump | undefined;
  standing(): readonly ProgramStanding[];
  receive(inbound: Inbound): Promise<Reply>;
}

/** What the playground is called among the platforms: one of our own, where everybody has an account. */
export const PLAYGROUND = "playground";

/** Milliseconds. A roster is read in a tenth of that; what takes longer is taken up at the beat after it. */
const PATIENCE = 2_000;

/**
 * Opens a database and puts programs to work on it; nothing beats before the ticker is started.
 * @throws AttuneError `config` when the database is of another kind
 */
export async function openWorks(deps: WorksDeps): Promise<Works> {
  const { kind, programs, hub, travels, log, feed, room, leaving } = deps;
  const house = await openOwnHouse(deps.place, kind);
  const metrics = createMetrics({
    nudgeCounts: async () =>
      (await pLimit(4).map(sites, ({ store }) => store.nudgeCounts(clock.now()))).flat(),
    programs: () => standing(),
  });
  const platforms = await deps.platforms({ house, metrics });
  const messengers = platforms.map(({ messenger }) => messenger);
  const clock = clockOf(house, kind, log);
  await clock.align();
  const chat = house.chat(programs[0]!.program.id);
  const sites = programs.map((given): WorkingSite =>
    openSite(hub === undefined ? given : withPlayground(given), {
      house,
      metrics,
      clock,
      log,
      feed,
      room,
      ...(travels ? {} : { patience: PATIENCE }),
      leaving,
      messengers: (now) => (hub === undefined ? messengers : [webMessenger({ chat, now, hub })]),
      wake: () => rounds.wake(given.program.id),
    }),
  );
  const demo =
    hub === undefined
      ? undefined
      : openDemo({ site: sites[0]!, house, travels, chat, hub, sent: () => metrics.sent(), log });
  const rounds = createRounds({
    sites: sites.map((site) => ({
      program: site.program.id,
      log: site.log,
      beat: demo === undefined ? mendingBeat(site, house, clock) : () => demo.beat(),
    })),
    meters: metrics.meters,
    align: () => clock.align(),
    isHeld: () => clock.held() !== undefined,
  });
  await demo?.begin();
  const standing = (): readonly ProgramStanding[] => {
    const beats = rounds.lastBeats();
    return sites.map(({ program: { id }, troubles }) => ({
      program: id,
      lastBeat: beats.get(id),
      troubles: troubles(),
    }));
  };
  return {
    house,
    metrics,
    platforms,
    sites,
    rounds,
    ticker: cronTicker({ log }),
    ...(demo === undefined ? {} : { demo }),
    heldJump: () => clock.held(),
    standing,
    receive: createReception({ sites, emailsOf: emailsBy(messengers), meters: metrics.meters, log }),
  };
}

/** The playground's time is moved at will; real time is not believed when it jumps. */
const clockOf = (house: House, kind: DatabaseKind, log: Log): GuardedClock =>
  kind === "real"
    ? guardedClock({ database: house, host: systemClock(), notes: house.notes, log })
    : { ...sharedClock(house, systemClock()), held: () => undefined, steps: () => 0 };

/** A beat that first heals what waits for a moment that only a wrong clock can have meant. */
function mendingBeat(
  { program, running, log }: WorkingSite,
  house: House,
  clock: GuardedClock,
): () => Promise<void> {
  let mended = 0;
  return async () => {
    const steps = clock.steps();
    if (steps !== mended) {
      const count = await house.mendFuture(program.id, clock.now());
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
