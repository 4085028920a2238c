import { describe, expect, it } from "vitest";
import { slackLife } from "#test/support/slack/life.ts";
import { teamsLife } from "#test/support/teams/life.ts";
import { wholeLife } from "#test/support/whole-life.ts";

describe("the whole life of a program", { timeout: 120_000 }, () => {
  it("in Slack, through the real Bolt", async () => {
    await using life = await slackLife();

    const { planned, afresh } = await wholeLife(life);

    expect(planned.length).toBeGreaterThan(1_000);
    expect(afresh).toBe(planned);
  });

  it("in Teams, through the real Bot Framework", async () => {
    await using life = await teamsLife();

    const { planned, afresh } = await wholeLife(life);

    expect(planned.length).toBeGreaterThan(1_000);
    expect(afresh).toBe(planned);
  });
});
