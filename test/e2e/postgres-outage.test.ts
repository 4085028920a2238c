import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { postgresServer, type PostgresServer } from "#test/support/postgres.ts";
import { started } from "#test/support/started.ts";

const folder = mkdtempSync(join(tmpdir(), "attune-replicas-"));
let server: PostgresServer;
beforeAll(async () => {
  server = await postgresServer();
}, 120_000);
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
}, 120_000);

const patience = { timeout: 60_000, interval: 250 };

it("two replicas on one database tell the truth while it is away, come back by themselves, and end when told", async () => {
  const env = {
    ATTUNE_DB: await server.database(),
    ATTUNE_KEY_FILE: join(folder, "attune.key"),
    ATTUNE_LOG_LEVEL: "info",
  };
  await using one = await started(env);
  await using two = await started(env);
  const health = async ({ url }: { url: string }) => {
    const response = await fetch(`${url}/healthz`);
    const { database } = (await response.json()) as { database: string };
    return { status: response.status, database };
  };
  const well = { status: 200, database: "ok" };
  const ill = { status: 503, database: "failing" };

  for (const replica of [one, two])
    await vi.waitFor(async () => expect(await health(replica)).toEqual(well), patience);
  await server.stop();
  for (const replica of [one, two]) expect(await health(replica)).toEqual(ill);
  await server.start();
  for (const replica of [one, two])
    await vi.waitFor(async () => expect(await health(replica)).toEqual(well), patience);
  one.signal("SIGTERM", "npm");
  two.signal("SIGTERM", "npm");

  expect(await one.ended).toBe(0);
  expect(await two.ended).toBe(0);
  for (const replica of [one, two]) {
    expect(replica.written()).toContain('"msg":"stopped"');
    expect(replica.written()).not.toContain("attune:local");
  }
});
