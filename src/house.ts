import { Hono } from "hono";
import { cronTicker } from "#adapters/cron/ticker.ts";
import { systemClock } from "#adapters/cron/system-clock.ts";
import { createHub } from "#adapters/web/hub.ts";
import { webMessenger } from "#adapters/web/messenger.ts";
import { loadProgram, type LoadedProgram } from "./config/load-program.ts";
import { readSettings, type Settings } from "./config.ts";
import { stop } from "./closing.ts";
import { openDemo } from "./demo.ts";
import { AttuneError } from "./errors.ts";
import { listen } from "./listening.ts";
import { openHouse } from "./open-house.ts";
import { pinoLog } from "./ops/log.ts";
import { createMetrics } from "./ops/metrics.ts";
import { opsRoutes } from "./ops/routes.ts";
import { mountPlatforms, platformsHealth, platformsOf, startPlatforms, withPlatform } from "./platforms.ts";
import type { Log } from "./ports/log.ts";
import { sharedClock } from "./shared-clock.ts";
import { openSite, type WorkingSite } from "./working-site.ts";

/** Starts Attune as the environment says, and ends it when the process is asked to end. */
export async function main(): Promise<void> {
  const asked = askedToEnd();
  try {
    const settings = readSettings(process.env);
    const attune = await startAttune(settings, loadProgram(settings.programFile));
    process.stdout.write(`Attune is at ${attune.url}\n`);
    await asked;
    await attune.stop();
    process.exit(0);
  } catch (error) {
    if (!(error instanceof AttuneError)) throw error;
    process.stderr.write(`${error.message}\n`);
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
const LOOPBACK = new Set(["127.0.0.1", "::1", "localhost"]);

/** Puts the house together: store, program, messengers, beat, and the one server in front of it all. */
export async function startAttune(settings: Settings, given: LoadedProgram): Promise<Attune> {
  const log = pinoLog(settings.logLevel);
  const house = await openHouse(settings);
  const isPlayed = isPlaygroundOpen(settings, log);
  const metrics = createMetrics({ nudgeCounts: () => site.store.nudgeCounts() });
  const hub = createHub();
  const platforms = await platformsOf(settings, {
    receive: (inbound) => site.running().bot.receive(inbound),
    log,
  });
  const clock = sharedClock(house, systemClock());
  await clock.align();
  const ticker = cronTicker({ log });
  const leaving = new AbortController();
  const chat = house.chat(given.program.id);
  const site: WorkingSite = openSite(isPlayed ? withPlayground(given) : given, {
    house,
    metrics,
    clock,
    log,
    leaving: leaving.signal,
    messengers: (now) => [
      ...platforms.map(({ messenger }) => messenger),
      ...(isPlayed ? [webMessenger({ chat, now, hub })] : []),
    ],
    wake: () => ticker.kick(),
  });
  // Real platforms live in real time; the demo's clock can be moved.
  const travels = platforms.length === 0;
  const demo = isPlayed
    ? openDemo({ site, house, travels, chat, hub, sent: () => metrics.sent(), log })
    : undefined;
  await demo?.begin();

  const app = new Hono();
  app.route(
    "/",
    opsRoutes({
      house,
      ticker,
      metrics,
      platforms: () => ({
        ...platformsHealth(platforms),
        ...(isPlayed ? { [PLAYGROUND]: "ok" as const } : {}),
      }),
      ...(site.hasFeeds ? { rosters: () => site.troubles() } : {}),
    }),
  );
  mountPlatforms(app, platforms);
  if (demo !== undefined) app.route("/", demo.routes);

  const { server, url } = await listen(app, settings);
  const leave = () => site.running().leave();
  const closing = { ticker, server, hub, house, log, platforms, leaving, leave };
  await startPlatforms(platforms).catch(async (cause: unknown) => {
    await stop(closing);
    throw cause;
  });
  ticker.start(async () => {
    await clock.align();
    await (demo === undefined ? site.running().tick() : demo.beat());
  });
  return { url, stop: once(() => stop(closing)) };
}

/** The playground is a platform of our own, where everybody has an account. */
const withPlayground = ({ program, sources }: LoadedProgram): LoadedProgram => ({
  program: withPlatform(program, PLAYGROUND),
  sources,
});

/** The playground lets anybody speak as anybody, so it is open to this machine alone. */
function isPlaygroundOpen({ playground: wanted, host }: Settings, log: Log): boolean {
  if (wanted && !LOOPBACK.has(host))
    log.warn({ host }, "the playground stays closed: HOST is not this machine's loopback");
  return wanted && LOOPBACK.has(host);
}

function once<Result>(work: () => Promise<Result>): () => Promise<Result> {
  let result: Promise<Result> | undefined;
  return () => (result ??= work());
}
