import { messageNumber, webAddress } from "#adapters/web/address.ts";
import { personId } from "#src/domain/person.ts";
import { readHtml } from "#test/support/web/html.ts";
import { openPlayground } from "#test/support/web/playground.ts";
import { messengerContract } from "./messenger.ts";

const ONE_DISK =
  "the playground's chats stand in Attune's own database: there is no connection that could break";

messengerContract(
  "web",
  async () => {
    const web = await openPlayground();

    return {
      messenger: web.messenger(),
      people: [webAddress(personId("r1")), webAddress(personId("a1"))],
      restart: async () => web.messenger(),
      shows: async (to) => {
        const page = await (await web.fetch(`/phone?seat=1&person=${to}`)).text();
        return messagesIn(page).map((html) => readHtml(html).texts.join("\n"));
      },
      remove: async (message) => void (await web.chat.remove(messageNumber(message)!)),
      [Symbol.asyncDispose]: () => web[Symbol.asyncDispose](),
    };
  },
  {
    "a person who cannot be written to is told apart, and nothing stands":
      "whoever is in people.csv has a phone in the playground",
    "a connection that breaks is doubtful, and a look-up tells what became of it": ONE_DISK,
  },
);

const messagesIn = (page: string): readonly string[] => page.match(/<article .*?<\/article>/gs) ?? [];
