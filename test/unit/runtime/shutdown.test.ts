import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Hono } from "hono";
import { serve } from "@hono/node-server";
import { stop } from "#src/runtime/shutdown.ts";
import { SILENT } from "#test/support/attune.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout"] }));
afterEach(() => void vi.useRealTimers());

/** A process whose beat under way ends when the promise does; `isClosed` once its store is. */
function closing(beat: Promise<void>) {
  const db = { isClosed: false, close: async () => void (db.isClosed = true) };
  const stopped = stop({
    ticker: { stop: async () => {} },
    scheduler: { stop: () => beat },
    server: serve({ fetch: new Hono().fetch, port: 0, hostname: "127.0.0.1" }),
    hub: { close() {} },
    db,
    log: SILENT,
    platforms: [],
    shutdown: new AbortController(),
    hostedPrograms: [],
  });
  return { db, stopped };
}

const SEND = 30_000;

it("a server that closes waits for a send that takes its 20 seconds of pace and 10 of waiting", async () => {
  const sent = new Promise<void>((resolve) => setTimeout(resolve, SEND));
  const { db, stopped } = closing(sent);

  await vi.advanceTimersByTimeAsync(SEND - 1);
  const before = db.isClosed;
  await vi.advanceTimersByTimeAsync(1);
  await stopped;

  expect([before, db.isClosed]).toEqual([false, true]);
});

it("what never ends is left before a container is killed", async () => {
  const { db, stopped } = closing(new Promise(() => {}));

  await vi.advanceTimersByTimeAsync(40_000);
  await stopped;

  expect(db.isClosed).toBe(true);
});
