import type { Log } from "#src/ports/log.ts";
import { backoff } from "./backoff.ts";

/** A socket that stands. */
export interface OpenSocket {
  /** Resolves once it stands no more, to why, in Slack's word where there is one. */
  readonly closed: Promise<string>;
  close(): Promise<void>;
}

/** A clock that never steps, in milliseconds, and waiting on it, which ends early when `until` aborts. */
export interface KeepClock {
  now(): number;
  sleep(milliseconds: number, until: AbortSignal): Promise<void>;
}

export interface KeepDeps {
  /** Rejects when it does not come to stand, or `until` aborts before. */
  open(until: AbortSignal): Promise<OpenSocket>;
  readonly log: Log;
  readonly clock: KeepClock;
  /** Between 0 and 1. */
  chance(): number;
}

export interface KeptOpen {
  isOpen(): boolean;
  /** The first opening. Whether it succeeds or not, it is gone on with until `stop`. @throws what the first opening threw */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Only a socket that has stood for this long, in milliseconds, makes earlier failures forgotten: Slack may greet and close at once. */
export const STOOD = 60_000;

/** Keeps one socket open: whatever ends it, and however early, another is opened after a wait that grows. */
export function keepOpen({ open, log, clock, chance }: KeepDeps): KeptOpen {
  const ending = new AbortController();
  let socket: OpenSocket | undefined;
  let failures = 0;
  let keeping: Promise<void> | undefined;

  /** Opens it and says what went wrong; undefined when it stands. */
  const opening = async (): Promise<{ readonly error: unknown } | undefined> => {
    try {
      socket = await open(ending.signal);
      log.info({}, "Slack's socket is open");
      return undefined;
    } catch (error) {
      failures++;
      return { error };
    }
  };

  const standing = async (one: OpenSocket): Promise<void> => {
    const since = clock.now();
    const reason = await one.closed;
    socket = undefined;
    const stood = clock.now() - since;
    failures = stood >= STOOD ? 0 : failures + 1;
    if (!ending.signal.aborted)
      log.info({ reason, seconds: Math.round(stood / 1_000) }, "Slack's socket was closed");
  };

  const keep = async (failed: { readonly error: unknown } | undefined): Promise<void> => {
    for (let last = failed; !ending.signal.aborted; last = await opening()) {
      if (last !== undefined)
        log.warn({ failures, error: last.error }, "Slack's socket could not be opened; trying again");
      if (socket !== undefined) await standing(socket);
      await clock.sleep(backoff(failures, last?.error, chance()), ending.signal);
      if (ending.signal.aborted) return;
    }
    // It came to stand while the process began to close.
    await socket?.close();
  };

  return {
    isOpen: () => socket !== undefined,
    async start() {
      if (keeping !== undefined || ending.signal.aborted) return;
      const failed = await opening();
      keeping = keep(failed);
      if (failed !== undefined) throw failed.error;
    },
    async stop() {
      ending.abort();
      await socket?.close();
      await keeping;
    },
  };
}
