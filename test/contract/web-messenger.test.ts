import { webAddress } from "#adapters/web/address.ts";
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
      [Symbol.asyncDispose]: () => web[Symbol.asyncDispose](),
    };
  },
  {
    "a person who cannot be written to is told apart, and nothing stands":
      "whoever is in people.csv has a phone in the playground",
    "an update of a message that is gone says so, and brings nothing back":
      "nobody can delete a message of the playground",
    "a message that is taken out stands in no chat, and may be taken out twice":
      "the chats of the playground are erased with the person, and show an older message as it is now",
    "a connection that breaks is doubtful, and a look-up tells what became of it": ONE_DISK,
  },
);

const messagesIn = (page: string): readonly string[] => page.match(/<article .*?<\/article>/gs) ?? [];
