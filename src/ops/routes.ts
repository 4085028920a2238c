import { Hono } from "hono";
import { bearerAuth } from "hono/bearer-auth";
import { health } from "./health.ts";
import type { HealthDeps } from "./health.ts";
import type { Metrics } from "./metrics.ts";

export interface OpsDeps extends HealthDeps {
  readonly metrics: Pick<Metrics, "text" | "contentType">;
  /** The token for reading `/metrics` (`Authorization: Bearer …`). Undefined if anybody may read them. */
  readonly metricsToken?: string | undefined;
}

/**
 * `/healthz` (200, or 503 with what fails), open to every load balancer, and `/metrics` for Prometheus. Neither says
 * anything of a person.
 */
export function opsRoutes(deps: OpsDeps): Hono {
  const routes = new Hono();

  routes.get("/healthz", async (c) => {
    const found = await health(deps);
    return c.json(found, found.status === "ok" ? 200 : 503, { "cache-control": "no-store" });
  });

  if (deps.metricsToken !== undefined) routes.use("/metrics", bearing(deps.metricsToken));
  routes.get("/metrics", async (c) => {
    const text = await deps.metrics.text();
    return c.body(text, 200, { "content-type": deps.metrics.contentType, "cache-control": "no-store" });
  });

  return routes;
}

const unauthorized = { message: () => new Response(null, { status: 401 }) };
const bearing = (token: string) =>
  bearerAuth({
    token,
    noAuthenticationHeader: unauthorized,
    invalidAuthenticationHeader: unauthorized,
    invalidToken: unauthorized,
  });
