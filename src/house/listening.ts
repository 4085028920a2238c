import { serve, type ServerType } from "@hono/node-server";
import type { Hono } from "hono";
import type { Settings } from "../config.ts";
import { AttuneError } from "../errors.ts";

/** Opens the one server in front of the house. @throws AttuneError `config` when its port cannot be had */
export function listen(
  app: Hono,
  { port, host }: Pick<Settings, "port" | "host">,
): Promise<{ server: ServerType; url: string }> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, port, hostname: host }, (info) => {
      const shown = host.includes(":") ? `[${host}]` : host;
      resolve({ server, url: `http://${shown}:${info.port}` });
    });
    server.once("error", (cause: NodeJS.ErrnoException) => {
      const todo =
        cause.code === "EADDRINUSE"
          ? "another program uses it; set PORT to a free one"
          : (cause.code ?? "unknown");
      reject(new AttuneError("config", `Port ${port} cannot be opened: ${todo}.`, { cause }));
    });
  });
}
