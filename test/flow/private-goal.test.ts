import fc from "fast-check";
import { expect, it } from "vitest";
import { createMetrics, type Metrics } from "#src/ops/metrics.ts";
import { campaignSize } from "#test/support/campaign-size.ts";
import { privateHistory, live } from "#test/support/private-goals.ts";
import type { Flow } from "#test/support/attune.ts";

/** A failure is told with its seed at once. */
const RUNS = { numRuns: campaignSize({ quick: 2, usual: 8, long: 40, soak: 1_000 }), endOnFailure: true };

/** Metrics that follow one process after the other: what they count adds up. */
function following(): { readonly metrics: Metrics; watch(attune: Flow): void } {
  let watched: Flow | undefined;
  const metrics = createMetrics({
    nudgeCounts: async () => (await watched?.store.nudgeCounts(watched.clock.now())) ?? [],
    programs: () => [],
  });
  return { metrics, watch: (attune) => (watched = attune) };
}

// domain: A private goal looks like no goal
it(
  "a private goal looks like no goal, said or unsaid, in all that anybody else can see",
  async () => {
    const [withGoal, without] = [following(), following()];
    await fc.assert(
      fc.asyncProperty(privateHistory, fc.constantFrom("silent", "none"), async (history, world) => {
        const kept = await live(history, "private", withGoal.metrics, withGoal.watch);
        const other = await live(history, world, without.metrics, without.watch);

        expect(kept).toEqual(other);
      }),
      RUNS,
    );
  },
  campaignSize({ usual: 240_000, long: 240_000, soak: 1_800_000 }),
);
