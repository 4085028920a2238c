import pLimit from "p-limit";
import { Hono } from "hono";
import { cronTicker } from "#adapters/cron/ticker.ts";
import { systemClock } from "#adapters/cron/system-clock.ts";
import { httpFeed } from "#adapters/feed/feed.ts";
import { loopbackOnly } from "#adapters/web/guard.ts";
import { createHub } from "#adapters/web/hub.ts";
import { webMessenger } from "#adapters/web/messenger.ts";
import type { LoadedProgram } from "../config/load-program.ts";
import { readingRoom } from "../config/reading-room.ts";
import { loadPrograms } from "../config/load-programs.ts";
import { readSettings, type Settings } from "../config.ts";
import { stop } from "./closing.ts";
import { openDemo } from "./demo.ts";
import { AttuneError } from "../errors.ts";
import { shownText } from "../domain/text.ts";
import { noteCalls } from "./heard-calls.ts";
import { listen } from "./listening.ts";
import type { ProgramStanding } from "../ops/health.ts";
import { openHouse } from "./open-house.ts";
import { pinoLog } from "../ops/log.ts";
import { createMetrics } from "../ops/metrics.ts";
import { opsRoutes } from "../ops/routes.ts";
import {
  emailsBy,
  largestBodies,
  mountPlatforms,
  platformsHealth,
  platformsOf,
  startPlatforms,
  withPlatform,
} from "./platforms.ts";
import type { Feed } from "../ports/feed.ts";
import type { Log } from "../ports/log.ts";
import { createReception } from "./reception.ts";
import { createRounds } from "./rounds.ts";
import { sharedClock } from "./shared-clock.ts";
import { openSite, type WorkingSite } from "./working-site.ts";

/** Starts Attune as the environment says, and ends it when the process is asked to end. */
export async function main(): Promise<void> {
  const asked = askedToEnd();
  try {
    const settings = readSettings(process.env);
    const attune = await startAttune(settings, loadPrograms(settings.programFiles));
    process.stdout.write(`Attune is at ${attune.url}\n`);
    await asked;
    await attune.stop();
    process.exit(0);
  } catch (error) {
    if (!(error instanceof AttuneError)) throw error;
    process.stderr.write(`${shownText(error.message)}\n`);
    process.exitCode = 1;
  }
}

/** The first wish to end counts, also one that comes during the start; npm and a terminal may each send one. */
const askedToEnd = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => resolve());
  });

export interface Attune {
  readonly url: string;
  /** Finishes what is under way, then closes everything. */
  stop(): Promise<void>;
}

const PLAYGROUND = "playground";
/** Milliseconds. A roster is read in a tenth of that; what takes longer is taken up at the beat after it. */
const PATIENCE = 2_000;
const LOOPBACK = new Set(["127.0.0.1", "::1", "localhost"]);

/** Puts the house together: store, programs, messengers, beat, and the one server in front of it all. */
export async function startAttune(settings: Settings, programs: readonly LoadedProgram[]): Promise<Attune> {
  const log = pinoLog(settings.logLevel);
  const house = await openHouse(settings);
  const played = playedOf(settings, programs, log);
  const metrics = createMetrics({
    nudgeCounts: async () =>
      (await pLimit(4).map(sites, ({ store }) => store.nudgeCounts(clock.now()))).flat(),
    programs: () => standing(),
  });
  const hub = createHub();
  const platforms = await platformsOf(settings, {
    receive: (inbound) => receive(inbound),
    log,
    heard: (platform) => {
      const [count, note] = [metrics.calls(platform), noteCalls({ platform, notes: house.notes, log })];
      return (call) => {
        count(call);
        note(call);
      };
    },
  });
  const messengers = platforms.map(({ messenger }) => messenger);
  const clock = sharedClock(house, systemClock());
  await clock.align();
  const leaving = new AbortController();
  const feed = sharedFeed(httpFeed());
  const room = readingRoom({ leaving: leaving.signal });
  // Real platforms live in real time; the demo's clock can be moved.
  const travels = platforms.length === 0;
  const chat = house.chat(programs[0]!.program.id);
  const sites = programs.map((given): WorkingSite =>
    openSite(played === undefined ? given : withPlayground(given), {
      house,
      metrics,
      clock,
      log,
      feed,
      room,
      ...(travels ? {} : { patience: PATIENCE }),
      leaving: leaving.signal,
      messengers: (now) =>
        played === undefined ? messengers : [...messengers, webMessenger({ chat, now, hub })],
      wake: () => rounds.wake(given.program.id),
    }),
  );
  const receive = createReception({ sites, emailsOf: emailsBy(messengers), meters: metrics.meters, log });
  const rounds = createRounds({
    sites: sites.map(({ program, log, running }) => ({
      program: program.id,
      log,
      beat: () => (demo === undefined ? running().tick() : demo.beat()),
    })),
    meters: metrics.meters,
    align: () => clock.align(),
  });
  const demo =
    played === undefined
      ? undefined
      : openDemo({ site: sites[0]!, house, travels, chat, hub, sent: () => metrics.sent(), log });
  await demo?.begin();
  const standing = (): readonly ProgramStanding[] => {
    const beats = rounds.lastBeats();
    return sites.map(({ program: { id }, troubles }) => ({
      program: id,
      lastBeat: beats.get(id),
      troubles: troubles(),
    }));
  };
  const ticker = cronTicker({ log });

  const app = new Hono();
  const health = () => ({
    ...platformsHealth(platforms),
    ...(demo === undefined ? {} : { [PLAYGROUND]: "ok" as const }),
  });
  // A platform calls under the name of this hospital's server; all else on the playground's is for this machine alone.
  mountPlatforms(app, platforms);
  if (demo !== undefined) app.use(loopbackOnly);
  const { metricsToken } = settings;
  app.route("/", opsRoutes({ house, ticker, metrics, metricsToken, platforms: health, programs: standing }));
  if (demo !== undefined) app.route("/", demo.routes);

  const { server, url } = await listen(app, settings, { largestBody: largestBodies(platforms), log });
  const closing = { ticker, rounds, server, hub, house, log, platforms, leaving, sites };
  await startPlatforms(platforms).catch(async (cause: unknown) => {
    await stop(closing);
    throw cause;
  });
  ticker.start(() => rounds.beat());
  return { url, stop: once(() => stop(closing)) };
}

/** All programs begin to look at their feeds at the start: a feed may be large, and many may be one server's. */
const FEEDS_AT_A_TIME = 16;

function sharedFeed(feed: Feed): Feed {
  const inTurn = pLimit(FEEDS_AT_A_TIME);
  return { fetch: (address, mark) => inTurn(() => feed.fetch(address, mark)) };
}

/** The playground is a platform of our own, where everybody has an account. */
const withPlayground = ({ program, sources }: LoadedProgram): LoadedProgram => ({
  program: withPlatform(program, PLAYGROUND),
  sources,
});

/** The playground lets anybody speak as anybody, so it is open to this machine alone; and it shows one program. */
function playedOf(
  { playground: wanted, host, slack, teams }: Settings,
  programs: readonly LoadedProgram[],
  log: Log,
): LoadedProgram | undefined {
  const [first, ...others] = programs;
  if (others.length > 0 && slack === undefined && teams === undefined)
    log.warn({ programs: programs.length }, "nobody can be reached: the playground shows one program alone");
  if (!wanted || others.length > 0) return undefined;
  if (LOOPBACK.has(host)) return first;
  log.warn({ host }, "the playground stays closed: HOST is not this machine's loopback");
  return undefined;
}

function once<Result>(work: () => Promise<Result>): () => Promise<Result> {
  let result: Promise<Result> | undefined;
  return () => (result ??= work());
}
