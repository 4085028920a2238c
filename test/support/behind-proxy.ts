import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { connect, type AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import { selfSigned } from "./feeds/certificate.ts";

/** An internet of which this machine knows no name: only its proxy leads to its one server, which answers for every host. */
export interface BehindProxy extends AsyncDisposable {
  /** Of the proxy. */
  readonly proxy: string;
  /** The authority that vouches for all hosts, in PEM. */
  readonly authority: string;
  /** "slack.com:443", each tunnel that was asked for, oldest first. */
  readonly tunnels: string[];
  /** "GET slack.com/api/auth.test", each request that came without its query, oldest first. */
  readonly requests: string[];
}

export interface Refusing {
  /** What has to stand before the @ of the proxy's address. */
  readonly user?: string;
  /** Hosts to which the proxy leads nobody. */
  readonly blocked?: readonly string[];
}

/** @param answers by host; a WebSocket is greeted as Slack greets it */
export async function behindProxy(
  answers: Readonly<Record<string, RequestListener>>,
  { user, blocked = [] }: Refusing = {},
): Promise<BehindProxy> {
  const certificate = selfSigned(2, [...Object.keys(answers), "wss-primary.slack.com", "hooks.slack.com"]);
  const requests: string[] = [];
  const note = ({ method, headers, url }: IncomingMessage) =>
    requests.push(`${method} ${headers.host}${url?.split("?")[0]}`);
  const server = createSecureServer(certificate, (request, response) => {
    note(request);
    const answer = answers[request.headers.host ?? ""];
    if (answer === undefined) response.writeHead(404).end();
    else answer(request, response);
  });
  const sockets = new WebSocketServer({ server });
  sockets.on("connection", (socket, request) => {
    note(request);
    socket.send(JSON.stringify({ type: "hello", num_connections: 1, connection_info: { app_id: "A1" } }));
  });
  const port = await listening(server);
  const tunnels: string[] = [];
  const open = new Set<Duplex>();
  const proxy = createServer((_, response) => response.writeHead(400).end());
  proxy.on("connect", ({ url = "", headers }: IncomingMessage, near: Duplex) => {
    open.add(near.on("error", () => undefined));
    tunnels.push(url);
    const isKnown =
      user === undefined ||
      headers["proxy-authorization"] === `Basic ${Buffer.from(user).toString("base64")}`;
    const no = isKnown
      ? blocked.includes(url.replace(/:443$/u, ""))
        ? "403 Forbidden"
        : undefined
      : "407 Proxy Authentication Required";
    if (no !== undefined) {
      near.end(`HTTP/1.1 ${no}\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    const far = connect(port, "127.0.0.1", () => {
      near.write("HTTP/1.1 200 Connection established\r\n\r\n");
      near.pipe(far).pipe(near);
    });
    open.add(far.on("error", () => near.destroy()));
    near.on("close", () => far.destroy());
  });
  const proxyPort = await listening(proxy);
  return {
    proxy: `http://127.0.0.1:${proxyPort}`,
    authority: certificate.cert,
    tunnels,
    requests,
    async [Symbol.asyncDispose]() {
      for (const one of open) one.destroy();
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      proxy.closeAllConnections();
      await Promise.all([server, proxy].map((one) => new Promise((resolve) => one.close(resolve))));
    },
  };
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

/** Answers with JSON by path, whatever the query. */
export const jsonBy =
  (bodies: Readonly<Record<string, object>>): RequestListener =>
  (request, response) => {
    const body = bodies[request.url?.split("?")[0] ?? ""];
    response.writeHead(body === undefined ? 404 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(body ?? {}));
  };
