import { expect, it, onTestFailed } from "vitest";
import { seeded } from "#src/simulation/random.ts";
import { campaign } from "#test/support/kill/campaign.ts";
import { campaignSize } from "#test/support/campaign-size.ts";
import { asksAMorning, TEAMS } from "#test/support/kill/morning.ts";
import { place } from "#test/support/kill/place.ts";
import { SEED } from "#test/support/seed.ts";

/** 312 asks in a long run; over 4,000 in a soak. */
const { mornings: MORNINGS, teams } = campaignSize({
  usual: { mornings: 1, teams: 2 },
  long: { mornings: 1, teams: TEAMS },
  soak: { mornings: 13, teams: TEAMS },
});
const ASKS = asksAMorning(teams);
const isTold = campaignSize({ usual: false, long: false, soak: true });

it.each([
  { far: "a platform that can look up", lookup: true, mornings: MORNINGS, murder: 0.15 },
  { far: "a platform that cannot", lookup: false, mornings: 1, murder: 0.1 },
])(
  "loses nothing and doubles nothing when two processes are killed at random, on $far",
  async ({ lookup, mornings, murder }) => {
    onTestFailed(() => console.error(`ATTUNE_SEED=${SEED}`));
    using home = place();

    const after = await campaign({
      file: home.file,
      random: seeded(SEED),
      mornings,
      teams,
      lives: 2,
      lookup,
      murder,
      // Whatever chance brings, one dies whose message has arrived, before it has noted that.
      killAt: ["after-post"],
    });

    if (isTold) console.log({ SEED, ...after });
    expect(after.kills).toBeGreaterThan(5 * mornings);
    expect(after.nudges).toBeGreaterThanOrEqual(ASKS * mornings);
    expect(after.twice).toEqual([]);
    expect(after.lost).toEqual([]);
    expect(after.forgotten).toEqual([]);
    expect(after.repeated).toEqual([]);
    // Where nobody can look, doubt is all that is left of an interrupted send, and it is never repeated.
    expect(after.uncertain > 0).toBe(!lookup);
    expect(after.acknowledged).toBeGreaterThan(ASKS * mornings);
    expect(after.integrity).toBe("ok");
  },
  7_200_000,
);
