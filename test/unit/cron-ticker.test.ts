import { describe, expect, it } from "vitest";
import { cronTicker } from "#adapters/cron/ticker.ts";
import type { WakeUps } from "#adapters/cron/wake-ups.ts";

/** A ticker whose minutes, watchdog and steady clock are moved by hand. */
function rig() {
  let calls: Parameters<WakeUps["start"]>[0] | undefined;
  let steady = 0;
  let woken = 0;
  const wakeUps: WakeUps = {
    start: (given) => void (calls = given),
    stop: async () => void (calls = undefined),
  };
  const ticker = cronTicker({ wakeUps, steady: () => steady });
  return {
    ticker,
    start: () => ticker.start(() => void (woken += 1)),
    woken: () => woken,
    passes: (milliseconds: number) => void (steady += milliseconds),
    minute: () => calls?.minute(),
    watch: () => calls?.watch(),
  };
}

describe("the ticker", () => {
  it("wakes at start and at every minute", () => {
    const tick = rig();

    tick.start();
    tick.minute();

    expect(tick.woken()).toBe(2);
  });

  it("wakes by its watchdog when no minute has come for more than 75 seconds", () => {
    const tick = rig();
    tick.start();

    tick.passes(75_000);
    tick.watch();
    expect(tick.woken()).toBe(1);
    tick.passes(1);
    tick.watch();
    tick.watch();

    expect(tick.woken()).toBe(2);
  });

  it("wakes no more once it has stopped", async () => {
    const tick = rig();
    tick.start();

    await tick.ticker.stop();
    tick.minute();

    expect(tick.woken()).toBe(1);
  });

  it("starts and stops on the host's own wake-ups, leaving nothing behind", async () => {
    let woken = 0;
    const ticker = cronTicker();

    ticker.start(() => void (woken += 1));
    await ticker.stop();

    expect(woken).toBe(1);
  });
});
