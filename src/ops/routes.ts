import { Hono } from "hono";
import { health } from "./health.ts";
import type { HealthDeps } from "./health.ts";
import type { Metrics } from "./metrics.ts";

/** `/healthz` (200, or 503 with what fails) and `/metrics` for Prometheus. Neither says anything of a person. */
export function opsRoutes(
  deps: HealthDeps & { readonly metrics: Pick<Metrics, "text" | "contentType"> },
): Hono {
  const routes = new Hono();

  routes.get("/healthz", async (c) => {
    const found = await health(deps);
    return c.json(found, found.status === "ok" ? 200 : 503, { "cache-control": "no-store" });
  });

  routes.get("/metrics", async (c) => {
    const text = await deps.metrics.text();
    return c.body(text, 200, { "content-type": deps.metrics.contentType, "cache-control": "no-store" });
  });

  return routes;
}
