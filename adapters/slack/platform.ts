import { setTimeout as sleep } from "node:timers/promises";
import { AttuneError } from "#src/errors.ts";
import { callersOf } from "#src/ports/callers.ts";
import type { Platform, PlatformDeps } from "#src/ports/platform.ts";
import { PLATFORM } from "./address.ts";
import { slackApp } from "./app.ts";
import { backoff } from "./backoff.ts";
import { callsOf, slackClient } from "./calls.ts";
import { slackDirectory } from "./directory.ts";
import { isRefusal } from "./errors.ts";
import { httpReceiver } from "./http-receiver.ts";
import type { KeepClock } from "./keep-open.ts";
import { slackMessenger } from "./messenger.ts";
import { homeOf } from "./origin.ts";
import { createPace, type PaceClock } from "./pace.ts";
import { responder } from "./respond.ts";
import { savingReceiver } from "./saving-receiver.ts";
import type { SlackSettings } from "./settings.ts";
import { mendSignature } from "./signature.ts";
import { REAL_KEEPING, socketReceiver } from "./socket-receiver.ts";
import { taker, type Installation } from "./take.ts";

/** Milliseconds to finish what is under way. A response that was not shown by then is shown at the next tap. */
const FINISHING = 10_000;

/** The Slack platform, with Socket Mode or with signed requests to Attune's server. */
export function slackPlatform(
  settings: SlackSettings,
  deps: PlatformDeps,
  clock?: PaceClock,
  keeping: KeepClock = REAL_KEEPING,
): Platform {
  const { log } = deps;
  const client = slackClient(settings);
  const calls = callsOf(client, createPace(clock));
  let installation: Installation | undefined;
  const directory = slackDirectory(calls, log, () => installation);
  const ending = new AbortController();

  const { way, apiUrl } = settings;
  const socket =
    way.mode === "socket"
      ? socketReceiver({
          appToken: way.appToken,
          log,
          clock: keeping,
          ...(apiUrl === undefined ? {} : { apiUrl }),
        })
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

  /** Asks Slack for our own ids. Returns the failure where it cannot tell them just now. @throws AttuneError `config` when it refuses the token */
  const introduce = async (): Promise<{ readonly error: unknown } | undefined> => {
    try {
      const answer = await client.auth.test();
      const { user_id: botUser, bot_id: bot } = answer;
      const home = homeOf(answer);
      if (home === undefined || botUser === undefined || bot === undefined)
        throw new AttuneError(
          "config",
          "SLACK_BOT_TOKEN is no bot's token: copy the one that begins with xoxb-.",
        );
      installation = { ...home, botUser, bot };
      return undefined;
    } catch (cause) {
      if (cause instanceof AttuneError) throw cause;
      if (isRefusal(cause))
        throw new AttuneError(
          "config",
          "Slack refuses SLACK_BOT_TOKEN: install the app in the workspace, and copy the Bot User OAuth Token anew.",
          { cause },
        );
      return { error: cause };
    }
  };

  const goOn = async (first: { readonly error: unknown }): Promise<void> => {
    let failed: { readonly error: unknown } | undefined = first;
    for (let failures = 1; failed !== undefined; failures++) {
      log.warn({ failures, error: failed.error }, "Slack is out of reach; trying again");
      await keeping.sleep(backoff(failures, failed.error, Math.random()), ending.signal);
      if (ending.signal.aborted) return;
      failed = await introduce().catch((error: unknown) => ({ error }));
    }
    if (!ending.signal.aborted) await app.start();
  };
  let going: Promise<void> | undefined;

  return {
    name: PLATFORM,
    messenger: slackMessenger({ calls, directory, log }),
    routes: http === undefined ? [] : [http.route],
    async start() {
      const failed = await introduce();
      if (ending.signal.aborted) return;
      if (failed === undefined) await app.start();
      else
        going ??= goOn(failed).catch((error: unknown) =>
          log.error({ error }, "Slack's socket is refused; trying again"),
        );
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
