import { expect, it, onTestFailed } from "vitest";
import { seeded } from "#src/simulation/random.ts";
import { campaign } from "#test/support/kill/campaign.ts";
import { ASKS_A_MORNING } from "#test/support/kill/morning.ts";
import { place } from "#test/support/kill/place.ts";

const SEED = Number(process.env["ATTUNE_SEED"] ?? Date.now() % 1_000_000);
/** 312 asks in every run; over 4,000 in a soak. */
const IS_SOAK = process.env["ATTUNE_SOAK"] === "1";
const MORNINGS = IS_SOAK ? 13 : 1;

it.each([
  { far: "a platform that can look up", lookup: true, mornings: MORNINGS, murder: 0.3 },
  { far: "a platform that cannot", lookup: false, mornings: 1, murder: 0.2 },
])(
  "loses nothing and doubles nothing when two houses are killed at random, on $far",
  async ({ lookup, mornings, murder }) => {
    onTestFailed(() => console.error(`ATTUNE_SEED=${SEED}`));
    using home = place();

    const after = await campaign({
      file: home.file,
      random: seeded(SEED),
      mornings,
      lives: 2,
      lookup,
      murder,
    });

    if (IS_SOAK) console.log({ SEED, ...after });
    expect(after.kills).toBeGreaterThan(5 * mornings);
    expect(after.nudges).toBeGreaterThanOrEqual(ASKS_A_MORNING * mornings);
    expect(after.twice).toEqual([]);
    expect(after.lost).toEqual([]);
    expect(after.forgotten).toEqual([]);
    expect(after.repeated).toEqual([]);
    // Where nobody can look, doubt is all that is left of an interrupted send, and it is never repeated.
    expect(after.uncertain > 0).toBe(!lookup);
    expect(after.acknowledged).toBeGreaterThan(ASKS_A_MORNING * mornings);
    expect(after.integrity).toBe("ok");
  },
  7_200_000,
);
