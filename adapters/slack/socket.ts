import { setTimeout as sleep } from "node:timers/promises";
import { SocketModeReceiver, type App } from "@slack/bolt";
import { getGlobalDispatcher } from "undici";
import { AttuneError } from "#src/errors.ts";
import { clientOptions } from "./calls.ts";
import type { OpenSocket } from "./keep-open.ts";
import { quietLogger } from "./logger.ts";

export interface SocketWish {
  readonly appToken: string;
  readonly apiUrl?: string;
  /** A proxy is the way out. */
  readonly isProxied: true | undefined;
  /** What comes over the socket goes there; nowhere when absent. */
  readonly app?: App;
  /** Aborts when nobody waits for it any more. */
  readonly until: AbortSignal;
}

/** A socket that does not greet us within this time, in milliseconds, is given up. */
const GREETING = 15_000;
/** The other side has this long, in milliseconds, to agree that a socket is closed. */
const FAREWELL = 2_000;

/**
 * Opens one socket of Bolt's Socket Mode and waits for Slack's greeting. Each opening has a client of its own: the SDK's
 * gives up with an unhandled rejection when it reconnects by itself, and what a socket before left behind ends the next.
 *
 * @throws AttuneError `unavailable` when it ends before the greeting; the SDK's own error when Slack gives no address for it
 */
export async function openSocket(wish: SocketWish): Promise<OpenSocket> {
  const { appToken, apiUrl, isProxied, app, until } = wish;
  const inner = new SocketModeReceiver({
    appToken,
    // By itself the SDK goes by no proxy; what Node's own `fetch` goes by does, and takes no HTTP/2 either.
    ...(isProxied === true ? { dispatcher: getGlobalDispatcher() } : {}),
    logger: quietLogger(),
    autoReconnectEnabled: false,
    installerOptions: { clientOptions: clientOptions(apiUrl === undefined ? {} : { apiUrl }) },
    // What failed unforeseen was not kept: it is not acknowledged, and Slack delivers it again.
    processEventErrorHandler: async () => false,
  });
  if (app !== undefined) inner.init(app);
  const { client } = inner;
  const reasonOf = hearing(client);
  const closed = new Promise<string>((resolve) => client.once("disconnected", () => resolve(reasonOf())));
  const close = async (): Promise<void> => {
    const gone = client.disconnect().catch(() => undefined);
    await Promise.race([gone, sleep(FAREWELL, undefined, { ref: false })]);
  };
  const waiting = new AbortController();
  // Before its greeting a socket ends with a rejection without any reason.
  const greeted = inner.start().catch((cause: unknown) => {
    throw cause instanceof Error
      ? cause
      : new AttuneError("unavailable", `Slack closed the socket before its greeting (${reasonOf()}).`);
  });
  const given = AbortSignal.any([waiting.signal, until]);
  const late = sleep(GREETING, LATE, { ref: false, signal: given }).catch(() => LATE);
  try {
    if ((await Promise.race([greeted, late])) === LATE)
      throw new AttuneError("unavailable", "Slack's socket opened and stayed silent.");
    return { closed, close };
  } catch (error) {
    greeted.then(close, () => undefined);
    void close();
    throw error;
  } finally {
    waiting.abort();
  }
}

const LATE = "late";

type Hear = (data: unknown, isBinary: boolean) => unknown;

/**
 * Reads along for the reason that Slack gives when it closes a socket, and keeps what the SDK cannot read from ending the
 * process: its own listener rejects, and nobody hears that.
 */
function hearing(client: SocketModeReceiver["client"]): () => string {
  let reason = "no reason given";
  const listeners = client.listeners("ws_message") as Hear[];
  client.removeAllListeners("ws_message");
  client.on("ws_message", (data: unknown, isBinary: boolean) => {
    reason = disconnection(data) ?? reason;
    for (const listener of listeners)
      Promise.resolve(listener.call(client, data, isBinary)).catch(() => undefined);
  });
  return () => reason;
}

/** Slack's word for why it closes: `refresh_requested`, `too_many_websockets`, `link_disabled` … */
function disconnection(data: unknown): string | undefined {
  if (typeof data !== "string" || !data.includes('"disconnect"')) return undefined;
  return /"reason"\s*:\s*"(?<reason>\w{1,40})"/u.exec(data)?.groups?.["reason"];
}
