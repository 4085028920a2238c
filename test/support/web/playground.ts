import { createHub, type Hub } from "#adapters/web/hub.ts";
import { webMessenger } from "#adapters/web/messenger.ts";
import { playground } from "#adapters/web/playground.ts";
import { passingKey } from "#db/keys/keys.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import type { ChatLog } from "#src/ports/chat.ts";
import { personId } from "#src/domain/person.ts";
import { instant, later, type Instant } from "#src/domain/time.ts";
import type { Inbound, BotResponse } from "#src/ports/inbound.ts";
import type { Messenger } from "#src/ports/messenger.ts";
import type { CastMember, Stage } from "#src/ports/stage.ts";
import { SILENT } from "#test/support/attune.ts";

/** Three people, one of them reading Japanese. */
export const CAST: readonly CastMember[] = [
  {
    id: personId("r1"),
    name: { en: "Haruka Tanaka", ja: "Haruka Tanaka" },
    called: { en: "Dr. Tanaka", ja: "Tanaka先生" },
    roles: ["resident"],
    locale: "en",
  },
  {
    id: personId("a1"),
    name: { en: "Ken Sato", ja: "佐藤 健" },
    called: { en: "Dr. Sato", ja: "佐藤先生" },
    roles: ["attending"],
    locale: "ja",
  },
  {
    id: personId("c1"),
    name: { en: "Yui Mori", ja: "Yui Mori" },
    called: { en: "Yui Mori", ja: "Moriさん" },
    roles: ["coordinator"],
    locale: "en",
  },
];

export const HOME = "127.0.0.1:3000";

/** The playground's interface without a process behind it: real chats, and a core that answers what a test wants. */
export interface TestPlayground extends AsyncDisposable {
  readonly chat: ChatLog;
  readonly hub: Hub;
  readonly received: Inbound[];
  answer(reply: (inbound: Inbound) => BotResponse | Promise<BotResponse>): void;
  messenger(): Messenger;
  /** A request as this machine's browser would send it. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** JSON from a page of this very process; `headers` are put over the right ones. */
  post(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<Response>;
}

export async function openPlayground(over: Partial<Stage> = {}): Promise<TestPlayground> {
  const db = openSqlite({ file: ":memory:", keys: passingKey() });
  const chat = db.chat("test");
  const hub = createHub();
  const received: Inbound[] = [];
  let reply: (inbound: Inbound) => BotResponse | Promise<BotResponse> = () => ({ kind: "none" });
  const stage = stageOf(over);
  const app = playground({
    stage,
    chat,
    hub,
    receive: async (inbound) => {
      received.push(inbound);
      return reply(inbound);
    },
    log: SILENT,
  });
  const fetch = async (path: string, init: RequestInit = {}): Promise<Response> =>
    app.request(`http://${HOME}${path}`, { ...init, headers: { host: HOME, ...init.headers } });
  const page = await (await fetch("/")).text();
  const token = /name="attune-token" content="([^"]+)"/.exec(page)?.[1] ?? "";

  return {
    chat,
    hub,
    received,
    answer: (next) => {
      reply = next;
    },
    messenger: () => webMessenger({ chat, now: () => stage.now(), hub }),
    fetch,
    post: (path, body, headers = {}) =>
      fetch(path, {
        method: "POST",
        body: typeof body === "string" ? body : JSON.stringify(body),
        headers: {
          "content-type": "application/json",
          "x-attune-token": token,
          origin: `http://${HOME}`,
          ...headers,
        },
      }),
    [Symbol.asyncDispose]: async () => {
      hub.close();
      await db.close();
    },
  };
}

function stageOf(over: Partial<Stage>): Stage {
  let now: Instant = instant(Date.UTC(2026, 10, 30, 22, 45));
  return {
    programName: { en: "Test Hospital", ja: "さくら病院" },
    timeZone: "Asia/Tokyo",
    travels: true,
    now: () => now,
    cast: async () => CAST,
    strip: async (from, to) => ({ from, to, now, duties: [], overlaps: [], nudges: [] }),
    jump: async () => (now = later(now, 3_600_000)),
    startOver: async () => now,
    ...over,
  };
}
