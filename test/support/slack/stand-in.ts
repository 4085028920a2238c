import { type Json, str } from "./json.ts";
import { createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { WebSocketServer, type WebSocket } from "ws";
import { Workspace } from "./workspace.ts";
import { fileShelf, type FileShelf } from "./files.ts";
import type { Rates } from "./rates.ts";

export const BOT_TOKEN = "xoxb-stand-in";
export const APP_TOKEN = "xapp-stand-in";
export const SECRET = "stand-in-signing-secret";

/** What became of something that Slack told the app. */
export interface Delivered {
  readonly acknowledged: boolean;
  readonly answer?: Json;
  readonly status?: number;
}

export type Kind = "events_api" | "interactive" | "slash_commands";

export interface StandIn extends AsyncDisposable {
  readonly apiUrl: string;
  readonly workspace: Workspace;
  readonly files: FileShelf;
  /** Every call of a Web API method, in order. */
  readonly calls: readonly { readonly method: string; readonly args: Json; readonly answer: string }[];
  /** Tells the app, the way it listens; events that it does not acknowledge are told again, up to three times. */
  deliver(kind: Kind, body: Json): Promise<Delivered>;
  /** What becomes of each payload before it leaves, as on Enterprise Grid. */
  disguise: ((kind: Kind, body: Json) => Json) | undefined;
  /** Tells the app once, as this repeat. */
  deliverOnce(kind: Kind, body: Json, repeat?: number): Promise<Delivered>;
  /** Signs and posts a body, or what is made of it. */
  post(body: string, headers?: Readonly<Record<string, string>>): Promise<Response>;
  /** From now on the app is called at this address. */
  callAt(url: string): void;
  /** Sockets that stand open now. */
  sockets(): number;
  /** Asks the app to reconnect, or cuts its sockets without a word. */
  disconnect(how: "asked" | "cut" | "disabled"): void;
  /** Sends this over every socket, whatever it is. */
  babble(words: string): void;
  /** Called with each accepted message before Slack answers. */
  onPosted: (() => void) | undefined;
  /** The next post breaks before or after it arrived. */
  breakNext(when: "before" | "after"): void;
  /** Slack refuses new sockets, or is out of reach. */
  closed: boolean;
  /** What is wrong with Slack, or with what stands before it, from now on. */
  ailment: Ailment | undefined;
}

/** Of every call: `refuses` breaks it off, `hangs` never answers (or breaks it off after so many milliseconds), `floods` says 429 for so many seconds. Of sockets alone, the others. */
export type Ailment =
  | { readonly how: "refuses" }
  | { readonly how: "hangs"; readonly milliseconds?: number }
  | { readonly how: "floods"; readonly seconds?: number }
  /** A proxy lets no socket through. */
  | { readonly how: "forbidden" }
  /** The connection stands, and nothing comes. */
  | { readonly how: "silent" }
  /** Before the greeting: with a reason of Slack's, or without a word. */
  | { readonly how: "closes" | "resets" }
  | { readonly how: "greets-and-closes" }
  /** Messages that the SDK cannot read, after the greeting. */
  | { readonly how: "babbles" };

export interface StandInWish {
  readonly rates?: Rates;
  /** Milliseconds that Slack waits for an acknowledgement. */
  readonly patience?: number;
  /** Milliseconds before it tells again. */
  readonly pause?: number;
  readonly delay?: number;
}

/** A local Slack over real HTTP and a real WebSocket. */
export async function standIn(wish: StandInWish = {}): Promise<StandIn> {
  const { rates, patience = 3_000, pause = 50, delay = 0 } = wish;
  const workspace = new Workspace();
  const files = fileShelf(
    () => base,
    (token) => token === BOT_TOKEN && workspace.scopes.has("files:read"),
  );
  const calls: { method: string; args: Json; answer: string }[] = [];
  const broken: ("before" | "after")[] = [];
  const open = new Set<WebSocket>();
  const waiting = new Map<string, (answer: Json | undefined) => void>();
  let url: string | undefined;

  const server = createServer((request, response) => void serve(request, response));
  const wss = new WebSocketServer({ noServer: true });
  const hello = (ws: WebSocket): void =>
    ws.send(
      JSON.stringify({
        type: "hello",
        num_connections: open.size,
        connection_info: { app_id: "A0ATTUNE1" },
      }),
    );
  const goodbye = (ws: WebSocket): void => {
    ws.send(JSON.stringify({ type: "disconnect", reason: "too_many_websockets" }));
    ws.close();
  };
  /** What a socket meets that has just been opened. */
  const greet = (ws: WebSocket): void => {
    switch (self.ailment?.how) {
      case "silent":
        return;
      case "closes":
        return goodbye(ws);
      case "resets":
        return ws.terminate();
      case "greets-and-closes":
        hello(ws);
        return goodbye(ws);
      case "babbles":
        hello(ws);
        for (const words of ["null", "[]", "{", '{"type":"events_api"}', '{"type":"interactive"}'])
          ws.send(words);
        return;
      default:
        hello(ws);
    }
  };
  server.on("upgrade", (request, socket, head) => {
    if (self.ailment?.how === "forbidden") {
      socket.end("HTTP/1.1 403 Forbidden\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
      return;
    }
    wss.handleUpgrade(request, socket, head, (ws) => {
      open.add(ws);
      ws.on("close", () => open.delete(ws));
      ws.on("error", () => open.delete(ws));
      ws.on("message", (data: Buffer) => {
        const { envelope_id: id, payload } = JSON.parse(data.toString()) as {
          envelope_id: string;
          payload?: Json;
        };
        waiting.get(id)?.(payload ?? {});
      });
      greet(ws);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  workspace.base = base;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const text = body.toString();
    const path = new URL(request.url ?? "/", base).pathname;
    if (delay > 0) await sleep(delay);
    if (path.startsWith("/respond/")) {
      const problem = workspace.respond(path.slice(9), JSON.parse(text) as Json);
      response.writeHead(problem === undefined ? 200 : 404).end(problem ?? "ok");
      return;
    }
    if (path.startsWith("/files/")) {
      const given = request.headers.authorization?.replace("Bearer ", "");
      return files.serve(path.slice("/files/".length), given, response);
    }
    if (path.startsWith("/upload/")) {
      const part = await partOf(request.headers["content-type"] ?? "", body);
      const isTaken = workspace.upload(path.slice("/upload/".length), part);
      response.writeHead(isTaken ? 200 : 400).end(isTaken ? `OK - ${part.length}` : "no");
      return;
    }
    const method = path.replace("/api/", "");
    const args = argumentsOf(request.headers["content-type"] ?? "", text);
    const token = request.headers.authorization?.replace("Bearer ", "") ?? str(args["token"]);
    const reply = (answer: Json, status = 200, headers: Record<string, string> = {}) => {
      calls.push({ method, args, answer: answer["ok"] === true ? "ok" : str(answer["error"]) });
      const scopes = [...workspace.scopes].join(",");
      response.writeHead(status, {
        "content-type": "application/json",
        "x-oauth-scopes": scopes,
        ...headers,
      });
      response.end(JSON.stringify(answer));
    };
    const { ailment } = self;
    if (ailment?.how === "refuses" || ailment?.how === "hangs")
      calls.push({ method, args, answer: ailment.how });
    if (ailment?.how === "refuses") return void request.socket.destroy();
    if (ailment?.how === "hangs") {
      if (ailment.milliseconds !== undefined)
        setTimeout(() => request.socket.destroy(), ailment.milliseconds);
      return;
    }
    if (ailment?.how === "floods")
      return reply({ ok: false, error: "ratelimited" }, 429, {
        "retry-after": String(ailment.seconds ?? 30),
      });
    if (method === "apps.connections.open") {
      if (token !== APP_TOKEN) return reply({ ok: false, error: "invalid_auth" });
      if (self.closed) return void request.socket.destroy();
      return reply({ ok: true, url: `${base.replace("http", "ws")}/link` });
    }
    if (token !== BOT_TOKEN) return reply({ ok: false, error: "invalid_auth" });
    const wait = rates?.refuses(method, args["channel"] as string | undefined);
    if (wait !== undefined)
      return reply({ ok: false, error: "ratelimited" }, 429, { "retry-after": String(Math.ceil(wait)) });
    const breaks = method === "chat.postMessage" ? broken.shift() : undefined;
    if (breaks === "before") return void request.socket.destroy();
    const answer = workspace.call(method, args);
    if (method === "chat.postMessage" && answer["ok"] === true) self.onPosted?.();
    if (breaks === "after") return void request.socket.destroy();
    return reply(answer);
  }

  const overSocket = async (kind: Kind, body: Json, repeat: number): Promise<Delivered> => {
    const [ws] = open;
    if (ws === undefined) return { acknowledged: false };
    const id = workspace.next("envelope-");
    const answer = await new Promise<Json | undefined>((resolve) => {
      waiting.set(id, resolve);
      setTimeout(() => resolve(undefined), patience).unref();
      const retried =
        kind === "events_api" ? { retry_attempt: repeat, retry_reason: repeat === 0 ? "" : "timeout" } : {};
      ws.send(
        JSON.stringify({
          type: kind,
          envelope_id: id,
          payload: body,
          accepts_response_payload: kind !== "events_api",
          ...retried,
        }),
      );
    });
    waiting.delete(id);
    return answer === undefined ? { acknowledged: false } : { acknowledged: true, answer };
  };

  const post: StandIn["post"] = async (body, headers = {}) => {
    const timestamp = headers["x-slack-request-timestamp"] ?? String(Math.floor(Date.now() / 1_000));
    return fetch(url!, {
      method: "POST",
      body,
      headers: {
        "content-type": "application/json",
        "x-slack-request-timestamp": timestamp,
        "x-slack-signature": signatureOf(body, timestamp),
        ...headers,
      },
      signal: AbortSignal.timeout(patience),
    });
  };

  const overHttp = async (kind: Kind, body: Json, repeat: number): Promise<Delivered> => {
    const form =
      kind === "slash_commands"
        ? new URLSearchParams(body as Record<string, string>)
        : new URLSearchParams({ payload: JSON.stringify(body) });
    const isEvent = kind === "events_api";
    const headers: Record<string, string> = {
      "content-type": isEvent ? "application/json" : "application/x-www-form-urlencoded",
      ...(repeat === 0
        ? {}
        : { "x-slack-retry-num": String(repeat), "x-slack-retry-reason": "http_timeout" }),
    };
    try {
      const response = await post(isEvent ? JSON.stringify(body) : form.toString(), headers);
      const text = await response.text();
      const answer = text.startsWith("{") ? (JSON.parse(text) as Json) : {};
      return { acknowledged: response.ok, answer, status: response.status };
    } catch {
      return { acknowledged: false };
    }
  };

  const deliverOnce: StandIn["deliverOnce"] = (kind, given, repeat = 0) => {
    const body = self.disguise?.(kind, given) ?? given;
    return url === undefined ? overSocket(kind, body, repeat) : overHttp(kind, body, repeat);
  };

  const self: StandIn = {
    apiUrl: `${base}/api/`,
    files,
    workspace,
    calls,
    closed: false,
    disguise: undefined,
    ailment: undefined,
    onPosted: undefined,
    deliverOnce,
    async deliver(kind, body) {
      for (let repeat = 0; ; repeat++) {
        const delivered = await deliverOnce(kind, body, repeat);
        if (delivered.acknowledged || kind !== "events_api" || repeat === 3) return delivered;
        await sleep(pause);
      }
    },
    post,
    callAt(address) {
      url = address;
    },
    sockets: () => open.size,
    disconnect(how) {
      for (const ws of open) {
        if (how === "cut") ws.terminate();
        else {
          const reason = how === "asked" ? "refresh_requested" : "link_disabled";
          ws.send(JSON.stringify({ type: "disconnect", reason }));
        }
      }
    },
    babble(words) {
      for (const ws of open) ws.send(words);
    },
    breakNext: (when) => void broken.push(when),
    async [Symbol.asyncDispose]() {
      for (const ws of open) ws.terminate();
      wss.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  return self;
}

export const signatureOf = (body: string, timestamp: string, secret = SECRET): string =>
  `v0=${createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex")}`;

/** The one file of a form with parts. */
async function partOf(type: string, body: Buffer): Promise<Buffer> {
  const form = await new Response(new Uint8Array(body), { headers: { "content-type": type } }).formData();
  const part = [...form.values()].find((one) => typeof one !== "string");
  return Buffer.from((await part?.arrayBuffer()) ?? new ArrayBuffer(0));
}

/** The SDK sends forms whose objects are JSON. */
function argumentsOf(type: string, text: string): Json {
  if (type.startsWith("application/json")) return JSON.parse(text) as Json;
  return Object.fromEntries(
    [...new URLSearchParams(text)].map(([key, value]) => [
      key,
      /^[[{]/u.test(value) ? (JSON.parse(value) as unknown) : value,
    ]),
  );
}
