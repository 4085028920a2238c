import { describe, expect, it } from "vitest";
import { DEFAULT_GOALS } from "#src/domain/goals.ts";
import { en } from "#src/words/en.ts";
import { authTest } from "#test/support/slack/grid.ts";
import type { Json } from "#test/support/slack/json.ts";
import { settle, type Mode } from "#test/support/slack/joined.ts";
import { eventOf, tapOf } from "#test/support/slack/member.ts";
import { atGoal, office, type Office } from "#test/support/slack/office.ts";
import { tappables } from "#test/support/slack/words.ts";
import { channelOf } from "#test/support/slack/workspace.ts";

/*
 * What people reported of other bots in Slack, tried on ours through the real Bolt. Each title names the report.
 */

const GOAL = DEFAULT_GOALS.find(({ id }) => id === "tests")!.label.en;
const MODES: readonly Mode[] = ["socket", "http"];
const CHANNEL = channelOf("UR1");

/** A message event in r1's direct message. */
const message = (id: string, inner: Json): Json =>
  eventOf(id, { type: "message", channel: CHANNEL, channel_type: "im", ...inner });

const typed = (id: string, text: string, ts: string, over: Json = {}): Json =>
  message(id, { user: "UR1", text, ts, ...over });

/** What was answered since, once nothing is under way. */
async function answered(slack: Office, since: number): Promise<readonly string[]> {
  await settle(slack.member("r1"));
  await slack.beat();
  return slack.member("r1").chat().slice(since);
}

/** The texts in which Slack reads markup. */
const markupIn = (value: unknown): readonly string[] =>
  typeof value !== "object" || value === null
    ? []
    : "type" in value && value.type === "mrkdwn" && "text" in value
      ? [String(value.text)]
      : Object.values(value).flatMap(markupIn);

describe.each(MODES)("events, by %s", (mode) => {
  it("slackapi/node-slack-sdk#2141: one message told in several events, each with an id of its own, is answered once", async () => {
    await using slack = await atGoal({ mode });
    const before = slack.member("r1").chat().length;

    for (const id of ["EvA", "EvB", "EvC"])
      await slack.slack.deliver("events_api", typed(id, "help", "1795470300.000100"));

    expect(await answered(slack, before)).toEqual([expect.stringContaining(en.commands.help.title)]);
  });

  it("vercel/chat#667, agno-agi/agno#10073: a repeat of what never arrived is taken like a first one", async () => {
    await using slack = await atGoal({ mode });
    const before = slack.member("r1").chat().length;

    const { acknowledged } = await slack.slack.deliverOnce(
      "events_api",
      typed("EvLate", "help", "1795470300.000200"),
      2,
    );

    expect(acknowledged).toBe(true);
    expect(await answered(slack, before)).toHaveLength(1);
  });

  it("tsg-ut/slackbot#1013, slackapi/bolt-python#731: a repeat of what was done is acknowledged, and not done again", async () => {
    await using slack = await atGoal({ mode });
    const before = slack.member("r1").chat().length;
    const event = typed("EvTwice", "help", "1795470300.000300");

    const told = [
      await slack.slack.deliverOnce("events_api", event, 0),
      await slack.slack.deliverOnce("events_api", event, 1),
      await slack.slack.deliverOnce("events_api", event, 3),
    ];

    expect(told.map(({ acknowledged }) => acknowledged)).toEqual([true, true, true]);
    expect(await answered(slack, before)).toHaveLength(1);
  });

  it("RasaHQ/rasa_core#471: its own messages, and other bots', are not answered", async () => {
    await using slack = await atGoal({ mode });
    const before = slack.member("r1").chat().length;

    for (const [id, inner] of Object.entries({
      own: { user: "U0ATTUNE1", bot_id: "B0ATTUNE1", text: "help", ts: "1.1" },
      another: { user: "U0OTHER", bot_id: "B0OTHER", app_id: "A0OTHER", text: "help", ts: "1.2" },
      nameless: { subtype: "bot_message", bot_id: "B0OLD", text: "help", ts: "1.3" },
    }))
      await slack.slack.deliver("events_api", message(`Ev${id}`, inner));

    expect(await answered(slack, before)).toEqual([]);
  });

  it("nearform/slack-knowledgebase-chatgpt-responder#983: a preview of a link in its own message is nobody's question", async () => {
    await using slack = await atGoal({ mode });
    const before = slack.member("r1").chat().length;

    await slack.slack.deliver(
      "events_api",
      message("EvPreview", {
        subtype: "message_changed",
        hidden: true,
        message: { user: "U0ATTUNE1", bot_id: "B0ATTUNE1", text: "<https://x.example>", ts: "1.1" },
        previous_message: { user: "U0ATTUNE1", bot_id: "B0ATTUNE1", text: "https://x.example", ts: "1.1" },
      }),
    );

    expect(await answered(slack, before)).toEqual([]);
  });

  it("opsdroid/opsdroid#1220: a preview of a link that somebody typed is no change of what they typed", async () => {
    await using slack = await atGoal({ mode });
    const line = { user: "UR1", text: "help", ts: "1795470300.000400" };
    await slack.slack.deliver("events_api", message("EvLine", line));
    const before = (await answered(slack, 0)).length;

    await slack.slack.deliver(
      "events_api",
      message("EvLinePreview", {
        subtype: "message_changed",
        message: { ...line, attachments: [{ title: "A page" }] },
        previous_message: line,
      }),
    );

    expect(await answered(slack, before)).toEqual([]);
  });

  it("slackapi/hubot-slack#143: a misspelt command that is edited is read as it stands then", async () => {
    await using slack = await atGoal({ mode });
    const line = { user: "UR1", text: "languge", ts: "1795470300.000500" };
    await slack.slack.deliver("events_api", message("EvMisspelt", line));
    const before = (await answered(slack, 0)).length;

    await slack.slack.deliver(
      "events_api",
      message("EvSpelt", {
        subtype: "message_changed",
        message: { ...line, text: "help", edited: { user: "UR1", ts: "1795470310.000000" } },
        previous_message: line,
      }),
    );

    expect(await answered(slack, before)).toEqual([expect.stringContaining(en.commands.help.title)]);
  });

  it("howdyai/botkit#455: an answer that is edited is the one that is kept", async () => {
    await using slack = await atGoal({ mode });
    const resident = slack.member("r1");
    await resident.taps(GOAL);
    const line = { user: "UR1", text: "one cental line", ts: "1795470300.000600" };
    await slack.slack.deliver("events_api", message("EvFirst", line));
    await answered(slack, 0);

    await slack.slack.deliver(
      "events_api",
      message("EvChanged", {
        subtype: "message_changed",
        message: { ...line, text: "one central line", edited: { user: "UR1", ts: "1795470310.000000" } },
        previous_message: line,
      }),
    );

    const shown = (await answered(slack, 0)).find((text) => text.includes("2/4"));
    expect(shown).toContain("one central line");
    expect(shown).not.toContain("cental");
  });

  it("slackapi/bolt-js#360: opening the messages tab is told twice, and changes nothing", async () => {
    await using slack = await atGoal({ mode });
    const before = slack.member("r1").chat().length;

    for (const id of ["EvTab1", "EvTab2"])
      await slack.slack.deliver(
        "events_api",
        eventOf(id, { type: "app_home_opened", user: "UR1", channel: CHANNEL, tab: "messages" }),
      );

    expect(await answered(slack, before)).toEqual([]);
    expect(slack.slack.calls.some(({ method }) => method === "views.publish")).toBe(false);
  });

  it("slackapi/bolt-python#845: a change of a profile that is of no use is acknowledged, and never comes back", async () => {
    await using slack = await atGoal({ mode });

    const told: boolean[] = [];
    for (const [place, user] of [null, {}, { id: "UR1", profile: null }, { id: "UNKNOWN1" }].entries())
      told.push(
        (
          await slack.slack.deliverOnce(
            "events_api",
            eventOf(`EvUser${place}`, { type: "user_change", user }),
          )
        ).acknowledged,
      );

    expect(told).toEqual([true, true, true, true]);
  });
});

describe.each(MODES)("dialogs and taps, by %s", (mode) => {
  it("slackapi/bolt-python#922: what is wrong with a dialog is said at an input that the dialog has", async () => {
    await using slack = await atGoal({ mode });
    const resident = slack.member("r1");
    await resident.taps(GOAL);
    await resident.taps("Write");
    const dialog = [...slack.slack.workspace.views.values()].at(-1)!.body;
    const inputs = (dialog["blocks"] as readonly Json[]).filter(({ type }) => type === "input");

    const { answer } = await resident.submits("look after MRN 1234567");

    expect(answer).toMatchObject({ response_action: "errors" });
    expect(Object.keys(answer!["errors"] as object)).toEqual(inputs.map((block) => block["block_id"]));
  });

  it("slackapi/bolt-js#1208: a dialog that is taken is acknowledged with nothing that Slack could not read", async () => {
    await using slack = await atGoal({ mode });
    const resident = slack.member("r1");
    await resident.taps(GOAL);
    await resident.taps("Write");

    const { acknowledged, answer } = await resident.submits("one clean airway");

    expect({ acknowledged, answer }).toEqual({ acknowledged: true, answer: {} });
  });

  it("slackapi/bolt-js#1265: a tap whose team is null is taken, where the app is installed for the organisation", async () => {
    await using slack = await office({
      mode,
      prepare: ({ workspace }) => void (workspace.grid = authTest.organisation),
    });
    await slack.until("2026-12-01T07:45");
    const newest = slack.member("r1").messages().at(-1)!;
    const tap = tappables(newest.blocks).find(({ label }) => label === en.consent.agree)!;
    const enterprise = authTest.organisation["enterprise_id"];

    const { acknowledged } = await slack.slack.deliver("interactive", {
      ...tapOf(slack.slack, "UR1", newest, { ...tap.element, block_id: tap.block, action_ts: "17.1" }),
      team: null,
      enterprise: { id: enterprise },
      is_enterprise_install: true,
    });

    expect(acknowledged).toBe(true);
    expect(slack.received.map(({ type }) => type)).toEqual(["pressed"]);
  });
});

describe("what it says", () => {
  it("slackapi/hubot-slack#344, slackapi/hubot-slack#43: what somebody typed is never markup of a message of its own", async () => {
    await using slack = await atGoal();
    const resident = slack.member("r1");
    await resident.taps(GOAL);

    await resident.says("ask <!channel> or <foo|bar> & <@UA1>");
    await slack.until("2026-12-01T08:00");
    await slack.member("a1").taps(en.consent.agree);

    expect(slack.member("a1").reads()).toContain("ask <!channel> or <foo|bar> & <@UA1>");
    const markup = slack
      .member("a1")
      .messages()
      .flatMap(({ text, blocks }) => [text, ...markupIn(blocks)]);
    expect(markup.join("\n")).not.toMatch(/<!channel>|<foo\|bar>|<@UA1>/u);
  });

  it("slackapi/hubot-slack#531: no link in a message of its own is ever unfurled", async () => {
    await using slack = await atGoal();

    await slack.member("r1").says("help");

    const posts = slack.slack.calls.filter(({ method }) => method === "chat.postMessage");
    expect(posts.length).toBeGreaterThan(0);
    for (const { args } of posts)
      expect([String(args["unfurl_links"]), String(args["unfurl_media"])]).toEqual(["false", "false"]);
  });
});

describe("its socket", () => {
  it("slackapi/bolt-js#1554: Socket Mode that is turned off ends nothing, and people are heard once it is on again", async () => {
    await using slack = await atGoal();
    const { acknowledged } = await slack.member("r1").says("help");
    slack.slack.closed = true;

    slack.slack.disconnect("disabled");
    await slack.eventually(() => slack.platform.trouble() !== undefined, "the socket is named as failing");
    slack.slack.closed = false;
    await slack.eventually(() => slack.platform.trouble() === undefined, "the socket stands again");

    expect(acknowledged).toBe(true);
    expect((await slack.member("r1").says("home")).acknowledged).toBe(true);
  });

  it("slackapi/node-slack-sdk#1499, slackapi/bolt-js#929: words that are no JSON, and a cut, end nothing", async () => {
    await using slack = await atGoal();

    for (const words of ["undefined", "", "Unauthorized", "{}", "[null]"]) slack.slack.babble(words);
    const babbled = await slack.member("r1").says("help");
    slack.slack.disconnect("cut");
    await slack.eventually(() => slack.slack.sockets() === 0, "the socket is gone");
    await slack.eventually(() => slack.slack.sockets() === 1, "another one stands");

    expect(babbled.acknowledged).toBe(true);
    expect((await slack.member("r1").says("home")).acknowledged).toBe(true);
  });

  it("slackapi/bolt-js#2225, slackapi/node-slack-sdk#1771: a goodbye while it is still connecting ends nothing", async () => {
    await using slack = await office();
    slack.slack.ailment = { how: "closes" };
    slack.slack.disconnect("asked");
    await slack.eventually(() => slack.platform.trouble() !== undefined, "the socket is named as failing");

    slack.slack.ailment = undefined;
    await slack.eventually(() => slack.platform.trouble() === undefined, "the socket stands again");

    expect((await slack.member("r1").says("help")).acknowledged).toBe(true);
  });
});
