import { setTimeout as sleepFor } from "node:timers/promises";
import { AttuneError } from "#src/errors.ts";
import type { Log } from "#src/ports/log.ts";
import type { Platform } from "#src/ports/platform.ts";

export interface StartDeps {
  readonly log: Log;
  /** Aborts when the process closes. */
  readonly shutdown: AbortSignal;
  /** Milliseconds of real time; ends early, without failing, when `until` aborts. */
  sleep?(milliseconds: number, until: AbortSignal): Promise<void>;
}

/** Milliseconds before a platform that refused us is tried again, doubled each time up to the longest. */
const FIRST = 30_000;
const LONGEST = 15 * 60_000;

/**
 * Starts all at once, and resolves as soon as the first has started: one that hangs or refuses us keeps no other
 * waiting. /healthz says that it fails, and it is tried again until it starts or the process closes.
 *
 * @throws AttuneError `config` of the first when none starts: then somebody has to mend the settings
 */
export async function startPlatforms(platforms: readonly Platform[], deps: StartDeps): Promise<void> {
  if (platforms.length === 0) return;
  const starts = platforms.map(async (platform) => platform.start());
  try {
    await Promise.any(starts);
  } catch (failed) {
    throw (failed as AggregateError).errors[0];
  }
  for (const [place, platform] of platforms.entries())
    starts[place]!.catch((error: unknown) => tryAgain(platform, error, deps));
}

async function tryAgain(platform: Platform, first: unknown, deps: StartDeps): Promise<void> {
  const { log, shutdown, sleep = realSleep } = deps;
  for (let error = first, wait = FIRST; error !== undefined; wait = Math.min(LONGEST, 2 * wait)) {
    const why = error instanceof AttuneError ? error.message : "It failed unforeseen.";
    log.error({ platform: platform.name, error, seconds: wait / 1_000 }, `a platform does not start: ${why}`);
    await sleep(wait, shutdown);
    if (shutdown.aborted) return;
    error = await platform.start().then(
      () => undefined,
      (cause: unknown) => cause ?? new Error("no reason given"),
    );
  }
  log.info({ platform: platform.name }, "a platform that did not start has started");
}

const realSleep = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  sleepFor(milliseconds, undefined, { signal, ref: false }).catch(() => undefined);
