import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { WebAPIHTTPError, WebAPIRateLimitedError } from "@slack/web-api";
import { keepOpen, STOOD, type KeepClock } from "#adapters/slack/keep-open.ts";
import { SILENT } from "#test/support/attune.ts";

/** What becomes of one opening: it fails after a while, perhaps with a wish for silence, or it stands for a while. */
type Fate =
  | { readonly type: "fails"; readonly after: number; readonly retryAfter?: number }
  | { readonly type: "stands"; readonly for: number };

const MINUTES_10 = 10 * 60_000;
/** Far more openings than are right: there it ends, virtual time or not. */
const STORM = 1_000;

/** Ten minutes of virtual time with an endpoint whose openings end as they are told; then it stands. */
async function tenMinutes(fates: readonly Fate[], chance = 0) {
  let now = 0;
  let isOver = false;
  const openings: { at: number; end: number; fate: Fate }[] = [];
  const clock: KeepClock = {
    now: () => now,
    sleep: async (wait) => {
      now += wait;
      if (now < MINUTES_10) return;
      isOver = true;
      await new Promise(() => {});
    },
  };
  const kept = keepOpen({
    log: SILENT,
    clock,
    chance: () => chance,
    async open() {
      const at = now;
      if (openings.length > STORM) {
        isOver = true;
        await new Promise(() => {});
      }
      const fate = fates[openings.length % fates.length]!;
      openings.push({ at, end: at + (fate.type === "fails" ? fate.after : fate.for), fate });
      if (fate.type === "stands") {
        return {
          get closed() {
            now += fate.for;
            return Promise.resolve("too_many_websockets");
          },
          close: async () => {},
        };
      }
      now += fate.after;
      throw fate.retryAfter === undefined ? undefined : new WebAPIRateLimitedError(fate.retryAfter);
    },
  });
  await kept.start().catch(() => undefined);
  while (!isOver) await new Promise((resolve) => setImmediate(resolve));
  return openings;
}

const fate: fc.Arbitrary<Fate> = fc.oneof(
  fc.record({ type: fc.constant("fails" as const), after: fc.integer({ min: 0, max: 25_000 }) }),
  fc.record({
    type: fc.constant("fails" as const),
    after: fc.integer({ min: 0, max: 1_000 }),
    retryAfter: fc.integer({ min: 1, max: 120 }),
  }),
  fc.record({ type: fc.constant("stands" as const), for: fc.integer({ min: 0, max: 2 * STOOD }) }),
);

describe("a socket that is kept open", () => {
  it("opens less than once in two seconds on average, whatever becomes of its sockets", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fate, { minLength: 1, maxLength: 12 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (fates, chance) => {
          const openings = await tenMinutes(fates, chance);

          expect(openings.length).toBeLessThan(MINUTES_10 / 2_000);
        },
      ),
    );
  });

  it("never comes back before Slack said", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fate, { minLength: 1, maxLength: 12 }), async (fates) => {
        const openings = await tenMinutes(fates);

        for (const [place, { end, fate: what }] of openings.entries()) {
          const next = openings[place + 1];
          if (next === undefined || what.type !== "fails") continue;
          expect(next.at - end).toBeGreaterThanOrEqual((what.retryAfter ?? 0) * 1_000);
        }
      }),
    );
  });

  it("opens a few times in a minute where each socket greets and is closed at once", async () => {
    const openings = await tenMinutes([{ type: "stands", for: 10 }]);

    expect(openings.filter(({ at }) => at < 60_000).length).toBeLessThan(10);
    expect(openings.length).toBeLessThan(50);
  });

  it("comes back at once when a socket has stood for a minute, and forgets what was before", async () => {
    const failures: Fate[] = Array.from({ length: 5 }, () => ({ type: "fails", after: 0 }));
    const openings = await tenMinutes([...failures, { type: "stands", for: STOOD }]);

    expect(openings[6]!.at).toBe(openings[5]!.end);
    expect(openings[7]!.at - openings[6]!.end).toBeLessThanOrEqual(2_000);
  });

  it.each([
    ["of a proxy", new WebAPIHTTPError(503, "busy", { "retry-after": "40" })],
    ["of Slack's", new WebAPIRateLimitedError(40)],
  ])("heeds a wait %s", async (_, error) => {
    const waits: number[] = [];
    const kept = keepOpen({
      log: SILENT,
      clock: { now: () => 0, sleep: (wait) => (waits.push(wait), new Promise(() => {})) },
      chance: () => 0,
      open: () => Promise.reject(error),
    });

    await kept.start().catch(() => undefined);

    expect(waits).toEqual([40_000]);
  });
});
