import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";
import type { Settings } from "#src/config.ts";
import { createDoor } from "./door.ts";
import { AttuneError } from "#src/errors.ts";
import type { Log } from "#src/ports/log.ts";

/** Milliseconds. Bodies have a shorter limit (bodies.ts), so that a slow sender gets an answer. */
const SLOWEST = { headersTimeout: 10_000, requestTimeout: 25_000, connectionsCheckingInterval: 2_000 };

export interface Listening {
  readonly url: string;
  readonly server: {
    /** Refuses new requests from now on. Calls `done` once all earlier ones are answered. The port stays open until then. */
    close(done: () => void): void;
    /** Closes the port and all connections. */
    closeAllConnections(): void;
  };
}

const notOpened = ({ code = "unknown" }: NodeJS.ErrnoException, port: number, host: string): string => {
  if (code === "EADDRINUSE")
    return `Port ${port} cannot be opened: another program uses it; set PORT to a free one.`;
  if (code === "EACCES")
    return `Port ${port} cannot be opened: Attune's user may not (${code}); set PORT to one above 1023.`;
  if (["ENOTFOUND", "EAI_AGAIN", "EADDRNOTAVAIL", "EINVAL"].includes(code))
    return `${host} is no address of this machine (${code}): set HOST to one, such as 127.0.0.1 or 0.0.0.0.`;
  return `Port ${port} cannot be opened: ${code}.`;
};

/** Opens the process's HTTP server. @throws AttuneError `config` when the port is not free, or the host not ours */
export function listen(
  app: Hono,
  { port, host }: Pick<Settings, "port" | "host">,
  { largestBody, log }: { largestBody(path: string): number; readonly log: Log },
): Promise<Listening> {
  const listener = getRequestListener(app.fetch, { hostname: host });
  const door = createDoor({
    answer: (incoming, outgoing) => void listener(incoming, outgoing),
    largestBody,
    log,
  });
  const server = createServer(SLOWEST);
  // All headers: a header that is left out might be the one that announces a body. Node limits their size.
  server.maxHeadersCount = 0;
  server.on("connection", door.arrived);
  server.on("request", door.enter);
  for (const asking of ["checkContinue", "checkExpectation"]) server.on(asking, door.ask);
  return new Promise((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) => {
      reject(new AttuneError("config", notOpened(cause, port, host), { cause }));
    });
    server.listen(port, host, () => {
      const address = server.address();
      const taken = typeof address === "object" && address !== null ? address.port : port;
      resolve({
        url: `http://${host.includes(":") ? `[${host}]` : host}:${taken}`,
        server: {
          close: (done) => door.close(done),
          closeAllConnections() {
            server.close();
            server.closeAllConnections();
          },
        },
      });
    });
  });
}
