import { describe, expect, it } from "vitest";
import { opsRoutes } from "#src/ops/routes.ts";

const MINUTE = 60_000;

/** The routes of a house whose last beat finished so long ago, if any. */
const routes = (wish: { readonly lastBeat?: number; readonly check?: () => Promise<void> }) =>
  opsRoutes({
    house: { check: wish.check ?? (async () => {}) },
    ticker: { lastFinished: () => (wish.lastBeat === undefined ? undefined : 10 * MINUTE - wish.lastBeat) },
    steady: () => 10 * MINUTE,
    platforms: () => ({ playground: "ok" }),
    metrics: { text: async () => "attune_nudges 1\n", contentType: "text/plain; version=0.0.4" },
  });

describe("/healthz", () => {
  it("is well when the database answers and a beat finished in the last three minutes", async () => {
    const answer = await routes({ lastBeat: 3 * MINUTE }).request("/healthz");

    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({
      status: "ok",
      database: "ok",
      lastTick: 180,
      platforms: { playground: "ok" },
    });
  });

  it("fails when the last beat is older, or there was none yet", async () => {
    const late = await routes({ lastBeat: 3 * MINUTE + 1_000 }).request("/healthz");
    const none = await routes({}).request("/healthz");

    expect([late.status, none.status]).toEqual([503, 503]);
    expect(await none.json()).toMatchObject({ status: "failing", database: "ok", lastTick: null });
  });

  it("fails when the database does not answer", async () => {
    const check = () => Promise.reject(new Error("disk is full"));

    const answer = await routes({ lastBeat: 0, check }).request("/healthz");

    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ status: "failing", database: "failing" });
  });
});

describe("/metrics", () => {
  it("speaks Prometheus' text", async () => {
    const answer = await routes({ lastBeat: 0 }).request("/metrics");

    expect(answer.headers.get("content-type")).toBe("text/plain; version=0.0.4");
    expect(await answer.text()).toBe("attune_nudges 1\n");
  });
});
