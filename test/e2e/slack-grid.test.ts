import { describe, expect, it } from "vitest";
import { FORM } from "#adapters/slack/form.ts";
import { DEFAULT_GOALS } from "#src/domain/goals.ts";
import type { Program } from "#src/domain/program.ts";
import { en } from "#src/words/en.ts";
import { programOf, someone } from "#test/support/programs.ts";
import { authTest, onGrid, ORGANISATION, sister, SISTER, type Installed } from "#test/support/slack/grid.ts";
import type { Mode } from "#test/support/slack/joined.ts";
import { eventOf } from "#test/support/slack/member.ts";
import { office, type Office } from "#test/support/slack/office.ts";
import { channelOf, TEAM } from "#test/support/slack/workspace.ts";

const GOAL = DEFAULT_GOALS.find(({ id }) => id === "tests")!.label.en;
const R1 = "WR1";

/** The resident's account is one of the organisation's. */
const program: Program = {
  ...programOf(),
  people: [someone("r1", { accounts: { slack: R1 } }), someone("a1", { accounts: { slack: "UA1" } })],
};

/** Attune on Enterprise Grid, where the resident is at home in the sister workspace. */
async function grid(installed: Installed, mode: Mode = "socket"): Promise<Office> {
  const slack = await office({
    mode,
    program,
    slack: { patience: 1_000 },
    prepare: ({ workspace }) => {
      workspace.grid = authTest[installed];
      workspace.add(sister(R1));
    },
  });
  slack.slack.disguise = onGrid(installed);
  return slack;
}

const CASES: readonly (readonly [Installed, Mode])[] = [
  ["workspace", "socket"],
  ["workspace", "http"],
  ["organisation", "socket"],
  ["organisation", "http"],
];

describe("somebody of a sister workspace, where Attune is installed", () => {
  it.each(CASES)(
    "in the %s, by %s: is asked, taps, types, writes in a dialog and commands",
    async (...given) => {
      await using slack = await grid(...given);
      const resident = slack.member("r1");
      await slack.until("2026-12-01T07:45");

      await resident.taps(en.consent.agree);
      await resident.taps(GOAL);
      await resident.taps("Write");
      await resident.submits("one clean airway");
      await resident.taps(en.strategy.help.answers[3]);
      await resident.opensHome();
      await resident.commands("my data");
      await resident.says("help");
      await resident.shortcut("set-goal");

      expect(resident.home()).toContain(en.home.title);
      expect(resident.chat().join("\n")).toContain("one clean airway");
      expect(resident.reads()).toContain(en.commands.help.title);
      expect(slack.received.map(({ sender }) => sender.account)).toEqual(slack.received.map(() => R1));
      expect(new Set(slack.received.map(({ type }) => type))).toEqual(
        new Set(["opened", "said", "pressed", "submitted"]),
      );
    },
  );

  it.each(["workspace", "organisation"] as const)("in the %s: is known by e-mail, too", async (installed) => {
    const people = [someone("r1", { accounts: {}, email: "r1@example.org" }), someone("a1")];
    await using slack = await office({
      program: { ...programOf(), people },
      prepare: ({ workspace }) => {
        workspace.grid = authTest[installed];
        workspace.add(sister("UR1", "r1@example.org"));
      },
    });
    slack.slack.disguise = onGrid(installed);

    await slack.until("2026-12-01T07:46");
    await slack.member("r1").taps(en.consent.agree);

    expect(slack.member("r1").chat().join("\n")).toContain(en.goal.question);
  });
});

/** r1 types "help", in an event that is told like this. */
const said = (outer: object) => ({
  ...eventOf("EvGrid", {
    type: "message",
    channel: channelOf("UR1"),
    channel_type: "im",
    user: "UR1",
    text: "help",
    ts: "1.1",
  }),
  ...outer,
});

describe("what is authorised for another installation", () => {
  it.each<[string, Installed | undefined, object, number]>([
    ["ours", undefined, { team_id: TEAM, authorizations: [{ team_id: TEAM }] }, 1],
    ["another workspace's", undefined, { team_id: "TOTHER", authorizations: [{ team_id: "TOTHER" }] }, 0],
    [
      "a sister's, of a workspace without an organisation",
      undefined,
      { team_id: SISTER, authorizations: [{ team_id: TEAM }] },
      0,
    ],
    [
      "our workspace's, authorised for a sister",
      "workspace",
      { team_id: TEAM, authorizations: [{ team_id: SISTER, enterprise_id: ORGANISATION }] },
      0,
    ],
    [
      "another organisation's",
      "organisation",
      { team_id: SISTER, authorizations: [{ team_id: null, enterprise_id: "E0OTHER" }] },
      0,
    ],
  ])("is acknowledged, and taken only where it is ours: %s", async (_, installed, outer, taken) => {
    await using slack = await office({
      prepare: ({ workspace }) => {
        if (installed !== undefined) workspace.grid = authTest[installed];
      },
    });

    const { acknowledged } = await slack.slack.deliverOnce("events_api", said(outer));

    expect(acknowledged).toBe(true);
    expect(slack.received.filter(({ type }) => type === "said")).toHaveLength(taken);
  });

  it.each<Mode>(["socket", "http"])("is told so where somebody waits for an answer, by %s", async (mode) => {
    await using slack = await office({ mode });
    const command = await slack.slack.deliver("slash_commands", {
      command: "/attune",
      text: "help",
      team_id: "T0OTHER",
      user_id: "UR1",
      channel_id: "C1",
      trigger_id: "t1",
    });
    const dialog = await slack.slack.deliver("interactive", {
      type: "view_submission",
      team: { id: "T0OTHER" },
      user: { id: "UR1", team_id: "T0OTHER" },
      view: { id: "V1", type: "modal", callback_id: FORM, app_installed_team_id: "T0OTHER" },
    });
    const tap = await slack.slack.deliver("interactive", {
      type: "block_actions",
      team: { id: "T0OTHER" },
      user: { id: "UR1" },
      trigger_id: "t2",
      container: { type: "message", message_ts: "1.1", channel_id: "D1" },
      actions: [{ action_id: "act-1", action_ts: "1.2", value: "say/help" }],
    });

    expect(command).toMatchObject({
      acknowledged: true,
      answer: { response_type: "ephemeral", text: expect.stringContaining("another Slack workspace") },
    });
    expect(JSON.stringify(dialog.answer)).toContain("Nothing was stored");
    expect(tap).toMatchObject({ acknowledged: true, answer: {} });
    expect(slack.received).toEqual([]);
  });
});

describe("an account of another organisation", () => {
  it("is nobody, though its e-mail is listed: neither asked nor answered", async () => {
    const people = [someone("r1", { accounts: {}, email: "r1@example.org" }), someone("a1")];
    await using slack = await office({ program: { ...programOf(), people } });
    slack.slack.workspace.add({ id: "UR1", email: "r1@example.org", team: "TOTHER" });

    await slack.until("2026-12-01T07:46");
    await slack.member("r1").says("help");

    expect(slack.member("r1").chat().join("\n")).not.toContain(en.consent.agree);
    expect(slack.member("r1").chat()).toEqual([en.refused.unknown]);
  });

  it("is not written to where people.csv was given its e-mail by mistake, on Grid either", async () => {
    const people = [someone("r1", { accounts: {}, email: "r1@example.org" }), someone("a1")];
    await using slack = await office({
      program: { ...programOf(), people },
      prepare: ({ workspace }) => {
        workspace.grid = authTest.organisation;
        workspace.add({ id: "UR1", email: "r1@example.org", team: "TOTHER", enterprise: "E0OTHER" });
      },
    });

    await slack.until("2026-12-01T07:46");

    expect(slack.member("r1").chat()).toEqual([]);
  });
});

it("a button tapped in a channel never makes that channel somebody's chat", async () => {
  await using slack = await office();
  await slack.until("2026-12-01T07:45");
  await slack.member("r1").taps(en.consent.agree);
  await slack.slack.deliver("interactive", {
    type: "block_actions",
    team: { id: TEAM },
    user: { id: "UR1", team_id: TEAM },
    trigger_id: "t1",
    container: { type: "message", message_ts: "1.1", channel_id: "C0PUBLIC", is_ephemeral: true },
    actions: [{ action_id: "act-1", action_ts: "1.2", value: "say/help" }],
  });

  const identities = await slack.store.identities(program.people[0]!.id);

  expect(identities.map(({ address }) => address)).toEqual([`UR1/${channelOf("UR1")}`]);
});
