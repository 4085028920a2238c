import { describe, expect, it } from "vitest";
import { en } from "#src/words/en.ts";
import { programOf, someone } from "#test/support/programs.ts";
import { office } from "#test/support/slack/office.ts";
import { TEAM } from "#test/support/slack/workspace.ts";

const said = (user: string, outer: object) => ({
  type: "event_callback",
  event_id: "EvGrid",
  event: { type: "message", channel: "DR1", channel_type: "im", user, text: "help", ts: "1.1" },
  ...outer,
});

describe("Enterprise Grid", () => {
  it.each([
    ["ours", { team_id: TEAM, authorizations: [{ team_id: TEAM }] }, 1],
    ["another workspace's", { team_id: "TOTHER", authorizations: [{ team_id: "TOTHER" }] }, 0],
  ])("takes what is for our installation alone: %s", async (_, outer, taken) => {
    await using slack = await office({ slack: { patience: 300 } });

    await slack.slack.deliverOnce("events_api", said("UR1", outer));

    expect(slack.received.filter(({ type }) => type === "said")).toHaveLength(taken);
  });
});

describe("an account of another organisation", () => {
  it("is nobody, though its e-mail is listed: neither asked nor answered", async () => {
    const program = {
      ...programOf(),
      people: [someone("r1", { accounts: {}, email: "r1@example.org" }), someone("a1")],
    };
    await using slack = await office({ program });
    slack.slack.workspace.add({ id: "UR1", email: "r1@example.org", team: "TOTHER" });

    await slack.until("2026-12-01T07:46");
    await slack.member("r1").says("help");

    expect(slack.member("r1").chat().join("\n")).not.toContain(en.consent.agree);
    expect(slack.member("r1").chat()).toEqual([en.refused.unknown]);
  });
});
