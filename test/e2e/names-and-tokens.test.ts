import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { PLATFORMS } from "#src/composition/platforms.ts";
import { readSettings } from "#src/config.ts";
import { loadPrograms } from "#src/config/load-programs.ts";
import { startAttune } from "#src/composition/start.ts";
import { sendRaw } from "#test/support/web/raw.ts";

/** The demo program's process on a free port of this machine. */
async function db(env: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), "attune-names-"));
  const settings = readSettings(
    {
      PORT: "0",
      ATTUNE_DB: join(folder, "attune.db"),
      ATTUNE_LOG_LEVEL: "silent",
      ...env,
    },
    PLATFORMS,
  );
  const attune = await startAttune(settings, loadPrograms(["program/program.yaml"], PLATFORMS));
  const url = `http://127.0.0.1:${new URL(attune.url).port}`;
  return {
    get: async (path: string, headers: Readonly<Record<string, string>> = {}) =>
      (await sendRaw(url, { method: "GET", path, headers })).status,
    post: async (path: string, headers: Readonly<Record<string, string>>) =>
      (await sendRaw(url, { method: "POST", path, headers, body: "{}" })).status,
    async [Symbol.asyncDispose]() {
      await attune.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Slack is out of reach, and asks all the same. */
const SLACK = {
  SLACK_BOT_TOKEN: "xoxb-of-a-test",
  SLACK_SIGNING_SECRET: "a secret of a test",
  SLACK_API_URL: "http://127.0.0.1:9/api/",
};
const FOREIGN = ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:3000", "192.168.0.1", ""];
const PATHS = ["/", "/healthz", "/metrics", "/events", "/phone?seat=1&person=r1", "/nowhere"];

describe("a server with a playground", () => {
  it("answers this machine's own names only, at every address", async () => {
    await using attune = await db({});

    const foreign = [];
    for (const host of FOREIGN) for (const path of PATHS) foreign.push(await attune.get(path, { host }));
    const own = [];
    for (const host of ["127.0.0.1:3000", "localhost", "[::1]:3000"])
      for (const path of ["/", "/metrics"]) own.push(await attune.get(path, { host }));

    expect(foreign.filter((status) => status !== 403 && status !== 400)).toEqual([]);
    expect(foreign.filter((status) => status === 403).length).toBeGreaterThanOrEqual(4 * PATHS.length);
    expect(own).toEqual(own.map(() => 200));
  });

  it("is called by a platform under any name", async () => {
    await using attune = await db({ ...SLACK, ATTUNE_PLAYGROUND: "1" });
    const host = "attune.hospital.example";

    expect([await attune.post("/slack/events", { host }), await attune.get("/metrics", { host })]).toEqual([
      401, 403,
    ]);
  });
});

describe("a server that is not on loopback", () => {
  const env = { ...SLACK, HOST: "0.0.0.0" };
  const host = "attune.hospital.example";

  it("shows its metrics to whoever brings their token, and its health to everybody", async () => {
    await using attune = await db({ ...env, ATTUNE_METRICS_TOKEN: "a-token-of-a-test" });

    expect([
      await attune.get("/metrics", { host }),
      await attune.get("/metrics", { host, authorization: "Bearer another" }),
      await attune.get("/metrics", { host, authorization: "Bearer a-token-of-a-test" }),
    ]).toEqual([401, 401, 200]);
    // Not well before the first beat, and never a matter of the token.
    await expect.poll(() => attune.get("/healthz", { host }), { timeout: 60_000 }).toBe(200);
  });

  it("shows its metrics to whoever reaches it where there is no token", async () => {
    await using attune = await db(env);

    expect(await attune.get("/metrics", { host })).toBe(200);
  });
});
