import { setTimeout as sleep } from "node:timers/promises";
import { AttuneError } from "#src/errors.ts";
import { callersOf } from "#src/ports/callers.ts";
import type { Platform, PlatformDeps } from "#src/ports/platform.ts";
import { PLATFORM } from "./address.ts";
import { createConnector, isAllowed } from "./connector.ts";
import { DOCTOR, mendToken } from "./distrust.ts";
import { createHost, type Host, type HostAnswer } from "./host.ts";
import { createMembers } from "./members.ts";
import { ownToken } from "./own-token.ts";
import { pageRoutes } from "./pages.ts";
import { MESSAGES_PATH } from "./paths.ts";
import { teamsMessenger } from "./messenger.ts";
import type { TeamsSettings } from "./settings.ts";
import { takeTurn, type TurnDeps } from "./turn.ts";

/** The hosts of Teams' bot service, public and government cloud. Exact names, since our token is sent there. */
const SERVICES = ["smba.trafficmanager.net", "smba.infra.gcc.teams.microsoft.com"];

/** The largest body in bytes. An activity has a few thousand. */
const LARGEST = 256_000;

export interface TeamsExtras {
  /** Accept requests without a token. Only in tests with Microsoft's own playground. */
  readonly open?: true;
  /** Replaces real time, so that a test need not wait for rate limits. Milliseconds. */
  readonly pace?: { now(): number; sleep(milliseconds: number): Promise<void> };
  /** Replaces the token of the credentials, for a test's own connector. */
  token?(): Promise<string>;
}

export interface TeamsPlatform extends Platform {
  /** Resolves once nothing is under way. */
  settled(): Promise<void>;
}

/** The Teams platform: Attune as a personal app. */
export function teamsPlatform(
  settings: TeamsSettings,
  deps: PlatformDeps,
  extras: TeamsExtras = {},
): TeamsPlatform {
  const { log } = deps;
  if (settings.appId === "" && extras.open !== true) {
    // With an empty id the SDK would accept every request.
    throw new AttuneError("config", "MicrosoftAppId is empty: copy it from the Azure bot's configuration.");
  }
  const host = createHost(settings, log, extras.open);
  const services = new Set([...SERVICES, ...(settings.services ?? [])]);
  const own = ownToken(extras.token ?? (() => host.token()), log);
  const connector = createConnector({
    token: () => own.get(),
    services,
    tenant: settings.tenantId,
    log,
    ...(extras.pace ?? REAL),
  });
  const members = createMembers(connector, settings.tenantId);
  const { tracked, settled } = workUnderWay();
  const trust = trustOf(deps);
  const receive = receiver(host, services, trust, {
    ...deps,
    connector,
    members,
    afterwards: (work) => void tracked(work),
  });
  let isRunning = false;
  const handle = async (request: Request): Promise<HostAnswer> =>
    isRunning ? receive(request) : { status: 503 };

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
      await own.start();
    },
    async stop() {
      isRunning = false;
      own.stop();
      await settled();
    },
    settled,
    trouble: () => (isRunning ? (own.trouble() ?? (trust.isGiven() ? undefined : "requests")) : "connection"),
  };
}

/** What is under way, so that stopping can wait for it. */
function workUnderWay() {
  const pending = new Set<Promise<unknown>>();
  return {
    tracked<Result>(work: Promise<Result>): Promise<Result> {
      pending.add(work);
      const forget = () => void pending.delete(work);
      work.then(forget, forget);
      return work;
    },
    async settled(): Promise<void> {
      while (pending.size > 0) await Promise.allSettled(pending);
    },
  };
}

/** Whether requests can be trusted and are; what is refused is logged and told to operators. */
function trustOf(deps: PlatformDeps) {
  const { log } = deps;
  const callers = callersOf({
    log,
    now: () => performance.now(),
    onCall: deps.watchCalls?.(PLATFORM),
    mending: mendToken,
  });
  /** False while Microsoft's keys cannot be fetched. */
  let hasKeys = true;
  return {
    believed: () => callers.believed(),
    answered({ status, why }: HostAnswer, { headers }: Request): void {
      // Anybody can post here as often as they like. So the log gets one line when it begins, not one for each request.
      if (status === 503 && hasKeys)
        log.error({}, "Microsoft's keys are out of reach, so no request can be trusted");
      hasKeys = status !== 503;
      if (status !== 200) log.debug({ status }, "a request was refused");
      if (why !== undefined && headers.get("user-agent") !== DOCTOR) callers.refused(why);
    },
    isGiven: () => hasKeys && !callers.areRefused(),
  };
}

/** Takes to the core what a trusted request says somebody did. */
function receiver(
  host: Host,
  services: ReadonlySet<string>,
  trust: ReturnType<typeof trustOf>,
  turns: TurnDeps,
): (request: Request) => Promise<HostAnswer> {
  return async (request) => {
    const authorization = request.headers.get("authorization") ?? "";
    const answer = await host.receive(authorization, await bodyOf(request), async (activity) => {
      trust.believed();
      if (!isAllowed(activity.service, services)) throw new ForeignService();
      const identified = await turns.members.identified(activity);
      if (identified === undefined) throw new Nobody();
      return takeTurn(turns, identified);
    });
    trust.answered(answer, request);
    return answer;
  };
}

const REAL = { now: () => performance.now(), sleep: (milliseconds: number) => sleep(milliseconds) };

class ForeignService extends Error {}

/** Whoever acted has no account in this tenant. */
class Nobody extends Error {}

/** An error of ours becomes 503, so that Teams tells the person to try again. */
const failed =
  (log: PlatformDeps["log"]) =>
  (error: unknown): HostAnswer => {
    if (error instanceof Nobody) {
      log.warn({}, "somebody without an account in this tenant was turned away");
      return { status: 403 };
    }
    if (error instanceof ForeignService) {
      log.warn(
        {},
        "a request named a service that Attune sends no token to: Teams' public cloud and GCC are supported, GCC High and DoD are not",
      );
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
