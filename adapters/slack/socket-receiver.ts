import { setTimeout as sleepFor } from "node:timers/promises";
import type { App, Receiver } from "@slack/bolt";
import { AttuneError } from "#src/errors.ts";
import type { Log } from "#src/ports/log.ts";
import { isRefusal } from "./errors.ts";
import { keepOpen, type KeepClock } from "./keep-open.ts";
import { openSocket } from "./socket.ts";

export interface SocketReceiver extends Receiver {
  isConnected(): boolean;
}

export interface SocketDeps {
  readonly appToken: string;
  readonly apiUrl?: string;
  /** A proxy is the way out. */
  readonly isProxied: true | undefined;
  readonly log: Log;
  /** In place of real time, for a test. */
  readonly clock?: KeepClock;
}

/** Ends early, and does not reject, when the process closes. */
export const REAL_KEEPING: KeepClock = {
  now: () => performance.now(),
  sleep: (milliseconds, signal) => sleepFor(milliseconds, undefined, { signal }).catch(() => undefined),
};

/** Bolt's Socket Mode, kept open from the first start on. */
export function socketReceiver({ log, clock = REAL_KEEPING, ...socket }: SocketDeps): SocketReceiver {
  let app: App | undefined;
  const kept = keepOpen({
    open: (until) => openSocket({ ...socket, until, ...(app === undefined ? {} : { app }) }),
    log,
    clock,
    chance: Math.random,
  });
  return {
    isConnected: () => kept.isOpen(),
    init: (given) => void (app = given),
    async start() {
      try {
        await kept.start();
      } catch (cause) {
        // All else passes: it is tried again.
        if (isRefusal(cause))
          throw new AttuneError(
            "config",
            "Slack refuses SLACK_APP_TOKEN: make an app-level token with the scope connections:write, and copy it anew.",
            { cause },
          );
      }
    },
    stop: () => kept.stop(),
  };
}
