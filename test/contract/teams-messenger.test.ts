import { standingOf } from "#adapters/teams/address.ts";
import { chatOf, office } from "#test/support/teams/office.ts";
import { wordsIn } from "#test/support/teams/words.ts";
import { messengerContract } from "./messenger.ts";

const NO_LOOKUP = "a bot cannot read what stands in a chat of Teams";

messengerContract(
  "teams",
  async () => {
    const teams = await office();
    const [first, second, gone] = ["r1", "a1", "gone"].map((name) => teams.addressOf(name));
    teams.service.block(chatOf("gone"));
    const names = new Map(
      [first, second, gone].map((address, index) => [address, ["r1", "a1", "gone"][index]!]),
    );

    return {
      messenger: teams.platform.messenger,
      people: [first!, second!],
      unreachable: gone!,
      restart: async () => (await teams.restart()).messenger,
      shows: async (to) =>
        teams.service.chat(chatOf(names.get(to)!)).map(({ body }) => wordsIn(body).join("\n")),
      remove: (message) => teams.service.remove(standingOf(message)!.activity),
      breakNext: (when) => teams.service.break(when),
      [Symbol.asyncDispose]: () => teams[Symbol.asyncDispose](),
    };
  },
  {
    "a look-up finds what arrived, and nothing else": NO_LOOKUP,
    "a look-up finds a message that was changed since": NO_LOOKUP,
    "a look-up finds what arrived before a restart, and it can still be changed": NO_LOOKUP,
    "a connection that breaks is doubtful, and a look-up tells what became of it": NO_LOOKUP,
  },
);
