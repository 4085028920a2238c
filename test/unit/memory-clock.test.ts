import { describe, expect, it } from "vitest";
import { autoClock } from "#test/support/auto-clock.ts";
import { handClock } from "#adapters/memory/hand-clock.ts";
import { HOUR, MINUTE, instant, later } from "#src/domain/time.ts";
import type { Clock } from "#src/ports/clock.ts";

const start = instant(Date.UTC(2026, 2, 29));

/** Sleeps, then notes when it woke. */
const sleeper = async (
  clock: Clock,
  name: string,
  milliseconds: number,
  woken: string[],
  signal?: AbortSignal,
) => {
  await clock.sleep(milliseconds, signal);
  woken.push(`${name} +${clock.now() - start}`);
};

describe("the clock that is moved by hand", () => {
  it("stands still until it is moved", async () => {
    const clock = handClock(start);
    const woken: string[] = [];
    void sleeper(clock, "a", 1, woken);

    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(woken).toEqual([]);
    expect(clock.now()).toBe(start);
    await clock.advance(1);

    expect(woken).toEqual(["a +1"]);
  });

  it("wakes sleepers in the order of their moments, each at its own", async () => {
    const clock = handClock(start);
    const woken: string[] = [];
    for (const [name, milliseconds] of [
      ["c", 30],
      ["a", 10],
      ["b", 20],
      ["d", 41],
    ] as const)
      void sleeper(clock, name, milliseconds, woken);

    await clock.advance(40);

    expect(woken).toEqual(["a +10", "b +20", "c +30"]);
    expect(clock.now()).toBe(later(start, 40));
  });

  it("wakes who goes to sleep again on the way", async () => {
    const clock = handClock(start);
    let beats = 0;
    void (async () => {
      for (;;) {
        await clock.sleep(MINUTE);
        beats += 1;
      }
    })();

    await clock.set(later(start, HOUR));

    expect(beats).toBe(60);
  });

  it("ends a sleep when its signal aborts", async () => {
    const clock = handClock(start);
    const stop = new AbortController();
    const woken: string[] = [];
    const sleeping = sleeper(clock, "a", HOUR, woken, stop.signal);

    stop.abort();
    await sleeping;
    await sleeper(clock, "b", HOUR, woken, stop.signal);

    expect(woken).toEqual(["a +0", "b +0"]);
  });

  it("can be set back, and who sleeps still sleeps as long", async () => {
    const clock = handClock(start);
    const woken: string[] = [];
    void sleeper(clock, "a", 10, woken);

    await clock.set(later(start, -HOUR));
    await clock.advance(9);
    expect(woken).toEqual([]);
    await clock.advance(1);

    expect(woken).toEqual([`a +${10 - HOUR}`]);
  });

  it("makes one journey at a time", async () => {
    const clock = handClock(start);

    await Promise.all([clock.advance(MINUTE), clock.advance(HOUR)]);

    expect(clock.now()).toBe(later(start, HOUR + MINUTE));
  });
});

describe("the clock of simulations", () => {
  it("jumps to whoever wakes first once all are asleep", async () => {
    const clock = autoClock(start);
    const woken: string[] = [];

    await Promise.all([
      sleeper(clock, "b", 2 * HOUR, woken),
      sleeper(clock, "a", HOUR, woken),
      sleeper(clock, "c", 2 * HOUR, woken),
    ]);

    expect(woken).toEqual([`a +${HOUR}`, `b +${2 * HOUR}`, `c +${2 * HOUR}`]);
  });

  it("lets a hundred days pass in no time", async () => {
    const clock = autoClock(start);

    for (let day = 0; day < 100; day += 1) await clock.sleep(24 * HOUR);

    expect(clock.now()).toBe(later(start, 2_400 * HOUR));
  });

  it("does not move while somebody still has work to do", async () => {
    const clock = autoClock(start);
    const seen: number[] = [];

    const working = (async () => {
      for (let step = 0; step < 1_000; step += 1) {
        await Promise.resolve();
        seen.push(clock.now());
      }
    })();
    await Promise.all([clock.sleep(1), working]);

    expect(new Set(seen)).toEqual(new Set([start]));
    expect(clock.now()).toBe(later(start, 1));
  });
});
