import { setTimeout as sleep } from "node:timers/promises";
import { AttuneError } from "#src/errors.ts";
import { callersOf } from "#src/ports/callers.ts";
import type { Platform, PlatformDeps } from "#src/ports/platform.ts";
import { PLATFORM } from "./address.ts";
import { createConnector, isAllowed } from "./connector.ts";
import { DOCTOR, mendToken } from "./distrust.ts";
import { refusalOf } from "./entra.ts";
import { createHost, type HostAnswer } from "./host.ts";
import { createMembers } from "./members.ts";
import { pageRoutes } from "./pages.ts";
import { MESSAGES_PATH } from "./paths.ts";
import { teamsMessenger } from "./messenger.ts";
import type { TeamsSettings } from "./settings.ts";
import { takeTurn } from "./turn.ts";

/** Where Teams serves bots: the public cloud and its government community cloud. Exact hosts: our token goes there. */
const SERVICES = ["smba.trafficmanager.net", "smba.infra.gcc.teams.microsoft.com"];

/** Bytes; an activity is a few thousand. */
const LARGEST = 256_000;
/** Milliseconds that the start waits for Entra. */
const PATIENCE = 8_000;

export interface TeamsExtras {
  /** Without a token, so that whoever asks is believed: for Microsoft's own playground, in a test. */
  readonly open?: true;
  /** In place of real time, for a test that need not wait for Teams' rates; milliseconds. */
  readonly pace?: { now(): number; sleep(milliseconds: number): Promise<void> };
  /** In place of the token that the credentials give: for a connector that a test owns. */
  token?(): Promise<string>;
}

export interface TeamsPlatform extends Platform {
  /** Resolves once nothing is under way. */
  settled(): Promise<void>;
}

/** Attune as a personal app of Teams. */
export function teamsPlatform(
  settings: TeamsSettings,
  deps: PlatformDeps,
  extras: TeamsExtras = {},
): TeamsPlatform {
  const { log } = deps;
  if (settings.appId === "" && extras.open !== true) {
    // With an empty id the SDK believes everybody.
    throw new AttuneError("config", "MicrosoftAppId is empty: copy it from the Azure bot's configuration.");
  }
  const host = createHost(settings, log, extras.open);
  const services = new Set([...SERVICES, ...(settings.services ?? [])]);
  const token = extras.token ?? (() => host.token());
  const connector = createConnector({
    token,
    services,
    tenant: settings.tenantId,
    log,
    ...(extras.pace ?? REAL),
  });
  const members = createMembers(connector, settings.tenantId);
  const pending = new Set<Promise<unknown>>();
  const tracked = <Result>(work: Promise<Result>): Promise<Result> => {
    pending.add(work);
    const forget = () => void pending.delete(work);
    work.then(forget, forget);
    return work;
  };
  const turns = {
    receive: deps.receive,
    connector,
    members,
    log,
    afterwards: (work: Promise<void>) => void tracked(work),
  };
  const settled = async (): Promise<void> => {
    while (pending.size > 0) await Promise.allSettled(pending);
  };
  let isRunning = false;
  /** False while Microsoft's keys cannot be fetched. */
  let canTrust = true;

  const callers = callersOf({
    log,
    now: () => performance.now(),
    onCall: deps.watchCalls?.(PLATFORM),
    mending: mendToken,
  });

  const handle = async (request: Request): Promise<HostAnswer> => {
    if (!isRunning) return { status: 503 };
    const authorization = request.headers.get("authorization") ?? "";
    const answer = await host.receive(authorization, await bodyOf(request), async (activity) => {
      callers.believed();
      if (!isAllowed(activity.service, services)) throw new ForeignService();
      return takeTurn(turns, activity);
    });
    // Anybody may post here as often as they like: the log has a line when it begins, and none for each.
    if (answer.status === 503 && canTrust)
      log.error({}, "Microsoft's keys are out of reach, so no request can be trusted");
    canTrust = answer.status !== 503;
    if (answer.status !== 200) log.debug({ status: answer.status }, "a request was refused");
    if (answer.why !== undefined && request.headers.get("user-agent") !== DOCTOR) callers.refused(answer.why);
    return answer;
  };

  return {
    name: PLATFORM,
    messenger: teamsMessenger({ connector, members, log }),
    routes: [
      ...pageRoutes,
      {
        method: "POST",
        path: MESSAGES_PATH,
        largestBody: LARGEST,
        handle: (request) => tracked(handle(request).catch(failed(log)).then(responseOf)),
      },
    ],
    async start() {
      isRunning = true;
      await tryToken(token, log);
    },
    async stop() {
      isRunning = false;
      await settled();
    },
    settled,
    health: () => (isRunning && canTrust && !callers.areRefused() ? "ok" : "failing"),
  };
}

const REAL = { now: () => performance.now(), sleep: (milliseconds: number) => sleep(milliseconds) };

class ForeignService extends Error {}

/** What went wrong on our side is 503, so that Teams says to try again. */
const failed =
  (log: PlatformDeps["log"]) =>
  (error: unknown): HostAnswer => {
    if (error instanceof ForeignService) {
      log.warn({}, "a request named a service that is none of Teams'");
      return { status: 403 };
    }
    log.error({ code: error instanceof AttuneError ? error.code : "bug", error }, "a request failed");
    return { status: 503 };
  };

const responseOf = ({ status, body }: HostAnswer): Response =>
  body === undefined ? new Response(null, { status }) : Response.json(body, { status });

async function bodyOf(request: Request): Promise<unknown> {
  const text = await request.text();
  if (text.length > LARGEST) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Entra says by its codes that an app or its secret is wrong; without an answer the start goes on. */
async function tryToken(token: () => Promise<string>, log: PlatformDeps["log"]): Promise<void> {
  try {
    await Promise.race([token(), sleep(PATIENCE)]);
  } catch (cause) {
    const said = refusalOf(cause);
    if (said !== undefined)
      throw new AttuneError(
        "config",
        `Microsoft Entra refuses MicrosoftAppId with MicrosoftAppPassword (${said}): copy both anew from the Azure bot.`,
        { cause },
      );
    log.warn({}, "Microsoft Entra is out of reach just now; Attune goes on trying");
  }
}
