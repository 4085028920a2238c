import { expect, it } from "vitest";
import { campaignSize } from "#test/support/campaign-size.ts";
import { liveWeeks, type Crowd } from "#test/support/weeks.ts";

/** Of the demo's eight. */
const WEEKS = campaignSize({ usual: 1, long: 8 });
const CROWDS = campaignSize<readonly Crowd[]>({
  quick: ["plausible"],
  usual: ["plausible", "chance"],
  long: ["plausible", "chance"],
});

// domain: The budget of messages
it.each(CROWDS)(
  "nobody of the demo program gets more messages than the budget has (%s people)",
  async (crowd) => {
    const { resident, attending } = await liveWeeks("program/program.yaml", crowd, 1, WEEKS);

    for (const role of [resident, attending]) {
      expect(role.messages).toBeGreaterThan(3);
      expect(role.messages).toBeLessThanOrEqual(10);
      expect(role.mostOnDay).toBeLessThanOrEqual(5);
    }
  },
  campaignSize({ usual: 240_000, long: 1_800_000 }),
);
