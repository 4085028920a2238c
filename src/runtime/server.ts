import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";
import type { Settings } from "#src/config.ts";
import { createDoor } from "./door.ts";
import { AttuneError } from "#src/errors.ts";
import type { Log } from "#src/ports/log.ts";

/** Milliseconds. A body has a time of its own (bodies.ts), so that its sender is told. */
const SLOWEST = { headersTimeout: 10_000, requestTimeout: 25_000, connectionsCheckingInterval: 2_000 };

export interface Listening {
  readonly url: string;
  readonly server: {
    /** Turns away what comes from now on; `done` once all that came before is answered. The port stays open for that. */
    close(done: () => void): void;
    /** Gives up the port, and whoever still is there. */
    closeAllConnections(): void;
  };
}

/** Opens the one server in front of the process. @throws AttuneError `config` when its port cannot be had */
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
  // All of them: one that is left out may be the one that says that there is a body. Node bounds their bytes.
  server.maxHeadersCount = 0;
  server.on("connection", door.arrived);
  server.on("request", door.enter);
  for (const asking of ["checkContinue", "checkExpectation"]) server.on(asking, door.ask);
  return new Promise((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) => {
      const todo =
        cause.code === "EADDRINUSE"
          ? "another program uses it; set PORT to a free one"
          : (cause.code ?? "unknown");
      reject(new AttuneError("config", `Port ${port} cannot be opened: ${todo}.`, { cause }));
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
