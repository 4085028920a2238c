import { setTimeout as sleep } from "node:timers/promises";
import type { App, Receiver } from "@slack/bolt";
import type { WebClient } from "@slack/web-api";
import { AttuneError } from "#src/errors.ts";
import { callersOf } from "#src/ports/callers.ts";
import type { Log } from "#src/ports/log.ts";
import type { Platform, PlatformDeps, PlatformRoute, PlatformTrouble } from "#src/ports/platform.ts";
import { PLATFORM } from "./address.ts";
import { slackApp } from "./app.ts";
import { backoff } from "./backoff.ts";
import { callsOf, slackClient } from "./calls.ts";
import { slackDirectory } from "./directory.ts";
import { isRefusal } from "./errors.ts";
import { NO_FILES, slackFiles } from "./files.ts";
import { httpReceiver } from "./http-receiver.ts";
import type { KeepClock } from "./keep-open.ts";
import { slackMessenger } from "./messenger.ts";
import { tokenWatch } from "./token-watch.ts";
import { homeOf } from "./origin.ts";
import { createPace, type PaceClock } from "./pace.ts";
import { responder } from "./respond.ts";
import { savingReceiver, type SavingReceiver } from "./saving-receiver.ts";
import type { SlackSettings } from "./settings.ts";
import { mendSignature } from "./signature.ts";
import { REAL_KEEPING, socketReceiver } from "./socket-receiver.ts";
import { taker, type Installation } from "./take.ts";

/** Milliseconds to finish what is under way. A response that was not shown by then is shown at the next tap. */
const FINISHING = 10_000;

/** What tells the time, and waits: a test has its own. */
export interface SlackClocks {
  readonly pace?: PaceClock;
  readonly keeping?: KeepClock;
  /** The time as Slack's messages have it, in milliseconds of the epoch. */
  readonly now?: () => number;
}

/** The Slack platform, with Socket Mode or with signed requests to Attune's server. */
export function slackPlatform(
  settings: SlackSettings,
  deps: PlatformDeps,
  { pace, keeping = REAL_KEEPING, now = Date.now }: SlackClocks = {},
): Platform {
  const { log } = deps;
  const client = slackClient(settings);
  const token = tokenWatch();
  const calls = token.watched(callsOf(client, createPace(pace)));
  let us: Installation | undefined;
  const installation = () => us;
  const directory = slackDirectory(calls, log, installation);
  const receive = deps.receive.bind(deps);
  const files = deps.download === undefined ? NO_FILES : slackFiles(settings, deps.download);
  const wayIn = wayInOf(settings, deps, keeping);
  const receiver = savingReceiver(wayIn.receiver, taker({ receive, installation, directory, log, files }));
  const respond = responder(settings.apiUrl);
  const app = slackApp({ settings, receiver, calls, log, receive, respond, installation });
  const introduce = async (): Promise<Failed | undefined> => {
    try {
      us = await ownIds(client);
      token.accepted();
      return undefined;
    } catch (error) {
      token.failed(error);
      if (error instanceof AttuneError) throw error;
      return { error };
    }
  };

  return {
    name: PLATFORM,
    messenger: slackMessenger({ calls, directory, log, now }),
    routes: wayIn.routes,
    ...lifeOf({ introduce, app, receiver, log, keeping }),
    trouble: () => (token.isRefused() ? "token" : us === undefined ? "connection" : wayIn.trouble()),
  };
}

/** How what people do comes in from Slack. */
interface WayIn {
  readonly receiver: Receiver;
  readonly routes: readonly PlatformRoute[];
  trouble(): PlatformTrouble | undefined;
}

function wayInOf({ way, apiUrl, isProxied }: SlackSettings, deps: PlatformDeps, clock: KeepClock): WayIn {
  const { log } = deps;
  if (way.mode === "socket") {
    const { appToken } = way;
    const receiver = socketReceiver({
      appToken,
      isProxied,
      log,
      clock,
      ...(apiUrl === undefined ? {} : { apiUrl }),
    });
    return { receiver, routes: [], trouble: () => (receiver.isConnected() ? undefined : "connection") };
  }
  const callers = callersOf({
    log,
    now: () => performance.now(),
    onCall: deps.watchCalls?.(PLATFORM),
    mending: mendSignature,
  });
  const receiver = httpReceiver(way.signingSecret, callers);
  return {
    receiver,
    routes: [receiver.route],
    trouble: () => (callers.areRefused() ? "requests" : undefined),
  };
}

/** Our own ids, as Slack tells them. @throws AttuneError `config` when it refuses the token; else what the call threw */
async function ownIds(client: WebClient): Promise<Installation> {
  const answer = await client.auth.test().catch((cause: unknown) => {
    if (!isRefusal(cause)) throw cause;
    throw new AttuneError(
      "config",
      "Slack refuses SLACK_BOT_TOKEN: install the app in the workspace, and copy the Bot User OAuth Token anew.",
      { cause },
    );
  });
  const { user_id: botUser, bot_id: bot } = answer;
  const home = homeOf(answer);
  if (home === undefined || botUser === undefined || bot === undefined)
    throw new AttuneError(
      "config",
      "SLACK_BOT_TOKEN is no bot's token: copy the one that begins with xoxb-.",
    );
  return { ...home, botUser, bot };
}

interface Failed {
  readonly error: unknown;
}

interface LifeDeps {
  /** Asks Slack who we are. Returns the failure where it cannot tell just now. @throws AttuneError `config` when it refuses the token */
  introduce(): Promise<Failed | undefined>;
  readonly app: App;
  readonly receiver: SavingReceiver;
  readonly log: Log;
  readonly keeping: KeepClock;
}

/** Start and stop. While Slack is out of reach, the start is tried again. */
function lifeOf({ introduce, app, receiver, log, keeping }: LifeDeps): Pick<Platform, "start" | "stop"> {
  const ending = new AbortController();
  let going: Promise<void> | undefined;

  const goOn = async (first: Failed): Promise<void> => {
    let failed: Failed | undefined = first;
    for (let failures = 1; failed !== undefined; failures++) {
      log.warn({ failures, error: failed.error }, "Slack is out of reach; trying again");
      await keeping.sleep(backoff(failures, failed.error, Math.random()), ending.signal);
      if (ending.signal.aborted) return;
      failed = await introduce().catch((error: unknown) => ({ error }));
    }
    if (!ending.signal.aborted) await app.start();
  };

  return {
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
  };
}
