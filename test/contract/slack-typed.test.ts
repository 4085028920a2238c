import { describe, expect, it } from "vitest";
import { slackAddress } from "#adapters/slack/address.ts";
import type { Inbound } from "#src/ports/inbound.ts";
import { joined, settle, type Mode } from "#test/support/slack/joined.ts";
import { eventOf, member } from "#test/support/slack/member.ts";
import { standIn } from "#test/support/slack/stand-in.ts";
import { channelOf } from "#test/support/slack/workspace.ts";
import { key, shown } from "./inbound/cards.ts";

type Json = Readonly<Record<string, unknown>>;

const USER = "UR1";
const CHANNEL = channelOf(USER);
const AT = "1795470300.000100";

/** Somebody who types in Slack, and what of it reaches the core. */
async function typist(mode: Mode) {
  const slack = await standIn({ patience: 400, pause: 10 });
  slack.workspace.add({ id: USER });
  slack.workspace.add({ id: "UA2LONG12345", name: "Hana Sato" });
  const received: Inbound[] = [];
  const { platform, close } = await joined(slack, {
    mode,
    receive: async (inbound) => {
      received.push(inbound);
      return { kind: "card", card: shown("Camellia"), replace: false };
    },
  });
  await platform.start();
  const person = member(slack, USER);
  const happens = async (inner: Json): Promise<void> => {
    const body = eventOf(slack.workspace.next("Ev"), {
      type: "message",
      channel: CHANNEL,
      channel_type: "im",
      ...inner,
    });
    await slack.deliver("events_api", body);
    await settle(person);
  };
  return {
    slack,
    platform,
    person,
    received,
    happens,
    says: (text: string, over: Json = {}) => happens({ user: USER, text, ts: AT, ...over }),
    async [Symbol.asyncDispose]() {
      await close();
      await slack[Symbol.asyncDispose]();
    },
  };
}

// domain: Mentions and emoji are stored
describe.each(["socket", "http"] satisfies Mode[])("what is typed in Slack, by %s", (mode) => {
  it.each([
    ["ask <@UA2LONG12345> early", "ask @Hana Sato early"],
    ["<@U0ATTUNE1> stop", "@Attune stop"],
    ["ask <@UNOBODY1> early", "ask @someone early"],
    ["ask <@UA2LONG12345|hana> in <#C012AB|er>", "ask @hana in #er"],
    [":pray: :+1::skin-tone-4:", "🙏 👍🏽"],
    ["see <https://example.org/a|the guide> &amp; call", "see the guide & call"],
  ])("%s is what people read: %s", async (text, read) => {
    await using typing = await typist(mode);

    await typing.says(text);

    expect(typing.received).toMatchObject([{ type: "said", text: read }]);
  });

  // domain: Mentions and emoji are stored
  it("has the signs that its blocks name", async () => {
    await using typing = await typist(mode);
    const element = { type: "emoji", name: "face_with_rolling_eyes", unicode: "1f644" };

    await typing.says("well :face_with_rolling_eyes:", {
      blocks: [{ type: "rich_text", elements: [{ type: "rich_text_section", elements: [element] }] }],
    });

    expect(typing.received).toMatchObject([{ text: "well 🙄" }]);
  });

  it("belongs to the message that it is a reply to, and is answered in that thread", async () => {
    await using typing = await typist(mode);
    const root = await typing.platform.messenger.send(
      slackAddress(USER, CHANNEL),
      shown("Mimosa"),
      key("k1"),
    );
    const thread = root.split("/")[1];

    await typing.says("call me earlier", { thread_ts: thread });

    expect(typing.received).toMatchObject([{ type: "said", under: root }]);
    expect(typing.slack.calls.findLast(({ method }) => method === "chat.postMessage")?.args).toMatchObject({
      thread_ts: thread,
    });
  });

  it("is followed when it is changed or deleted, under the same name, and once", async () => {
    await using typing = await typist(mode);
    await typing.says("one line");
    const before = { user: USER, text: "one line", ts: AT };

    await typing.happens({
      subtype: "message_changed",
      ts: "1795470310.000100",
      message: { type: "message", user: USER, text: "two lines :pray:", ts: AT, edited: { user: USER } },
      previous_message: before,
    });
    await typing.happens({
      subtype: "message_deleted",
      ts: "1795470320.000100",
      deleted_ts: AT,
      previous_message: before,
    });
    await typing.happens({
      subtype: "message_changed",
      ts: "1795470330.000100",
      message: {
        type: "message",
        subtype: "tombstone",
        user: "USLACKBOT",
        text: "This message was deleted.",
        ts: AT,
      },
      previous_message: before,
    });

    const [said, ...rest] = typing.received;
    expect(rest).toMatchObject([
      { type: "edited", said: said!.event, text: "two lines 🙏", sender: { account: USER } },
      { type: "deleted", said: said!.event, sender: { account: USER } },
      { type: "deleted", said: said!.event, sender: { account: USER } },
    ]);
    expect(new Set(typing.received.map(({ event }) => event)).size).toBe(4);
  });

  it("is no edit where only a link's preview has come, and Attune's own messages are nobody's", async () => {
    await using typing = await typist(mode);
    const message = { user: USER, text: "see <https://example.org>", ts: AT };

    await typing.happens({
      subtype: "message_changed",
      message: { ...message, attachments: [{ title: "Example" }] },
      previous_message: message,
    });
    await typing.happens({
      subtype: "message_changed",
      message: { user: "U0ATTUNE1", bot_id: "B0ATTUNE1", text: "Camellia", ts: AT },
      previous_message: { user: "U0ATTUNE1", bot_id: "B0ATTUNE1", text: "Mimosa", ts: AT },
    });
    await typing.happens({
      subtype: "message_deleted",
      deleted_ts: AT,
      previous_message: { user: "U0ATTUNE1", bot_id: "B0ATTUNE1", text: "Camellia", ts: AT },
    });

    expect(typing.received).toEqual([]);
  });

  it("says that a file came with it, with or without words", async () => {
    await using typing = await typist(mode);

    await typing.says("", { subtype: "file_share", files: [{ id: "F1", mimetype: "image/jpeg" }] });
    await typing.says("the ECG", {
      ts: "1795470301.000100",
      subtype: "file_share",
      files: [{ id: "F2", mimetype: "audio/webm" }],
    });

    expect(typing.received).toMatchObject([
      { type: "said", text: "", hasFile: true },
      { type: "said", text: "the ECG", hasFile: true },
    ]);
  });
});
