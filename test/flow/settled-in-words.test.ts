import { describe, expect, it } from "vitest";
import { plain } from "#src/card/plain.ts";
import { personId, type Address } from "#src/domain/person.ts";
import type { BotResponse, Inbound } from "#src/ports/inbound.ts";
import { partners, plans, shift, wants } from "#test/support/answered-shifts.ts";
import type { Flow } from "#test/support/attune.ts";
import { taps } from "#test/support/together.ts";
import { press } from "#test/support/turns.ts";
import { TONGUES, type Tongue } from "#test/support/tongues.ts";

const LINE = "I lead the second case";

/** What the two differ about stands on both cards. */
async function apart(tongue: Tongue): Promise<Flow> {
  const attune = await partners(tongue);
  await shift(attune, tongue, "01", [3, 2, "after"], [1, 2, "after"]);
  return attune;
}

/** The same, of a goal with a line, and with each of several attendings. */
async function apartWithLine(tongue: Tongue, people: readonly string[] = ["r1", "a1"]): Promise<Flow> {
  const attune = await partners(tongue, [...people]);
  await attune.until("2026-12-01T07:45");
  await attune.phone("r1").taps(tongue.goal("procedures"));
  await attune.phone("r1").says("one central line");
  const { help, call, feedback } = tongue.say.strategy;
  await taps(attune, "r1", [help.answers[3], call.answers[2], feedback.answers.after]);
  for (const id of people.slice(1)) await plans(attune, tongue, [1, 2, "after"], id);
  return attune;
}

/** What was settled, by anybody. */
async function settlements({ store }: Flow): Promise<readonly (string | null)[]> {
  const all = await Promise.all(["r1", "a1", "a2"].map((id) => store.export(personId(id))));
  return all
    .flatMap(({ replies }) => replies)
    .filter(({ item, superseded }) => item.startsWith("settled-") && !superseded)
    .map(({ value }) => value);
}

let events = 0;

/** What only some platforms tell: replies and edits. */
async function does(attune: Flow, over: object): Promise<{ event: string; response: BotResponse }> {
  const event = `in-words-${++events}`;
  const sender = { platform: "memory", account: "r1", address: "r1" as Address };
  const response = await attune.running.bot.receive({ event, sender, ...over } as Inbound);
  await attune.beat();
  return { event, response };
}

// domain: Free text goes only where
describe.each(TONGUES)("a settlement typed into the chat, in $locale", (tongue) => {
  const { say, who } = tongue;
  const { settle } = say;
  const read = (attune: Flow, id: string) => attune.phone(id).chat().join("\n");
  const inWords = (name: string, time = "07:45") =>
    settle.said(settle.written(LINE), name, tongue.clock(time));

  it.each(["r1", "a1"])("is kept for both after “in our own words” was tapped (%s)", async (id) => {
    await using attune = await apart(tongue);
    const other = id === "r1" ? "a1" : "r1";

    await attune.phone(id).taps(settle.ownWords);
    await attune.phone(id).says(LINE);

    const kind = say.home.kinds[id === "r1" ? "shift-goal" : "shift-plan"];
    expect(attune.phone(id).reads()).toContain(say.typed.kept(who(other), kind, LINE));
    expect(read(attune, other)).toContain(inWords(who(id)));
    await attune.phone(id).says("undo");
    expect(attune.phone(id).reads()).toContain(say.typed.undone);
    expect(read(attune, other)).not.toContain(LINE);
  });

  it("has its field above the choices, where a phone shows it", async () => {
    await using attune = await apart(tongue);

    await attune.phone("r1").taps(settle.ownWords);

    const card = attune.phone("r1").reads();
    const { label } = say.strategy.help;
    expect(card.indexOf(settle.line(label))).toBeGreaterThan(0);
    expect(card.indexOf(settle.line(label))).toBeLessThan(card.indexOf(settle.question(label)));
  });

  it("is nobody's without that tap, nor an hour after it, nor once either has said something else", async () => {
    await using attune = await apart(tongue);
    const r1 = attune.phone("r1");

    await r1.says(LINE);
    await r1.taps(settle.ownWords);
    await attune.until("2026-12-01T08:45");
    await r1.says(LINE);
    await r1.taps(say.buttons.back);
    await r1.taps(settle.ownWords);
    await attune.phone("a1").taps(settle.apart);
    await r1.says(LINE);

    expect(await settlements(attune)).toEqual(["apart"]);
    expect(read(attune, "a1")).not.toContain(LINE);
  });

  it("is taken for an hour after the fiftieth tap, too", async () => {
    await using attune = await apart(tongue);
    const r1 = attune.phone("r1");
    for (let at = 1; at < 50; at += 1)
      for (const label of [settle.ownWords, say.buttons.back]) await r1.taps(label);
    await attune.until("2026-12-01T08:30");
    await r1.taps(settle.ownWords);
    await attune.until("2026-12-01T09:00");

    await r1.says(LINE);

    expect(await settlements(attune)).toEqual([LINE]);
  });

  it("corrects what stands, after “change”, and can be edited where it was typed", async () => {
    await using attune = await apart(tongue);
    await attune.phone("a1").taps(settle.apart);
    await attune.until("2026-12-01T07:46");

    await press(attune, "r1", (tap) => tap.verb === "ask" && tap.item === "settled-help");
    const { event: said } = await does(attune, { type: "said", text: "we swap at noon" });
    await does(attune, { type: "edited", said, text: LINE });

    expect(read(attune, "a1")).toContain(inWords(who("r1"), "07:46"));
    expect(read(attune, "a1")).not.toContain("noon");
  });

  // domain: A check refuses free text before
  it("is refused where it names a patient, and never stored", async () => {
    await using attune = await apart(tongue);
    await attune.phone("r1").taps(settle.ownWords);

    const refused = await attune.phone("r1").says("first the 56M in bed 4");
    await attune.phone("r1").says("thanks");
    await attune.phone("r1").says(settle.ownWords);
    const none = await settlements(attune);
    await attune.phone("r1").says(LINE);

    expect(refused).toMatchObject({ kind: "refused", reason: "identifier" });
    expect(none).toEqual([]);
    expect(await settlements(attune)).toEqual([LINE]);
  });

  it("is for the partner whose field was opened last", async () => {
    await using attune = await partners(tongue, ["r1", "a1", "a2"]);
    await wants(attune, tongue, "01", [3, 2, "after"]);
    await plans(attune, tongue, [1, 2, "after"]);
    await plans(attune, tongue, [1, 2, "after"], "a2");
    const opens = async (id: string) => {
      const about = (act: string) => act.includes("settled-help") && act.includes(id);
      const { ref, card } = attune.cloud
        .chat("r1" as Address)
        .findLast((one) => JSON.stringify(one.card).includes(settle.ownWords))!;
      const choice = card.blocks
        .flatMap((block) => (block.type === "question" ? block.choices : []))
        .find(({ act, label }) => label === settle.ownWords && about(act))!;
      await does(attune, { type: "pressed", act: choice.act, message: ref });
    };

    for (const [id, time] of [
      ["a2", "07:46"],
      ["a1", "07:47"],
      ["a2", "07:48"],
    ] as const) {
      await attune.until(`2026-12-01T${time}`);
      await opens(id);
    }
    await attune.phone("r1").says(LINE);

    expect(read(attune, "a2")).toContain(LINE);
    expect(read(attune, "a1")).not.toContain(LINE);
  });

  it("is taken back by “undo”, and the line of the goal that was written just before stands", async () => {
    await using attune = await apartWithLine(tongue);
    await attune.until("2026-12-01T07:46");
    await attune.phone("r1").taps(settle.ownWords);
    await attune.phone("r1").says(LINE);

    await attune.phone("r1").says("undo");

    expect(await settlements(attune)).toEqual([null]);
    expect(read(attune, "a1")).toContain("one central line");
  });

  it("goes to the field that was opened after what was asked in the same moment", async () => {
    await using attune = await apart(tongue);
    await attune.until("2026-12-01T17:00");
    const asked = attune.phone("r1").reads();
    await press(attune, "r1", (tap) => tap.verb === "ask" && tap.item === "settled-help");

    await attune.phone("r1").says(LINE);

    expect(asked).toContain(say.debrief.title);
    expect(await settlements(attune)).toEqual([LINE]);
  });

  it.each([
    ["two differences, with two attendings", ["r1", "a1", "a2"], undefined, []],
    ["a difference that is settled", ["r1", "a1"], settle.apart, ["apart"]],
  ] as const)("is no settlement under a card where %s stand", async (_, people, settled, stands) => {
    await using attune = await apartWithLine(tongue, people);
    if (settled !== undefined) await attune.phone("r1").taps(settled);
    const card = attune.cloud
      .chat("r1" as Address)
      .findLast((one) => plain(one.card).startsWith(`# ${say.goal.title}`))!;

    const { response } = await does(attune, { type: "said", text: LINE, under: card.ref });

    expect(response.kind).toBe("card");
    expect(await settlements(attune)).toEqual(stands);
    expect(people.map((id) => read(attune, id)).join("\n")).not.toContain(LINE);
  });

  it("is the settlement of the card that it is typed under, where one difference stands there", async () => {
    await using attune = await apart(tongue);
    const card = attune.cloud
      .chat("r1" as Address)
      .findLast((one) => plain(one.card).includes(settle.ownWords))!;

    const { response } = await does(attune, { type: "said", text: LINE, under: card.ref });

    expect(JSON.stringify(response)).toContain("settled-help");
    expect(await settlements(attune)).toEqual([LINE]);
  });

  it("goes to what was asked since the tap, where that takes text", async () => {
    await using attune = await apart(tongue);
    await attune.until("2026-12-01T16:30");
    await attune.phone("r1").taps(settle.ownWords);
    await attune.until("2026-12-01T17:00");
    await attune.phone("r1").taps(say.debrief.outcomes.yes);
    await attune.phone("r1").taps(say.debrief.feedbacks.yes);
    await attune.phone("r1").taps(say.strategy.help.answers[2]);

    await attune.phone("r1").says(LINE);

    expect(await settlements(attune)).toEqual([]);
    expect(read(attune, "a1")).toContain(LINE);
  });
});
