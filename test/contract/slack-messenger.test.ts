import { slackAddress } from "#adapters/slack/address.ts";
import { slackPlatform } from "#adapters/slack/platform.ts";
import { SILENT } from "#test/support/attune.ts";
import { HURRIED } from "#test/support/slack/joined.ts";
import { APP_TOKEN, BOT_TOKEN, standIn } from "#test/support/slack/stand-in.ts";
import { wordsOf } from "#test/support/slack/words.ts";
import { channelOf } from "#test/support/slack/workspace.ts";
import { messengerContract } from "./messenger.ts";

messengerContract("slack", async () => {
  const slack = await standIn();
  for (const id of ["UR1", "UA1"]) slack.workspace.add({ id });
  slack.workspace.add({ id: "UGONE", deleted: true });
  const open = () =>
    slackPlatform(
      { botToken: BOT_TOKEN, way: { mode: "socket", appToken: APP_TOKEN }, apiUrl: slack.apiUrl },
      { receive: async () => ({ kind: "none" }), log: SILENT },
      { pace: HURRIED },
    ).messenger;

  return {
    messenger: open(),
    people: [slackAddress("UR1"), slackAddress("UA1", channelOf("UA1"))],
    unreachable: slackAddress("UGONE"),
    restart: async () => open(),
    shows: async (to) =>
      (slack.workspace.channels.get(channelOf(to.split("/")[0]!)) ?? []).map(({ blocks }) => wordsOf(blocks)),
    remove: (message) => slack.workspace.remove(message),
    breakNext: (when) => slack.breakNext(when),
    [Symbol.asyncDispose]: () => slack[Symbol.asyncDispose](),
  };
});
