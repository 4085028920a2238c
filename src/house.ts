import { hostname } from "node:os";
import { serve, type ServerType } from "@hono/node-server";
import { Hono } from "hono";
import { cronTicker } from "#adapters/cron/ticker.ts";
import { httpFeed } from "#adapters/feed/feed.ts";
import { systemClock } from "#adapters/cron/system-clock.ts";
import { createHub } from "#adapters/web/hub.ts";
import { webMessenger } from "#adapters/web/messenger.ts";
import { playground } from "#adapters/web/playground.ts";

import { loadProgram, type LoadedProgram } from "./config/load-program.ts";
import { addressOfFeed, readSettings, type Settings } from "./config.ts";
import { AttuneError } from "./errors.ts";
import { runProgram, type Running } from "./engine.ts";
import { watchFeeds } from "./feed-watch.ts";
import { stop } from "./closing.ts";
import { inTurn } from "./in-turn.ts";
import { zoneOf } from "./domain/zone.ts";
import { pinoLog } from "./ops/log.ts";
import { createMetrics } from "./ops/metrics.ts";
import { opsRoutes } from "./ops/routes.ts";
import { openHouse } from "./open-house.ts";
import { mountPlatforms, platformsHealth, platformsOf, startPlatforms, withPlatform } from "./platforms.ts";
import type { Log } from "./ports/log.ts";
import { sharedRosterState } from "./roster-state.ts";
import { watchRoster } from "./roster-watch.ts";
import { sharedClock } from "./shared-clock.ts";
import { createStage, firstMoment } from "./stage.ts";
import { stageTime } from "./stage-clock.ts";

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
export async function startAttune(
  settings: Settings,
  { program: given, sources }: LoadedProgram,
): Promise<Attune> {
  const log = pinoLog(settings.logLevel);
  const house = await openHouse(settings);
  const isPlayed = isPlaygroundOpen(settings, log);
  const program = isPlayed ? withPlatform(given, PLAYGROUND) : given;
  const kept = house.store(program.id);
  const metrics = createMetrics(kept);
  const store = metrics.counting(kept);
  const hub = createHub();
  const platforms = await platformsOf(settings, { receive: (inbound) => running.bot.receive(inbound), log });
  // Real platforms live in real time; the demo's clock can be moved.
  const travels = isPlayed && platforms.length === 0;
  const clock = sharedClock(house, systemClock());
  await clock.align();
  const time = stageTime(store, clock);
  const chat = house.chat(program.id);
  const feeds = watchFeeds({
    sources,
    feed: httpFeed(),
    addressOf: addressOfFeed,
    log,
    notes: kept,
    wake: () => ticker.kick(),
  });
  const watched = () => sharedRosterState(watchRoster(program, sources, log, feeds), kept);
  let rosters = watched();
  const leaving = new AbortController();
  const open = (): Running =>
    runProgram({
      program,
      store,
      clock: time,
      messengers: [
        ...platforms.map(({ messenger }) => messenger),
        ...(isPlayed ? [webMessenger({ chat, now: () => time.now(), hub })] : []),
      ],
      owner: `${hostname()}-${process.pid}`,
      log,
      meters: metrics.meters,
      rosterChange: (stored, now) => rosters.change(stored, now),
      readElsewhere: () => rosters.readElsewhere(),
      rosterState: () => rosters.state(),
      wake: () => ticker.kick(),
      leaving: leaving.signal,
    });
  const ticker = cronTicker({ log });
  const alone = inTurn();
  let running = open();

  /** The demo begins shortly before its first message. */
  const begin = async (): Promise<void> => {
    const zone = zoneOf(program.timeZone);
    time.set(await firstMoment(program, zone, undefined));
    await running.planning.prepare(time.now());
    time.set(await firstMoment(program, zone, await store.nextDue()));
    await time.keep();
  };
  if (travels && !(await time.restore())) await begin();

  const app = new Hono();
  const health = () => ({
    ...platformsHealth(platforms),
    ...(isPlayed ? { [PLAYGROUND]: "ok" as const } : {}),
  });
  app.route(
    "/",
    opsRoutes({
      house,
      ticker,
      metrics,
      platforms: health,
      ...(sources.some((source) => source.feed !== undefined)
        ? { rosters: () => rosters.state().troubles }
        : {}),
    }),
  );
  mountPlatforms(app, platforms);
  if (isPlayed) {
    const stage = createStage({
      program,
      running: () => running,
      ...(travels ? { clock: time } : {}),
      inTurn: alone,
      now: () => time.now(),
      sent: () => metrics.sent(),
      async reset() {
        await house.clear(program.id);
        rosters = watched();
        running = open();
        await begin();
      },
    });
    app.route("/", playground({ stage, chat, hub, receive: (inbound) => running.bot.receive(inbound), log }));
  }

  const { server, url } = await listen(app, settings);
  const leave = () => running.leave();
  const closing = { ticker, server, hub, house, log, platforms, leaving, leave };
  await startPlatforms(platforms).catch(async (cause: unknown) => {
    await stop(closing);
    throw cause;
  });
  const beat = async (): Promise<void> => {
    await clock.align();
    await running.tick();
    if (travels) await time.keep();
  };
  // Turns are the playground's, which moves the clock and starts over. Else a beat that hangs would hold up all others.
  ticker.start(() => (isPlayed ? alone(beat) : beat()));
  return { url, stop: once(() => stop(closing)) };
}

/** The playground lets anybody speak as anybody, so it is open to this machine alone. */
function isPlaygroundOpen({ playground: wanted, host }: Settings, log: Log): boolean {
  if (wanted && !LOOPBACK.has(host))
    log.warn({ host }, "the playground stays closed: HOST is not this machine's loopback");
  return wanted && LOOPBACK.has(host);
}

function listen(app: Hono, { port, host }: Settings): Promise<{ server: ServerType; url: string }> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, port, hostname: host }, (info) => {
      const shown = host.includes(":") ? `[${host}]` : host;
      resolve({ server, url: `http://${shown}:${info.port}` });
    });
    server.once("error", (cause: NodeJS.ErrnoException) => {
      const todo =
        cause.code === "EADDRINUSE"
          ? "another program uses it; set PORT to a free one"
          : (cause.code ?? "unknown");
      reject(new AttuneError("config", `Port ${port} cannot be opened: ${todo}.`, { cause }));
    });
  });
}

function once<Result>(work: () => Promise<Result>): () => Promise<Result> {
  let result: Promise<Result> | undefined;
  return () => (result ??= work());
}
