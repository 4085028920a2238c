import pLimit from "p-limit";
import { Hono } from "hono";
import { fileTransfer } from "#adapters/feed/upload.ts";
import { httpFeed } from "#adapters/feed/feed.ts";
import { loopbackOnly } from "#adapters/web/guard.ts";
import { createHub } from "#adapters/web/hub.ts";
import type { DatabaseKind } from "#db/store/kind.ts";
import { playgroundBeside } from "#src/config/database-place.ts";
import type { LoadedProgram } from "#src/config/load-program.ts";
import { readingRoom } from "#src/roster/reading/reading-room.ts";
import { loadPrograms, type ProgramOnDisk } from "#src/config/load-programs.ts";
import { watchPeople } from "#src/config/people-watch.ts";
import { isLoopback, isReal, proxyHere, readSettings, type Settings } from "#src/config.ts";
import { stop } from "#src/runtime/shutdown.ts";
import { AttuneError } from "#src/errors.ts";
import { shownText } from "#src/domain/text.ts";
import { noteCalls } from "#src/runtime/last-calls.ts";
import { useProxy } from "#src/runtime/use-proxy.ts";
import { listen } from "#src/runtime/server.ts";
import { consoleToLog } from "#src/ops/console.ts";
import { logLine, pinoLog } from "#src/ops/log.ts";
import { opsRoutes } from "#src/ops/routes.ts";
import { largestBodies, mountPlatforms, PLATFORMS, platformsHealth, platformsOf } from "./platforms.ts";
import { startPlatforms } from "./start-platforms.ts";
import type { Feed } from "#src/ports/feed.ts";
import type { Log } from "#src/ports/log.ts";
import { openProgramHost, PLAYGROUND, type ProgramHost, type ProgramHostDeps } from "./program-host.ts";

/** Starts Attune with the settings of the environment. Stops it on SIGTERM or SIGINT. */
export async function main(): Promise<void> {
  const asked = askedToEnd();
  // As of the log (pinoLog): that it cannot be written is no reason to end.
  process.stdout.on("error", () => {});
  try {
    const settings = readSettings(process.env, PLATFORMS);
    useProxy(process.env);
    if (!isTerminal()) consoleToLog(pinoLog(settings.logLevel));
    const attune = await startAttune(settings, loadPrograms(settings.programFiles, PLATFORMS));
    const there = `Attune is at ${attune.url}`;
    process.stdout.write(isTerminal() ? `${there}\n` : logLine(there));
    await asked;
    await attune.stop();
    process.exit(0);
  } catch (error) {
    if (!(error instanceof AttuneError)) throw error;
    process.stderr.write(`${shownText(error.message)}\n`);
    process.exitCode = 1;
  }
}

/** Whether somebody reads along. Else every line is JSON, for whatever collects logs. */
const isTerminal = (): boolean => process.stdout.isTTY;

/** Resolves at the first signal to stop, even during the start. npm and a terminal may each send one. */
const askedToEnd = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => resolve());
  });

export interface Attune {
  readonly url: string;
  /** Finishes what is under way, then closes everything. */
  stop(): Promise<void>;
}

/** Joins all parts into one process: databases, programs, platforms, scheduler and HTTP server. */
export async function startAttune(settings: Settings, programs: readonly ProgramOnDisk[]): Promise<Attune> {
  const log = pinoLog(settings.logLevel);
  const played = playedOf(settings, programs, log);
  const hub = createHub();
  const shutdown = new AbortController();
  const room = readingRoom({ shutdown: shutdown.signal });
  const people = watchPeople(
    programs.map(({ checked }) => checked),
    PLATFORMS,
  );
  const shared = { feed: sharedFeed(), room, log, people, shutdown: shutdown.signal };
  const host = await openProgramHost({
    ...shared,
    place: settings,
    programs,
    platforms: ({ db, metrics }) =>
      platformsOf(settings, {
        receive: (inbound) => host.receive(inbound),
        log,
        ...fileTransfer(proxyHere),
        watchCalls: (platform) => {
          const [count, note] = [metrics.calls(platform), noteCalls({ platform, notes: db.notes, log })];
          return (call) => {
            count(call);
            note(call);
          };
        },
      }),
    ...(isReal(settings) || played === undefined
      ? { kind: kindOf(settings), travels: false }
      : { kind: "playground", travels: true, hub }),
  });
  const beside =
    isReal(settings) && played !== undefined
      ? await openBeside(settings, { ...shared, hub, programs: [played] }, host)
      : undefined;
  const all = beside === undefined ? [host] : [host, beside];
  const { demo } = beside ?? host;
  const { platforms } = host;
  const app = appOf(settings, { host, demo, log });
  const largestBody = largestBodies(platforms, demo !== undefined);
  const { server, url } = await listen(app, settings, { largestBody, log });
  const closing = {
    ticker: allStop(all.map((one) => one.ticker)),
    scheduler: allStop(all.map((one) => one.scheduler)),
    db: { close: async () => void (await Promise.all(all.map((one) => one.db.close()))) },
    hostedPrograms: all.flatMap(({ hostedPrograms }) => hostedPrograms),
    server,
    hub,
    log,
    platforms,
    shutdown,
  };
  await startPlatforms(platforms, { log, shutdown: shutdown.signal }).catch(async (cause: unknown) => {
    await stop(closing);
    throw cause;
  });
  for (const { ticker, scheduler } of all) ticker.start(() => scheduler.beginRound());
  return { url, stop: once(() => stop(closing)) };
}

interface Served {
  readonly host: ProgramHost;
  /** The playground, where there is one. */
  readonly demo: ProgramHost["demo"];
  readonly log: Log;
}

/** All that is answered over HTTP. Platforms call from outside; everything else, with a playground, is for this machine only. */
function appOf(settings: Settings, { host, demo, log }: Served): Hono {
  const { db, scheduler, metrics, standing, heldJump, platforms } = host;
  const app = new Hono();
  const health = () => ({
    ...platformsHealth(platforms),
    ...(demo === undefined ? {} : { [PLAYGROUND]: "ok" as const }),
  });
  mountPlatforms(app, platforms);
  if (demo !== undefined) app.use(loopbackOnly);
  const metricsToken = metricsTokenOf(settings, log);
  app.route(
    "/",
    opsRoutes({
      db,
      beats: scheduler,
      metrics,
      metricsToken,
      platforms: health,
      programs: standing,
      heldJump,
    }),
  );
  if (demo !== undefined) app.route("/", demo.routes);
  return app;
}

/**
 * Opens the playground beside real platforms. It has a database of its own and real time, so nothing that is tapped there
 * affects real people.
 */
async function openBeside(
  { database, keyFile }: Settings,
  deps: Pick<ProgramHostDeps, "feed" | "room" | "log" | "people" | "shutdown" | "hub" | "programs">,
  { db }: ProgramHost,
): Promise<ProgramHost> {
  const place = { database: playgroundBeside(database), keyFile };
  return openProgramHost({
    ...deps,
    place,
    kind: "playground",
    platforms: async () => [],
    travels: false,
  }).catch(async (cause: unknown) => {
    await db.close();
    throw cause;
  });
}

const kindOf = (settings: Settings): DatabaseKind => (isReal(settings) ? "real" : "playground");

const allStop = (parts: readonly { stop(): Promise<void> }[]) => ({
  stop: async () => void (await Promise.all(parts.map((part) => part.stop()))),
});

/** All programs fetch their feeds at the start. Feeds may be large, and many may come from one server. */
const FEEDS_AT_A_TIME = 16;

function sharedFeed(): Feed {
  const feed = httpFeed({ proxyOf: proxyHere });
  const inTurn = pLimit(FEEDS_AT_A_TIME);
  return { fetch: (request, before) => inTurn(() => feed.fetch(request, before)) };
}

/** Warns if the metrics can be read from other machines without a token. */
function metricsTokenOf({ metricsToken, host }: Settings, log: Log): string | undefined {
  if (metricsToken === undefined && !isLoopback(host))
    log.warn({ host }, "/metrics are open to whoever reaches this address: set ATTUNE_METRICS_TOKEN");
  return metricsToken;
}

/** The program that the playground shows. In it anybody can act as anybody, so it is open to this machine only. */
function playedOf(
  settings: Settings,
  programs: readonly LoadedProgram[],
  log: Log,
): LoadedProgram | undefined {
  const { playground: wanted, host } = settings;
  const [first, ...others] = programs;
  if (others.length > 0 && !isReal(settings))
    log.warn({ programs: programs.length }, "nobody can be reached: the playground shows one program alone");
  if (!wanted || others.length > 0) return undefined;
  if (isLoopback(host)) return first;
  log.warn({ host }, "the playground stays closed: HOST is not this machine's loopback");
  return undefined;
}

function once<Result>(work: () => Promise<Result>): () => Promise<Result> {
  let result: Promise<Result> | undefined;
  return () => (result ??= work());
}
