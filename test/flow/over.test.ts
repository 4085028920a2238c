import { describe, expect, it } from "vitest";
import { memoryCloud } from "#adapters/memory/messenger.ts";
import { tapsOf } from "#src/card/act.ts";
import { plain } from "#src/card/plain.ts";
import type { Address } from "#src/domain/person.ts";
import type { MessageRef } from "#src/ports/messenger.ts";
import type { Store } from "#src/ports/store.ts";
import { en } from "#src/words/en.ts";
import { partners, plans, shift, wants } from "#test/support/answered-shifts.ts";
import { flow, type Flow } from "#test/support/attune.ts";
import { FIRST_MONDAY, living } from "#test/support/check-in-weeks.ts";
import { programOf } from "#test/support/programs.ts";
import { TONGUES } from "#test/support/tongues.ts";

/** The first card in somebody's chat that has this title, as it stands now. */
const titled = (attune: Flow, id: string, title: string): string =>
  attune
    .phone(id)
    .chat()
    .find((text) => text.includes(title)) ?? "";

/** Answers every question of this card with its first choice, and leaves its line out. */
async function answersAll(attune: Flow, id: string, title: string): Promise<void> {
  const { phone, cloud } = attune;
  for (let answers = 0; answers < 12; answers += 1) {
    const message = cloud.chat(id as Address).find(({ card }) => plain(card).includes(title))!;
    const question = message.card.blocks.find((block) => block.type === "question");
    const skip = tapsOf(message.card).find(({ meaning }) => meaning.verb === "skip");
    const next = question?.choices[0]?.act ?? skip?.tap.act;
    if (next === undefined) return;
    await phone(id).presses(message.ref, next);
  }
  throw new Error("it asks on and on");
}

const CARDS: readonly (readonly [string, string])[] = [
  ["r1", en.goal.title],
  ["a1", en.plan.title],
];

// domain: A message that is over says so and takes no answers, but for the settlement.
describe.each(TONGUES)("an answered card, in $locale", (tongue) => {
  const { say } = tongue;
  const cards: readonly (readonly [string, string])[] = [
    ["r1", say.goal.title],
    ["a1", say.plan.title],
  ];

  it.each(["goal", "plan"] as const)("waits for nobody any more (%s)", async (kind) => {
    await using attune = await partners(tongue);
    if (kind === "goal") await wants(attune, tongue, "01");
    else {
      await attune.until("2026-12-01T08:00");
      await plans(attune, tongue, [3, 2, "after"]);
    }
    const [id, other] = kind === "goal" ? (["r1", "a1"] as const) : (["a1", "r1"] as const);
    const waiting = say[kind].waiting(tongue.who(other));
    const before = titled(attune, id, say[kind].title);

    await attune.until("2026-12-01T17:00");

    expect(before).toContain(waiting);
    expect(titled(attune, id, say[kind].title)).toContain(say.closed.expired);
    expect(titled(attune, id, say[kind].title)).not.toContain(waiting);
  });

  it.each(cards)(
    "says at the end of the shift that it is over, and offers no change (%s)",
    async (id, title) => {
      await using attune = await partners(tongue);
      await shift(attune, tongue, "01", [3, 2, "after"], [3, 2, "after"]);
      await attune.until("2026-12-01T16:59");
      const before = titled(attune, id, title);

      await attune.until("2026-12-01T17:00");

      const after = titled(attune, id, title);
      expect(before).not.toContain(say.closed.expired);
      expect(after).toContain(say.closed.expired);
      expect(after).not.toContain(`[${say.buttons.change}]`);
    },
  );

  it.each(cards)(
    "takes what the two settle on until the debrief has closed, and asks for it no more then (%s)",
    async (id, title) => {
      await using attune = await partners(tongue);
      await shift(attune, tongue, "01", [3, 2, "after"], [1, 2, "after"]);
      const question = say.settle.question(say.strategy.help.label);
      await attune.until("2026-12-02T16:59");
      const before = titled(attune, id, title);

      await attune.until("2026-12-02T17:00");

      const after = titled(attune, id, title);
      expect(before).toContain(say.closed.expired);
      expect(before).toContain(question);
      expect(after).toContain(say.closed.expired);
      expect(after).not.toContain(question);
    },
  );

  it("of a look back says so once a day is over", async () => {
    await using attune = await partners(tongue);
    await shift(attune, tongue, "01", [3, 2, "after"], [3, 2, "after"]);
    await attune.until("2026-12-01T17:00");
    await answersAll(attune, "a1", say.debrief.title);
    await attune.until("2026-12-02T16:59");
    const before = titled(attune, "a1", say.debrief.title);

    await attune.until("2026-12-02T17:00");

    expect(before).toContain(say.debrief.saved);
    expect(before).not.toContain(say.closed.expired);
    expect(titled(attune, "a1", say.debrief.title)).toContain(say.closed.expired);
  });
});

it("a card that is over is edited once, by one of two processes, also where nobody was at work meanwhile", async () => {
  const edited: string[] = [];
  const cloud = memoryCloud();
  const underWay = async (message: MessageRef) => void edited.push(message);
  const program = programOf();
  const process = (owner: string, start: string, store?: Store) =>
    flow({ program, owner, start, messenger: { cloud, underWay }, ...(store && { store }) });
  await using one = await process("one", "2026-12-01T00:00");
  await one.until("2026-12-01T08:00");
  for (const id of ["r1", "a1"]) await one.phone(id).agrees();
  for (const [id, title] of CARDS) await answersAll(one, id, title);
  await one.beat();
  const before = cloud.chat("r1" as Address).length;
  edited.length = 0;

  await using two = await process("two", "2026-12-01T18:00", one.store);
  await one.until("2026-12-01T18:00");
  await two.until("2026-12-01T18:10");

  expect(cloud.chat("r1" as Address).length).toBe(before + 1);
  for (const [id, title] of CARDS) expect(titled(two, id, title)).toContain(en.closed.expired);
  expect(edited).toHaveLength(CARDS.length);
});

it("an answered check-in says that it is over three days after it was asked", async () => {
  await using attune = await living(FIRST_MONDAY);
  const title = en.checkIn.unvalidated;
  await answersAll(attune, "a1", title);
  await attune.until("2026-12-10T07:59");
  const before = titled(attune, "a1", title);

  await attune.until("2026-12-11T08:00");

  expect(before).toContain(en.checkIn.saved);
  expect(before).not.toContain(en.closed.expired);
  expect(titled(attune, "a1", title)).toContain(en.closed.expired);
});
