import { Hono, type Context } from "hono";
import { AttuneError } from "#src/errors.ts";
import { actRoutes } from "./acts.ts";
import { openAssets } from "./assets.ts";
import type { PlaygroundDeps } from "./deps.ts";
import { FILE_MAXIMUM, FILE_PATH } from "./file-limits.ts";
import { loopbackOnly, newToken, postGuard, quietHeaders, refuse } from "./guard.ts";
import { languageRoutes } from "./language.ts";
import { eventStream } from "./stream.ts";
import { travelRoutes } from "./travel.ts";
import { viewRoutes } from "./views.ts";

const READ = ["/", "/phone", "/strip", "/events"] as const;
const WRITE = ["/press", "/submit", "/say", "/open", FILE_PATH, "/jump", "/start-over", "/language"] as const;

/**
 * The playground's routes. Mount them last, at "/": they also answer "not found". They answer only under this machine's own host names.
 * A request that changes something must come from a page that this process served.
 */
export function playground(deps: PlaygroundDeps): Hono {
  const assets = openAssets();
  const token = newToken();
  const app = new Hono();

  app.use("*", ...quietHeaders, loopbackOnly);
  for (const path of READ) app.on(["POST", "PUT", "PATCH", "DELETE", "OPTIONS"], path, allowing("GET, HEAD"));
  for (const path of WRITE) {
    app.on(["GET", "PUT", "PATCH", "DELETE", "OPTIONS"], path, allowing("POST"));
    app.use(path, ...postGuard(token, path === FILE_PATH ? FILE_MAXIMUM : undefined));
  }

  app.route("/", viewRoutes(deps, assets.base, token));
  app.get("/events", eventStream(deps));
  app.route("/assets", assets.routes);
  app.route("/", actRoutes(deps));
  app.route("/", travelRoutes(deps));
  app.route("/", languageRoutes(deps));
  app.all("*", (c) => refuse(c, 404, "not-found"));

  app.onError((error, c) => {
    // The error's message may contain typed text, so only its kind is logged.
    const code = error instanceof AttuneError ? error.code : error.name;
    deps.log.error(
      { code, method: c.req.method, path: c.req.path, at: frames(error) },
      "playground request failed",
    );
    return error instanceof AttuneError && error.code === "store"
      ? refuse(c, 503, "not-saved")
      : refuse(c, 500, "failed");
  });
  return app;
}

const allowing =
  (methods: string) =>
  (c: Context): Response => {
    c.header("Allow", methods);
    return refuse(c, 405, "method");
  };

/** An error's stack without its message. */
const frames = (error: Error): readonly string[] =>
  (error.stack ?? "")
    .split("\n")
    .filter((line) => line.trimStart().startsWith("at "))
    .slice(0, 6);
