import { describe, expect, it } from "vitest";
import { systemClock } from "#adapters/cron/system-clock.ts";

describe("the system clock", () => {
  it("tells the host's time and sleeps by it", async () => {
    const clock = systemClock();
    const before = Date.now();

    await clock.sleep(20);

    expect(clock.now() - before).toBeGreaterThanOrEqual(19);
    expect(clock.now() - before).toBeLessThan(2_000);
  });

  it("ends a sleep of months when the signal aborts, without an error", async () => {
    const stop = new AbortController();

    const sleeping = systemClock().sleep(100 * 86_400_000, stop.signal);
    stop.abort();

    await expect(sleeping).resolves.toBeUndefined();
    await expect(systemClock().sleep(1_000_000, stop.signal)).resolves.toBeUndefined();
  });
});
