import { describe, expect, it } from "vitest";
import { chatOf, office, type Office } from "#test/support/teams/office.ts";
import { key, shown } from "./inbound/cards.ts";

/** Sends what Teams sends, and says what of it reached the core. */
async function sends(teams: Office, ...activities: readonly object[]) {
  for (const over of activities)
    expect((await teams.post(teams.activity("r1", { ...over }))).status).toBe(200);
  await teams.platform.settled();
  return teams.received;
}

const html = (content: string) => ({ attachments: [{ contentType: "text/html", content }] });

describe("what is typed in Teams", () => {
  it.each([
    ["a mention", { text: "<at>Attune</at> stop" }, "@Attune stop"],
    ["a paragraph", { text: "<p>ask early &amp; listen</p>", textFormat: "xml" }, "ask early & listen"],
    ["a paragraph called plain", { text: "<p>stop</p>" }, "stop"],
    ["two paragraphs", { text: "<div><p>one</p><p>two</p></div>", textFormat: "html" }, "one\ntwo"],
    [
      "entities",
      { text: "it&#39;s a &lt;2 min&gt; &quot;talk&quot;&nbsp;&amp; more" },
      'it\'s a <2 min> "talk" & more',
    ],
    ["brackets that were typed", { text: "a < b & <b>c</b>" }, "a < b & <b>c</b>"],
    [
      "emoji",
      { text: '<p>done <emoji id="smile" alt="😄" title="Smile"></emoji></p>', textFormat: "xml" },
      "done 😄",
    ],
  ])("is what people read: %s", async (_name, over, text) => {
    await using teams = await office();

    expect(await sends(teams, over)).toMatchObject([{ type: "said", text }]);
  });

  // domain: Quoted text is not the writer's
  it("is the writer's own, and belongs to the message that it quotes or replies to", async () => {
    await using teams = await office();
    const ref = await teams.platform.messenger.send(teams.addressOf("r1"), shown("Mimosa"), key("k1"));
    const { id } = teams.service.chat(chatOf("r1")).at(-1)!;
    const quote = `<blockquote itemscope itemtype="http://schema.skype.com/Reply" itemid="${id}"><strong itemprop="mri">Attune</strong><p itemprop="preview">Mimosa</p></blockquote><p>call me&nbsp;earlier</p>`;

    const received = await sends(
      teams,
      { text: "Attune Mimosa\r\n\r\ncall me earlier", ...html(quote) },
      { text: "and again", replyToId: id },
      {
        text: "once more",
        attachments: [
          { contentType: "messageReference", id, content: "{}" },
          { contentType: "text/html", content: `<attachment id="${id}"></attachment><p>once more</p>` },
        ],
      },
    );

    expect(received).toMatchObject([
      { type: "said", text: "call me earlier", under: ref },
      { type: "said", text: "and again", under: ref },
      { type: "said", text: "once more", under: ref },
    ]);
    expect(received.every((one) => !("hasFile" in one))).toBe(true);
  });

  it("is followed when it is changed or deleted, under the same name", async () => {
    await using teams = await office();

    const received = await sends(
      teams,
      { id: "17", text: "one line" },
      {
        type: "messageUpdate",
        id: "17",
        text: "<p>two lines</p>",
        timestamp: "2026-12-01T00:01:00.000Z",
        channelData: { tenant: { id: "22222222-2222-4222-8222-222222222222" }, eventType: "editMessage" },
      },
      {
        type: "messageDelete",
        id: "17",
        text: undefined,
        timestamp: "2026-12-01T00:02:00.000Z",
        channelData: {
          tenant: { id: "22222222-2222-4222-8222-222222222222" },
          eventType: "softDeleteMessage",
        },
      },
    );

    const [said] = received;
    expect(received).toMatchObject([
      { type: "said", text: "one line" },
      { type: "edited", said: said!.event, text: "two lines" },
      { type: "deleted", said: said!.event },
    ]);
    expect(new Set(received.map(({ event }) => event)).size).toBe(3);
  });

  it.each(["image/png", "application/vnd.microsoft.teams.file.download.info", "audio/mp4"])(
    "says that a file came with it: %s",
    async (contentType) => {
      await using teams = await office();
      const attachments = [{ contentType, contentUrl: "https://files.example/1", name: "x" }];

      const received = await sends(
        teams,
        { text: "", attachments },
        { text: "the ECG", attachments: [...attachments, ...html("<p>the ECG</p>").attachments] },
      );

      expect(received).toMatchObject([
        { type: "said", text: "", hasFile: true },
        { type: "said", text: "the ECG", hasFile: true },
      ]);
    },
  );
});
