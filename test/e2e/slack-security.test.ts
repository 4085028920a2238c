import { describe, expect, it } from "vitest";
import { eventOf } from "#test/support/slack/member.ts";
import { accountOf, office, type Office } from "#test/support/slack/office.ts";
import { signatureOf } from "#test/support/slack/stand-in.ts";
import { channelOf } from "#test/support/slack/workspace.ts";

type Json = Readonly<Record<string, unknown>>;
const USER = accountOf("r1");
const FORM = "application/x-www-form-urlencoded";
const now = () => Math.floor(Date.now() / 1_000);

let events = 0;
const said = (): Json =>
  eventOf(`EvForged${++events}`, {
    type: "message",
    channel: channelOf(USER),
    channel_type: "im",
    user: USER,
    text: "help",
    ts: "1.1",
  });
const tapped = (team = "T0ATTUNE1"): Json => ({
  type: "block_actions",
  team: { id: team },
  user: { id: USER, team_id: team },
  api_app_id: "A0ATTUNE1",
  trigger_id: "t",
  container: { type: "message", message_ts: "1.1", channel_id: channelOf(USER) },
  actions: [{ action_id: "act-1", action_ts: `${++events}.1`, value: "say/help" }],
});
const command = (team = "T0ATTUNE1"): Readonly<Record<string, string>> => ({
  command: "/attune",
  text: "help",
  team_id: team,
  user_id: USER,
  channel_id: "C1",
  trigger_id: `t${++events}`,
});

/** The three ways in which Slack writes to us, each as a body and its content type. */
const BODIES: readonly (() => readonly [string, string])[] = [
  () => [JSON.stringify(said()), "application/json"],
  () => [new URLSearchParams({ payload: JSON.stringify(tapped()) }).toString(), FORM],
  () => [new URLSearchParams(command()).toString(), FORM],
];

type Attack = (body: string) => { body?: string; headers: Readonly<Record<string, string>> };
const signed = (body: string, at: string, secret?: string) => ({
  "x-slack-request-timestamp": at,
  "x-slack-signature": signatureOf(body, at, secret),
});
const ATTACKS: Readonly<Record<string, Attack>> = {
  "without a signature": () => ({ headers: { "x-slack-signature": "" } }),
  "signed with another secret": (body) => ({ headers: signed(body, String(now()), "another secret") }),
  "signed with an empty secret": (body) => ({ headers: signed(body, String(now()), " ") }),
  "with the signature of another body": (body) => ({ headers: signed(`${body} `, String(now())) }),
  "with a signature cut short": (body) => {
    const at = String(now());
    return { headers: { ...signed(body, at), "x-slack-signature": signatureOf(body, at).slice(0, 20) } };
  },
  "with another version of signature": (body) => {
    const at = String(now());
    return {
      headers: { ...signed(body, at), "x-slack-signature": signatureOf(body, at).replace("v0", "v1") },
    };
  },
  "signed six minutes ago": (body) => ({ headers: signed(body, String(now() - 360)) }),
  "signed a day ahead": (body) => ({ headers: signed(body, String(now() + 86_400)) }),
  "signed six minutes ahead": (body) => ({ headers: signed(body, String(now() + 360)) }),
  "with a time that is none": (body) => ({ headers: signed(body, "now") }),
  "with a negative time": (body) => ({ headers: signed(body, "-1") }),
  "changed after it was signed": (body) => {
    const at = String(now());
    return { body: body.replace("help", "hell"), headers: signed(body, at) };
  },
};

describe("what does not come from our workspace's Slack", () => {
  it("never reaches a flow: forged, replayed, unsigned and of another workspace, by HTTP", async () => {
    await using slack = await office({ mode: "http" });
    const statuses: number[] = [];
    for (const attack of Object.values(ATTACKS)) {
      for (const bodyOf of BODIES) {
        const [body, type] = bodyOf();
        const { body: changed = body, headers } = attack(body);
        const response = await slack.slack.post(changed, { "content-type": type, ...headers });
        statuses.push(response.status);
      }
    }
    const forged = statuses.length;
    await foreign(slack, statuses);

    expect(slack.received).toEqual([]);
    expect(statuses.length).toBeGreaterThanOrEqual(45);
    expect(new Set(statuses.slice(0, forged))).toEqual(new Set([401]));
    // Any other answer would bring it back, again and again.
    expect(new Set(statuses.slice(forged))).toEqual(new Set([200]));
  });

  it("is taken once: a replay is acknowledged and reaches no flow", async () => {
    await using slack = await office({ mode: "http" });
    const statuses: number[] = [];
    for (const bodyOf of BODIES) {
      const [body, type] = bodyOf();
      const headers = { "content-type": type, ...signed(body, String(now())) };
      statuses.push((await slack.slack.post(body, headers)).status);
      statuses.push((await slack.slack.post(body, headers)).status);
      const again = { "content-type": type, ...signed(body, String(now() - 1)) };
      statuses.push((await slack.slack.post(body, again)).status);
    }

    expect(slack.received.map(({ type }) => type)).toEqual(["said", "pressed", "pressed"]);
    expect(new Set(statuses)).toEqual(new Set([200]));
  });

  it("never reaches a flow from another workspace over the socket", async () => {
    await using slack = await office({ mode: "socket" });

    await slack.slack.deliver("events_api", { ...said(), team_id: "T0OTHER" });
    await slack.slack.deliver("interactive", tapped("T0OTHER"));
    await slack.slack.deliver("slash_commands", command("T0OTHER"));

    expect(slack.received).toEqual([]);
  });

  it("may be nonsense: it is answered, and nothing falls over", async () => {
    await using slack = await office({ mode: "http" });
    const bodies = [
      "",
      "null",
      "[]",
      '"text"',
      "{",
      '{"type":"event_callback"}',
      `{"type":"${"x".repeat(2_000_000)}"}`,
    ];
    const statuses = [];
    for (const body of bodies) statuses.push((await slack.slack.post(body)).status);

    expect(statuses).toEqual([400, 400, 400, 400, 400, 200, 413]);
    expect(slack.received).toEqual([]);
    const challenge = await slack.slack.post(JSON.stringify({ type: "url_verification", challenge: "abc" }));
    expect(await challenge.json()).toEqual({ challenge: "abc" });
  });
});

/** Signed rightly, and of a workspace that is not ours: Slack would do so for an app that is installed twice. */
async function foreign(slack: Office, statuses: number[]): Promise<void> {
  const others: readonly (readonly [Json | string, string])[] = [
    [{ ...said(), team_id: "T0OTHER" }, "application/json"],
    [{ ...said(), team_id: undefined }, "application/json"],
    [{ ...said(), team_id: ["T0ATTUNE1"] }, "application/json"],
    [new URLSearchParams({ payload: JSON.stringify(tapped("T0OTHER")) }).toString(), FORM],
    [
      new URLSearchParams({
        payload: JSON.stringify({ ...tapped(), team: null, user: { id: USER } }),
      }).toString(),
      FORM,
    ],
    [new URLSearchParams(command("T0OTHER")).toString(), FORM],
    [
      new URLSearchParams({
        payload: JSON.stringify({ ...tapped("T0OTHER"), type: "view_submission" }),
      }).toString(),
      FORM,
    ],
    [
      new URLSearchParams({
        payload: JSON.stringify({
          type: "shortcut",
          callback_id: "set-goal",
          team: { id: "T0OTHER" },
          user: { id: USER },
          trigger_id: "t",
          action_ts: "1",
        }),
      }).toString(),
      FORM,
    ],
    [new URLSearchParams({ ...command(), team_id: "" }).toString(), FORM],
    [
      {
        ...said(),
        event: { type: "message", channel_type: "channel", channel: "C1", user: USER, text: "help" },
      },
      "application/json",
    ],
    [
      {
        ...said(),
        event: { type: "message", channel_type: "im", channel: "D1", user: USER, text: "help", bot_id: "B1" },
      },
      "application/json",
    ],
    [
      {
        ...said(),
        event: {
          type: "message",
          channel_type: "im",
          channel: "D1",
          user: USER,
          text: "help",
          subtype: "message_changed",
        },
      },
      "application/json",
    ],
    [{ type: "event_callback", team_id: "T0ATTUNE1", event: 7 }, "application/json"],
    [{ type: "tokens_revoked", team_id: "T0ATTUNE1" }, "application/json"],
  ];
  for (const [body, type] of others) {
    const response = await slack.slack.post(typeof body === "string" ? body : JSON.stringify(body), {
      "content-type": type,
    });
    statuses.push(response.status);
  }
}
