import { setTimeout as sleep } from "node:timers/promises";
import { AttuneError } from "#src/errors.ts";
import { callersOf } from "#src/ports/callers.ts";
import type { Platform, PlatformDeps } from "#src/ports/platform.ts";
import { PLATFORM } from "./address.ts";
import { slackApp } from "./app.ts";
import { callsOf, slackClient } from "./calls.ts";
import { slackDirectory } from "./directory.ts";
import { isRefusal } from "./errors.ts";
import { httpReceiver } from "./http-receiver.ts";
import { slackMessenger } from "./messenger.ts";
import { createPace, type PaceClock } from "./pace.ts";
import { responder } from "./respond.ts";
import { savingReceiver } from "./saving-receiver.ts";
import type { SlackSettings } from "./settings.ts";
import { mendSignature } from "./signature.ts";
import { socketReceiver } from "./socket-receiver.ts";
import { taker, type Installation } from "./take.ts";

/** Milliseconds between two tries to ask Slack for our own ids while it is out of reach. */
const PATIENCE = 5_000;

/** Milliseconds to finish what is under way. A response that was not shown by then is shown at the next tap. */
const FINISHING = 10_000;

/** The Slack platform, with Socket Mode or with signed requests to Attune's server. */
export function slackPlatform(settings: SlackSettings, deps: PlatformDeps, clock?: PaceClock): Platform {
  const { log } = deps;
  const client = slackClient(settings);
  const calls = callsOf(client, createPace(clock));
  const directory = slackDirectory(calls, log);
  const ending = new AbortController();
  let installation: Installation | undefined;

  const { way, apiUrl } = settings;
  const socket =
    way.mode === "socket"
      ? socketReceiver({ appToken: way.appToken, log, ...(apiUrl === undefined ? {} : { apiUrl }) })
      : undefined;
  const callers =
    way.mode === "http"
      ? callersOf({
          log,
          now: () => performance.now(),
          onCall: deps.watchCalls?.(PLATFORM),
          mending: mendSignature,
        })
      : undefined;
  const http =
    way.mode === "http" && callers !== undefined ? httpReceiver(way.signingSecret, callers) : undefined;
  const receive = deps.receive.bind(deps);
  const take = taker({ receive, installation: () => installation, directory, log });
  const receiver = savingReceiver((socket ?? http)!, take);
  const app = slackApp({
    settings,
    receiver,
    calls,
    log,
    receive,
    respond: responder(apiUrl),
    installation: () => installation,
  });

  /** Asks Slack for our own ids. Gives up only if Slack refuses the token: it may be out of reach for a while. */
  const introduce = async (): Promise<boolean> => {
    try {
      const { team_id: team, user_id: botUser, bot_id: bot } = await client.auth.test();
      if (team === undefined || botUser === undefined || bot === undefined)
        throw new AttuneError(
          "config",
          "SLACK_BOT_TOKEN is no bot's token: copy the one that begins with xoxb-.",
        );
      installation = { team, botUser, bot };
      return true;
    } catch (cause) {
      if (cause instanceof AttuneError) throw cause;
      if (isRefusal(cause))
        throw new AttuneError(
          "config",
          "Slack refuses SLACK_BOT_TOKEN: install the app in the workspace, and copy the Bot User OAuth Token anew.",
          { cause },
        );
      return false;
    }
  };

  const goOn = async (): Promise<void> => {
    log.warn({}, "Slack is out of reach; trying again");
    while (!ending.signal.aborted) {
      await sleep(PATIENCE, undefined, { signal: ending.signal }).catch(() => undefined);
      if (ending.signal.aborted || !(await introduce()) || ending.signal.aborted) continue;
      await app.start();
      return;
    }
  };
  let going: Promise<void> | undefined;

  return {
    name: PLATFORM,
    messenger: slackMessenger({ calls, directory, log }),
    routes: http === undefined ? [] : [http.route],
    async start() {
      if (await introduce()) await app.start();
      else going = goOn().catch((error: unknown) => log.error({ error }, "Slack cannot be joined"));
    },
    async stop() {
      ending.abort();
      receiver.close();
      await going;
      // The last acknowledgements still need the socket.
      await Promise.race([receiver.idle(), sleep(FINISHING, undefined, { ref: false })]);
      await app.stop();
    },
    health: () => {
      const arrives = (socket?.isConnected() ?? true) && callers?.areRefused() !== true;
      return installation !== undefined && arrives ? "ok" : "failing";
    },
  };
}
