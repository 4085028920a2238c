import { describe, expect, it } from "vitest";
import { instant, type Instant } from "#src/domain/time.ts";
import type { ProgramStanding } from "#src/ops/health.ts";
import { opsRoutes } from "#src/ops/routes.ts";

const MINUTE = 60_000;

/** The routes of a process whose last beat finished so long ago, if any. */
const routes = (wish: {
  readonly lastBeat?: number;
  readonly check?: () => Promise<void>;
  readonly programs?: readonly ProgramStanding[];
  readonly metricsToken?: string;
  readonly heldJump?: () => { readonly by: number; readonly since: Instant };
}) =>
  opsRoutes({
    db: { check: wish.check ?? (async () => {}) },
    beats: { lastFinished: () => (wish.lastBeat === undefined ? undefined : 10 * MINUTE - wish.lastBeat) },
    steady: () => 10 * MINUTE,
    patience: 10,
    metricsToken: wish.metricsToken,
    platforms: () => ({ playground: "ok" }),
    ...(wish.heldJump === undefined ? {} : { heldJump: wish.heldJump }),
    ...(wish.programs === undefined ? {} : { programs: () => wish.programs! }),
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

  it("says by how much the clock jumped while that is held, and does not fail for it", async () => {
    const heldJump = () => ({ by: 259_200_000, since: instant(Date.parse("2026-12-04T08:00:00Z")) });

    const answer = await routes({ lastBeat: 0, heldJump }).request("/healthz");

    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      status: "ok",
      clock: { heldSince: "2026-12-04T08:00:00Z", seconds: 259_200 },
    });
  });

  it("fails when the last beat is older, or there was none yet", async () => {
    const late = await routes({ lastBeat: 3 * MINUTE + 1_000 }).request("/healthz");
    const none = await routes({}).request("/healthz");

    expect([late.status, none.status]).toEqual([503, 503]);
    expect(await none.json()).toMatchObject({ status: "failing", database: "ok", lastTick: null });
  });

  it.each([
    ["refuses", () => Promise.reject(new Error("disk is full"))],
    ["says nothing", () => new Promise<void>(() => {})],
  ])("fails when the database %s", async (_, check) => {
    const answer = await routes({ lastBeat: 0, check }).request("/healthz");

    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ status: "failing", database: "failing" });
  });
});

describe("/healthz of several programs", () => {
  const trouble = { name: "ED feed", since: instant(0), reason: "it cannot be fetched" };
  const told = { failingSince: "1970-01-01T00:00:00Z", lastRead: null, reason: "it cannot be fetched" };

  it("names those in trouble, and does not fail for them", async () => {
    const answer = await routes({
      lastBeat: 0,
      programs: [
        { program: "north", lastBeat: 180, troubles: [] },
        { program: "south", lastBeat: 181, troubles: [] },
        { program: "east", lastBeat: undefined, troubles: [] },
        { program: "west", lastBeat: 3, troubles: [trouble] },
      ],
    }).request("/healthz");

    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({
      status: "ok",
      database: "ok",
      lastTick: 0,
      platforms: { playground: "ok" },
      programs: {
        south: { lastTick: 181, rosters: {} },
        east: { lastTick: null, rosters: {} },
        west: { lastTick: 3, rosters: { "ED feed": told } },
      },
    });
  });

  it("is that of the program where there is one", async () => {
    const programs = [{ program: "north", lastBeat: 3, troubles: [trouble] }];

    const answer = await routes({ lastBeat: 0, programs }).request("/healthz");

    expect(await answer.json()).toMatchObject({ rosters: { "ED feed": told } });
  });
});

describe("/metrics", () => {
  it("speaks Prometheus' text", async () => {
    const answer = await routes({ lastBeat: 0 }).request("/metrics");

    expect(answer.headers.get("content-type")).toBe("text/plain; version=0.0.4");
    expect(await answer.text()).toBe("attune_nudges 1\n");
  });

  it.each([
    [undefined, 401],
    ["", 401],
    ["Bearer", 401],
    ["Bearer ", 401],
    ["Bearer wrong", 401],
    ["Bearer a-token-and-more", 401],
    ["Bearer a-toke", 401],
    ["Basic YS10b2tlbg==", 401],
    ["a-token", 401],
    ["Bearer a-token", 200],
    ["bearer a-token", 200],
  ])("ask for their token where there is one, and %j is answered with %i", async (authorization, status) => {
    const headers = authorization === undefined ? {} : { authorization };
    const db = routes({ lastBeat: 0, metricsToken: "a-token" });

    const answer = await db.request("/metrics", { headers });
    const health = await db.request("/healthz");

    expect([answer.status, health.status]).toEqual([status, 200]);
    expect((await answer.text()).includes("attune_")).toBe(status === 200);
  });
});
