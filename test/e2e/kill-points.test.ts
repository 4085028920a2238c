import { expect, it, onTestFailed } from "vitest";
import { seeded } from "#src/simulation/random.ts";
import { campaign } from "#test/support/kill/campaign.ts";
import { campaignSize } from "#test/support/campaign-size.ts";
import { asksAMorning, TEAMS } from "#test/support/kill/morning.ts";
import { place } from "#test/support/kill/place.ts";
import { KILL_POINTS } from "#test/support/kill/points.ts";
import { SEED } from "#test/support/seed.ts";

/** Four are enough to come past every point. */
const AT_WORK = campaignSize({ usual: 2, long: TEAMS });

it("loses nothing and doubles nothing when it dies at every point at which something is half done", async () => {
  onTestFailed(() => console.error(`ATTUNE_SEED=${SEED}`));
  using home = place();

  const after = await campaign({
    file: home.file,
    random: seeded(SEED),
    mornings: 1,
    teams: AT_WORK,
    lives: 1,
    lookup: true,
    unreachable: true,
    gone: true,
    killAt: KILL_POINTS,
  });

  expect(after.burned.toSorted()).toEqual(KILL_POINTS.toSorted());
  expect(after.kills).toBe(KILL_POINTS.length);
  expect(after.nudges).toBe(asksAMorning(AT_WORK));
  expect(after.anew).toBeGreaterThan(0);
  expect(after.twice).toEqual([]);
  expect(after.lost).toEqual([]);
  expect(after.forgotten).toEqual([]);
  expect(after.repeated).toEqual([]);
  expect(after.uncertain).toBe(0);
  // The consent: nothing is tried in its place for a day from then on.
  expect(after.unsent.get("failed: unreachable")).toBe(1);
  expect(after.acknowledged).toBeGreaterThan(asksAMorning(AT_WORK));
  expect(after.integrity).toBe("ok");
}, 600_000);
