import { HOUR, later, MINUTE } from "#src/domain/time.ts";
import type { Address, PersonId } from "#src/domain/person.ts";
import type { Act } from "#src/card/card.ts";
import { tapsOf } from "#src/card/taps.ts";
import type { Reply } from "#src/ports/inbound.ts";
import { benchFolder, newHouse, rawClient } from "./support/databases.ts";
import { median, percentile, perSecond, type Found } from "./support/measure.ts";
import { atWork, FIRST, oneShift, siteOf } from "./support/site.ts";

const SITES = 50;
const RESIDENTS = 20;

/** Three answers of 1,000 different people each, from the inbound event to the next card, against bare commits. */
export async function answers(): Promise<Found> {
  using folder = benchFolder();
  await using house = newHouse(folder.path("ours.db"));
  const people: { readonly person: PersonId; answer(): Promise<void> }[] = [];
  for (let i = 0; i < SITES; i += 1) {
    const program = siteOf(`site-${i}`, RESIDENTS, 2);
    const start = later(FIRST, 8 * HOUR - 15 * MINUTE);
    const site = atWork(program, oneShift(program), house.store(program.id), start);
    await site.running.tick();
    for (const { id, role } of program.people) {
      if (role === "resident") people.push({ person: id, answer: await answering(site, id) });
    }
  }
  const bare = rawClient(folder.path("bare.db"));
  bare.exec("create table kept (id integer primary key, value text not null) strict");
  const commit = bare.prepare("insert into kept (value) values (?)");
  const cost = { ours: [] as number[], bare: [] as number[] };
  for (let round = 0; round < 3; round += 1) {
    for (const { person, answer } of people) {
      let start = performance.now();
      commit.run(person);
      cost.bare.push(performance.now() - start);
      start = performance.now();
      await answer();
      cost.ours.push(performance.now() - start);
    }
  }
  bare.close();
  return {
    what: "An answer, from the inbound event to the next card (1,000 people, 3 each)",
    ours: perSecond(1, median(cost.ours)),
    baseline: `${perSecond(1, median(cost.bare))} bare one-row commits`,
    ratio: median(cost.bare) / median(cost.ours),
    target: { atLeast: 0.5 },
    note: `99th percentile ${percentile(cost.ours, 0.99).toFixed(2)} ms, of bare commits ${percentile(cost.bare, 0.99).toFixed(2)} ms`,
  };
}

let events = 0;

/** A resident who has agreed to take part: each call taps the first answer of the question that stands in the chat. */
async function answering({ cloud, running }: ReturnType<typeof atWork>, person: PersonId) {
  const address = person as string as Address;
  const message = cloud.chat(address).at(-1)!;
  const press = (act: Act): Promise<Reply> =>
    running.bot.receive({
      type: "pressed",
      event: `bench-${(events += 1)}`,
      sender: { platform: "memory", account: person, address },
      act,
      message: message.ref,
    });
  let next = firstAnswer(await press(tapsOf(message.card)[0]!.tap.act));
  return async () => {
    next = firstAnswer(await press(next));
  };
}

function firstAnswer(reply: Reply): Act {
  if (reply.kind !== "card") throw new Error(`An answer was met with "${reply.kind}".`);
  const question = reply.card.blocks.findLast((block) => block.type === "question" || block.type === "input");
  if (question === undefined) throw new Error("Nothing is left to be asked.");
  return question.type === "question" ? question.choices[0]!.act : question.skip!.act;
}
