import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { metricsCheck } from "#src/commands/doctor/metrics.ts";
import type { Settings } from "#src/config.ts";
import { createMetrics } from "#src/ops/metrics.ts";
import { opsRoutes } from "#src/ops/routes.ts";

let server: Server | undefined;
afterEach(() => void server?.close());

/** A process that answers /metrics with what `change` makes of Attune's own. */
async function running(token: string | undefined, change = (text: string) => text): Promise<number> {
  const metrics = createMetrics({ nudgeCounts: async () => [], programs: () => [] });
  const routes = opsRoutes({
    db: { check: async () => {} },
    beats: { lastFinished: () => 0 },
    platforms: () => ({}),
    metrics: { text: async () => change(await metrics.text()), contentType: metrics.contentType },
    metricsToken: token,
  });
  const handle = async ({ url, headers }: IncomingMessage, answer: ServerResponse): Promise<void> => {
    const { authorization } = headers;
    const found = await routes.request(
      url!,
      authorization === undefined ? {} : { headers: { authorization } },
    );
    answer.writeHead(found.status).end(await found.text());
  };
  server = createServer((request, answer) => void handle(request, answer));
  await new Promise<void>((resolve) => server!.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

const looked = async (port: number, metricsToken?: string) =>
  (await metricsCheck({ host: "0.0.0.0", port, ...(metricsToken && { metricsToken }) } as Settings)).map(
    ({ level, what }) => `${level} ${what.replace(`${port}`, "PORT")}`,
  );

it("says that the running Attune has every series that alerts read", async () => {
  const port = await running("s3cret");

  expect(await looked(port, "s3cret")).toEqual([
    "ok http://127.0.0.1:PORT/metrics have every series that alerts read",
  ]);
});

it("names what an older one lacks", async () => {
  const port = await running(undefined, (text) =>
    text.replaceAll("attune_undelivered_total", "attune_other"),
  );

  expect(await looked(port)).toEqual([
    "fix http://127.0.0.1:PORT/metrics lack 1 series that alerts read: attune_undelivered_total",
  ]);
});

it("says that the token is another one, and nothing where nobody answers", async () => {
  const port = await running("s3cret");
  const other = await looked(port, "another");
  server?.close();
  server?.closeAllConnections();

  expect(other).toEqual(["fix http://127.0.0.1:PORT/metrics want another token than ATTUNE_METRICS_TOKEN"]);
  expect(await looked(port, "s3cret")).toEqual([]);
});
