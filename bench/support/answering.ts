import type { Act } from "#src/card/card.ts";
import { tapsOf } from "#src/card/act.ts";
import type { Address, PersonId } from "#src/domain/person.ts";
import type { BotResponse } from "#src/ports/inbound.ts";
import type { atWork } from "./program.ts";

let events = 0;

/** A resident who has agreed to take part: each call taps the first answer of the question that stands in the chat. */
export async function answering({ cloud, running }: ReturnType<typeof atWork>, person: PersonId) {
  const address = person as string as Address;
  let message = cloud.chat(address).at(-1)!;
  const press = (act: Act): Promise<BotResponse> =>
    running.bot.receive({
      type: "pressed",
      event: `bench-${(events += 1)}`,
      sender: { platform: "memory", account: person, address },
      act,
      message: message.ref,
    });
  await press(tapsOf(message.card)[0]!.tap.act);
  await running.beat();
  message = cloud.chat(address).at(-1)!;
  let next = firstAnswer({ kind: "card", card: message.card, replace: true });
  return async () => {
    next = firstAnswer(await press(next));
  };
}

function firstAnswer(reply: BotResponse): Act {
  if (reply.kind !== "card") throw new Error(`An answer was met with "${reply.kind}".`);
  const question = reply.card.blocks.findLast((block) => block.type === "question" || block.type === "input");
  if (question === undefined) throw new Error("Nothing is left to be asked.");
  return question.type === "question" ? question.choices[0]!.act : question.skip!.act;
}
