import { text } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { feedServer, type FeedServer } from "./server.ts";

/** A server that behaves like QGenda's interface, and whose moods a test changes. */
export interface QgendaServer extends AsyncDisposable {
  /** The lines of an account that it accepts. */
  readonly account: string;
  /** "login", "11/23/2026-03/02/2027 by token-1": what came, in order. */
  readonly calls: string[];
  /** The query of the last call for a schedule. */
  query(): URLSearchParams;
  /** Seconds that tokens are good for, as the login says. */
  expires: string;
  /** Tokens that it does not know any more. */
  readonly forgotten: Set<string>;
  packs: boolean;
  /** What the schedule of some days has; one entry that is called like the days without it. */
  entries: (days: string) => readonly object[];
  /** A status in place of the schedule that begins on a day, with headers. */
  readonly refuses: Map<string, { readonly status: number; readonly headers?: Record<string, string> }>;
  readonly server: FeedServer;
}

/** Each schedule has one entry, labelled by the days that were asked for. */
export async function qgendaServer(): Promise<QgendaServer> {
  let logins = 0;
  let query = new URLSearchParams();
  const server = await feedServer((request, response) => {
    const url = new URL(request.url ?? "", "http://localhost");
    const json = (value: unknown) => {
      const body = Buffer.from(JSON.stringify(value));
      const packed = qgenda.packs && /gzip/u.test(request.headers["accept-encoding"] ?? "");
      response
        .writeHead(200, packed ? { "content-encoding": "gzip" } : {})
        .end(packed ? gzipSync(body) : body);
    };
    if (url.pathname.endsWith("/login")) {
      void text(request).then((form) => {
        qgenda.calls.push("login");
        const given = new URLSearchParams(form);
        const isKnown =
          given.get("email") === "chief@example.org" && given.get("password") === "secret token&=1";
        if (request.method !== "POST" || url.search !== "" || !isKnown)
          return response.writeHead(401).end('{"error":"access_denied"}');
        logins += 1;
        return json({ access_token: `token-${logins}`, token_type: "bearer", expires_in: qgenda.expires });
      });
      return;
    }
    const token = request.headers.authorization?.replace(/^bearer /u, "") ?? "nothing";
    query = url.searchParams;
    const days = `${query.get("startDate")}-${query.get("endDate")}`;
    qgenda.calls.push(`${days} by ${token}`);
    const refused = qgenda.refuses.get(query.get("startDate") ?? "");
    if (qgenda.forgotten.has(token) || !/^token-\d+$/u.test(token)) response.writeHead(401).end();
    else if (refused !== undefined) response.writeHead(refused.status, refused.headers).end();
    else json(qgenda.entries(days));
  });
  const qgenda: QgendaServer = {
    account: [
      "email = chief@example.org",
      "password=secret token&=1",
      "companyKey: 0000-11",
      `address=${new URL("/v2/", server.url).href}`,
    ].join("\n"),
    calls: [],
    query: () => query,
    expires: "3600",
    forgotten: new Set(),
    packs: true,
    entries: (days) => [{ TaskName: days }],
    refuses: new Map(),
    server,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
  return qgenda;
}
