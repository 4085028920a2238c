import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { SelfSigned } from "./certificate.ts";

/** A server of feeds whose behaviour a test changes while it runs. */
export interface FeedServer extends AsyncDisposable {
  readonly url: string;
  /** Every request that came, oldest first. */
  readonly asked: IncomingMessage[];
  behaves(how: (request: IncomingMessage, response: ServerResponse) => void): void;
}

/** With a certificate it speaks TLS. */
export async function feedServer(how: RequestListener, secured?: SelfSigned): Promise<FeedServer> {
  let behaviour: RequestListener = how;
  const asked: IncomingMessage[] = [];
  const answer: RequestListener = (request, response) => {
    asked.push(request);
    behaviour(request, response);
  };
  const server = secured === undefined ? createServer(answer) : createSecureServer(secured, answer);
  const scheme = secured === undefined ? "http" : "https";
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}/secret-token/roster.ics`,
    asked,
    behaves(other) {
      behaviour = other;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Answers with a text, and 304 to whoever has this very version. */
export const serving =
  (text: string, etag = `"${text.length}"`): RequestListener =>
  (request, response) => {
    const has = request.headers["if-none-match"] === etag;
    response.writeHead(has ? 304 : 200, { etag, "last-modified": "Mon, 30 Nov 2026 00:00:00 GMT" });
    response.end(has ? undefined : text);
  };
