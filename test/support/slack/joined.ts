import { serve, type ServerType } from "@hono/node-server";
import { Hono } from "hono";
import { DIRECT } from "#adapters/feed/request.ts";
import { fileTransfer } from "#adapters/feed/upload.ts";
import { slackPlatform } from "#adapters/slack/platform.ts";
import type { KeepClock } from "#adapters/slack/keep-open.ts";
import type { PaceClock } from "#adapters/slack/pace.ts";
import { mountPlatforms } from "#src/composition/platforms.ts";
import type { Inbound, BotResponse } from "#src/ports/inbound.ts";
import type { Log } from "#src/ports/log.ts";
import type { Platform } from "#src/ports/platform.ts";
import { SILENT } from "#test/support/attune.ts";
import type { Member } from "./member.ts";
import { APP_TOKEN, BOT_TOKEN, SECRET, type StandIn } from "./stand-in.ts";

export type Mode = "socket" | "http";

/** A clock whose waiting takes no time, so that a test need not wait for Slack's rates. */
export const HURRIED: PaceClock = { now: () => performance.now() * 1_000, sleep: async () => {} };

export interface Joining {
  readonly mode: Mode;
  receive(inbound: Inbound): Promise<BotResponse>;
  readonly log?: Log;
  readonly pace?: PaceClock;
  /** In place of real time between two openings of the socket. */
  readonly keeping?: KeepClock;
}

/** Attune's Slack platform at this workspace, listening the way that `mode` says once it is started. */
export async function joined(
  slack: StandIn,
  { mode, receive, log = SILENT, pace = HURRIED, keeping }: Joining,
): Promise<{ readonly platform: Platform; close(): Promise<void> }> {
  const way =
    mode === "socket" ? ({ mode, appToken: APP_TOKEN } as const) : ({ mode, signingSecret: SECRET } as const);
  const platform = slackPlatform(
    { botToken: BOT_TOKEN, way, apiUrl: slack.apiUrl },
    { receive, log, download: fileTransfer(DIRECT).download },
    { pace, now: () => slack.workspace.now(), ...(keeping === undefined ? {} : { keeping }) },
  );
  let server: ServerType | undefined;
  if (mode === "http") {
    const app = new Hono();
    mountPlatforms(app, [platform]);
    await new Promise<void>((resolve) => {
      server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) => {
        slack.callAt(`http://127.0.0.1:${port}/slack/events`);
        resolve();
      });
    });
  }
  return {
    platform,
    async close() {
      await platform.stop();
      await new Promise<void>((resolve) =>
        server === undefined ? resolve() : server.close(() => resolve()),
      );
    },
  };
}

/** Slack is acknowledged before the answer is shown: resolves once nothing has changed for a moment. */
export async function settle(one: Member): Promise<void> {
  let before = "";
  for (let still = 0; still < 4;) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    const now = JSON.stringify([one.messages(), one.home()]);
    still = now === before ? still + 1 : 0;
    before = now;
  }
}
