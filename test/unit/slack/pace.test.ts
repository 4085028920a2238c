import { describe, expect, it } from "vitest";
import { RATES } from "#adapters/slack/limits.ts";
import { createPace } from "#adapters/slack/pace.ts";

/** A clock that moves only while somebody waits. */
function virtual() {
  const clock = {
    at: 0,
    now: () => clock.at,
    async sleep(wait: number) {
      clock.at += wait;
    },
  };
  return clock;
}

const PATIENT = 3_600_000;

describe("the pace of calls", () => {
  it("lets a burst through, and then as many a minute as Slack takes", async () => {
    const clock = virtual();
    const pace = createPace(clock);

    for (let i = 0; i < 300; i++) await pace.take("post", PATIENT, `D${i}`);

    expect(clock.at).toBeGreaterThan(59_000);
    expect(clock.at).toBeLessThan(61_000);
  });

  it("never lets more than a tier's fifty edits into any minute", async () => {
    const clock = virtual();
    const pace = createPace(clock);
    const made: number[] = [];

    for (let i = 0; i < 200; i++) {
      await pace.take("update", PATIENT);
      made.push(clock.at);
    }

    const busiest = Math.max(
      ...made.map((from) => made.filter((at) => at >= from && at < from + 60_000).length),
    );
    expect(busiest).toBeLessThanOrEqual(50);
    expect(RATES.update.perMinute + RATES.update.burst).toBeLessThanOrEqual(50);
  });

  it("writes to one channel once a second, and lets others pass", async () => {
    const clock = virtual();
    const pace = createPace(clock);

    await pace.take("post", PATIENT, "D1");
    await pace.take("post", PATIENT, "D2");
    const others = clock.at;
    await pace.take("post", PATIENT, "D1");

    expect(others).toBe(0);
    expect(clock.at).toBe(1_000);
  });

  it("tells who cannot wait when to come again, and takes no place for them", async () => {
    const clock = virtual();
    const pace = createPace(clock);
    await pace.take("post", PATIENT, "D1");

    await expect(pace.take("post", 100, "D1")).rejects.toMatchObject({
      code: "rate-limited",
      retryAfter: 1_000,
    });
    await expect(pace.take("post", 100, "D1")).rejects.toMatchObject({ retryAfter: 1_000 });
  });

  it("is silent for as long as Slack asked", async () => {
    const clock = virtual();
    const pace = createPace(clock);

    pace.rest("post", 30_000);
    await pace.take("post", PATIENT, "D1");

    expect(clock.at).toBeGreaterThanOrEqual(30_000);
    expect(clock.at).toBeLessThan(31_000);
  });
});
