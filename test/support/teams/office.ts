import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { teamsAddress } from "#adapters/teams/address.ts";
import { MESSAGES_PATH } from "#adapters/teams/paths.ts";
import { teamsPlatform, type TeamsPlatform } from "#adapters/teams/platform.ts";
import type { Address } from "#src/domain/person.ts";
import { mountPlatforms } from "#src/composition/platforms.ts";
import type { Inbound, BotResponse } from "#src/ports/inbound.ts";
import type { Download, Upload } from "#src/ports/download.ts";
import type { Log, LogFields } from "#src/ports/log.ts";
import { connectorService, type ConnectorService } from "./connector-service.ts";
import { ISSUER, keyServer, token, type Claims, type KeyServer, type SigningKey } from "./key-server.ts";

export const APP = "11111111-1111-4111-8111-111111111111";
export const TENANT = "22222222-2222-4222-8222-222222222222";
export const BOT = `28:${APP}`;
/** The connector's token, which no log may show. */
const SECRET = "token-of-the-bot";

/** Somebody's account, by a short name. */
export const objectOf = (name: string): string =>
  `33333333-3333-4333-8333-${Buffer.from(name).toString("hex").padStart(12, "0").slice(-12)}`;
export const chatOf = (name: string): string => `a:chat-of-${name}`;

export interface Wish {
  readonly claims?: Claims;
  readonly header?: Claims;
  readonly key?: SigningKey;
  /** In place of a signed token. */
  readonly authorization?: string;
}

/** Attune's side of Teams on real HTTP, with a key server and a connector service of the test's own. */
export interface Office extends AsyncDisposable {
  readonly keys: KeyServer;
  readonly service: ConnectorService;
  readonly platform: TeamsPlatform;
  readonly url: string;
  /** Everything that reached the core. */
  readonly received: Inbound[];
  /** Every line that was logged. */
  readonly logged: string[];
  addressOf(name: string): Address;
  /** An activity of this person, as Teams would send it. */
  activity(name: string, over?: Claims): Record<string, unknown>;
  /** Sends an activity as Teams does. */
  post(activity: unknown, wish?: Wish): Promise<Response>;
  /** A platform that has been started anew. */
  restart(): Promise<TeamsPlatform>;
}

const ELSEWHERE = { trouble: "elsewhere" } as const;

/** @param download in place of Microsoft's hosts for files, which a test does not ask; `upload` as well */
export async function office(
  receive: (inbound: Inbound) => Promise<BotResponse> = nothing,
  download: Download = async () => ({ trouble: "unavailable" }),
  upload: Upload = async () => false,
): Promise<Office> {
  const keys = await keyServer();
  const service = await connectorService();
  const received: Inbound[] = [];
  const logged: string[] = [];
  const log = logOf(logged);
  const open = async (): Promise<TeamsPlatform> => {
    const platform = teamsPlatform(
      {
        appId: APP,
        appPassword: "hush",
        tenantId: TENANT,
        appType: "SingleTenant",
        cloud: keys.cloud,
        services: [new URL(service.url).origin],
      },
      {
        log,
        download: async (wanted) => (wanted.isOurs(new URL(wanted.url)) ? download(wanted) : ELSEWHERE),
        upload: async (wanted) => wanted.isOurs(new URL(wanted.url)) && upload(wanted),
        receive: (inbound) => {
          received.push(inbound);
          return receive(inbound);
        },
      },
      { token: async () => SECRET, pace: HURRIED },
    );
    await platform.start();
    return platform;
  };
  let platform = await open();
  const app = new Hono();
  const paths = platform.routes.map(({ method, path }) => ({ method, path }));
  // After a restart the same paths lead to the new platform.
  const routes = paths.map((route, index) => ({
    ...route,
    handle: (request: Request) => platform.routes[index]!.handle(request),
  }));
  mountPlatforms(app, [{ ...platform, routes }]);
  const { server, url } = await new Promise<{ server: ReturnType<typeof serve>; url: string }>((resolve) => {
    const server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) =>
      resolve({ server, url: `http://127.0.0.1:${port}` }),
    );
  });
  let ids = 0;

  return {
    keys,
    service,
    get platform() {
      return platform;
    },
    url,
    received,
    logged,
    addressOf: (name) =>
      teamsAddress({
        tenant: TENANT,
        user: objectOf(name),
        conversation: chatOf(name),
        service: service.url,
        bot: BOT,
      }),
    activity: (name, over = {}) => ({
      type: "message",
      id: `${++ids}`,
      timestamp: "2026-12-01T00:00:00.000Z",
      channelId: "msteams",
      serviceUrl: service.url,
      from: { id: `29:${name}`, name, aadObjectId: objectOf(name) },
      conversation: { id: chatOf(name), conversationType: "personal", tenantId: TENANT },
      recipient: { id: BOT, name: "Attune" },
      channelData: { tenant: { id: TENANT } },
      textFormat: "plain",
      text: "home",
      locale: "ja-JP",
      ...over,
    }),
    async post(activity, wish = {}) {
      const now = Math.floor(Date.now() / 1_000);
      const claims = {
        iss: ISSUER,
        aud: APP,
        iat: now - 60,
        nbf: now - 60,
        exp: now + 3_600,
        serviceurl: service.url,
        ...wish.claims,
      };
      const authorization =
        wish.authorization ?? `Bearer ${token(claims, wish.key ?? keys.key, wish.header)}`;
      return fetch(`${url}${MESSAGES_PATH}`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          ...(authorization === "" ? {} : { authorization }),
        },
        body: typeof activity === "string" ? activity : JSON.stringify(activity),
      });
    },
    async restart() {
      await platform.stop();
      platform = await open();
      return platform;
    },
    async [Symbol.asyncDispose]() {
      await platform.stop();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        if ("closeAllConnections" in server) server.closeAllConnections();
      });
      await service[Symbol.asyncDispose]();
      await keys[Symbol.asyncDispose]();
    },
  };
}

/** Waiting takes no time, so that a test need not wait for Teams' rates. */
const HURRIED = { now: () => performance.now() * 1_000, sleep: async () => {} };

const nothing = async (): Promise<BotResponse> => ({ kind: "none" });

function logOf(lines: string[]): Log {
  const write = (fields: LogFields, message: string) => void lines.push(JSON.stringify([message, fields]));
  return { debug: write, info: write, warn: write, error: write };
}
