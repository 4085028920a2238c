import { setTimeout as sleep } from "node:timers/promises";
import { SocketModeReceiver, type Receiver } from "@slack/bolt";
import { AttuneError } from "#src/errors.ts";
import type { Log } from "#src/ports/log.ts";
import { clientOptions } from "./calls.ts";
import { isRefusal } from "./errors.ts";
import { quietLogger } from "./logger.ts";

export interface SocketReceiver extends Receiver {
  isConnected(): boolean;
}

export interface SocketDeps {
  readonly appToken: string;
  readonly apiUrl?: string;
  readonly log: Log;
}

/** Milliseconds that Slack has to send its first message. Then the connection is given up. */
const GREETING = 15_000;
const LONGEST_WAIT = 30_000;

/**
 * Bolt's Socket Mode with our own reconnection. The client's own one ends with an unhandled rejection when
 * apps.connections.open fails, and its pauses grow without limit.
 */
export function socketReceiver({ appToken, apiUrl, log }: SocketDeps): SocketReceiver {
  const inner = new SocketModeReceiver({
    appToken,
    logger: quietLogger(),
    autoReconnectEnabled: false,
    installerOptions: { clientOptions: clientOptions(apiUrl === undefined ? {} : { apiUrl }) },
    // After an unexpected error nothing was stored. Without an acknowledgement Slack delivers it again.
    processEventErrorHandler: async () => false,
  });
  const ending = new AbortController();
  let isConnected = false;
  let keeping: Promise<void> | undefined;

  const connect = async (): Promise<void> => {
    const greeted = inner.start();
    const late = sleep(GREETING, undefined, { ref: false }).then(() => {
      throw new AttuneError("unavailable", "Slack's socket opened and stayed silent.");
    });
    try {
      await Promise.race([greeted, late]);
      isConnected = true;
      log.info({}, "Slack's socket is open");
    } catch (error) {
      greeted.catch(() => undefined);
      late.catch(() => undefined);
      inner.client.disconnect().catch(() => undefined);
      throw error;
    }
    late.catch(() => undefined);
  };

  /** Tries to open the socket until it is open or the process closes. */
  const keep = async (): Promise<void> => {
    for (let failures = 0; !ending.signal.aborted && !isConnected; failures++) {
      const wait =
        failures === 0 ? 0 : Math.min(LONGEST_WAIT, 500 * 2 ** failures) * (0.5 + Math.random() / 2);
      await sleep(wait, undefined, { signal: ending.signal }).catch(() => undefined);
      if (ending.signal.aborted) return;
      await connect().catch((error: unknown) => {
        log.warn({ failures: failures + 1, error }, "Slack's socket could not be opened");
      });
    }
  };

  const reconnect = (): void => {
    keeping ??= keep().finally(() => {
      keeping = undefined;
      // The connection may be lost again by now.
      if (!isConnected && !ending.signal.aborted) reconnect();
    });
  };

  inner.client.on("disconnected", () => {
    const wasConnected = isConnected;
    isConnected = false;
    if (wasConnected && !ending.signal.aborted) reconnect();
  });

  return {
    isConnected: () => isConnected,
    init: (app) => inner.init(app),
    async start() {
      try {
        await connect();
      } catch (cause) {
        if (isRefusal(cause))
          throw new AttuneError(
            "config",
            "Slack refuses SLACK_APP_TOKEN: make an app-level token with the scope connections:write, and copy it anew.",
            { cause },
          );
        reconnect();
      }
    },
    async stop() {
      ending.abort();
      await keeping;
      if (isConnected) await inner.client.disconnect();
      isConnected = false;
    },
  };
}
