import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { WebClient } from "@slack/web-api";
import { createEmulator } from "emulate";
import { readMessage, slackAddress } from "#adapters/slack/address.ts";
import { slackPlatform } from "#adapters/slack/platform.ts";
import { SILENT } from "#test/support/attune.ts";
import { HURRIED } from "#test/support/slack/joined.ts";
import { wordsOf } from "#test/support/slack/words.ts";
import { messengerContract } from "./messenger.ts";

// A Slack Web API that others wrote, so that our own stand-in is not the only witness. It checks the scopes of manifest.json.

const TOKEN = "xoxb-emulated";
const { oauth_config: oauth } = JSON.parse(readFileSync("manifest.json", "utf8")) as {
  oauth_config: { scopes: { bot: string[] } };
};

messengerContract(
  "slack at another's Web API",
  async () => {
    const names = ["r1", "a1", "attune"];
    const emulator = await createEmulator({
      service: "slack",
      port: await freePort(),
      seed: {
        slack: {
          strict_scopes: true,
          users: names.map((name) => ({ name, email: `${name}@example.org` })),
          tokens: [{ token: TOKEN, user: "attune", scopes: oauth.scopes.bot }],
        },
      },
    });
    const apiUrl = `${emulator.url}/api/`;
    const eyes = new WebClient(TOKEN, { slackApiUrl: apiUrl, retryConfig: { retries: 0 } });
    const open = () =>
      slackPlatform(
        { botToken: TOKEN, way: { mode: "http", signingSecret: "none" }, apiUrl },
        { receive: async () => ({ kind: "none" }), log: SILENT },
        { pace: HURRIED },
      ).messenger;
    const messenger = open();
    const [first, second] = await Promise.all(
      ["r1", "a1"].map(async (name) =>
        slackAddress((await messenger.directory!.accountOf(`${name}@example.org`))!),
      ),
    );

    return {
      messenger,
      people: [first!, second!],
      restart: async () => open(),
      async shows(to) {
        const { channel } = await eyes.conversations.open({ users: to });
        const { messages = [] } = await eyes.conversations.history({ channel: channel!.id! });
        return messages.toReversed().map(({ blocks }) => wordsOf(blocks));
      },
      remove: async (message) => void (await eyes.chat.delete(readMessage(message)!)),
      [Symbol.asyncDispose]: () => emulator.close(),
    };
  },
  {
    "a person who cannot be written to is told apart, and nothing stands": "it has nobody of the kind",
    "a connection that breaks is doubtful, and a look-up tells what became of it":
      "it cannot break a connection",
  },
);

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}
