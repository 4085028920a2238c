import { describe, expect, it } from "vitest";
import { act } from "#src/card/act.ts";
import { plain } from "#src/card/plain.ts";
import { personId, type Address } from "#src/domain/person.ts";
import { instant } from "#src/domain/time.ts";
import type { Inbound } from "#src/ports/inbound.ts";
import { partners, plans, shift, wants } from "#test/support/answered-shifts.ts";
import type { Flow } from "#test/support/attune.ts";
import { programOf } from "#test/support/programs.ts";
import { together } from "#test/support/together.ts";
import { TONGUES, type Tongue } from "#test/support/tongues.ts";

/*
 * What users of survey, standup and retrospective bots have reported, tried on the settlement: answers sent twice (decidim/decidim#8504,
 * surveyproject/surveyproject#50), messages that are edited in the middle of a conversation (howdyai/botkit#455, 18F/standup-slack-bot#6)
 * or taken back, answers that come late (18F/standup-slack-bot#61), a card that is drawn anew under what somebody types
 * (microsoft/AdaptiveCards#3870), two who answer at the same moment (matnad/pollmaster#58), and text that is no answer.
 */

const LINE = "I lead the second case";

async function opened(tongue: Tongue): Promise<Flow> {
  const attune = await partners(tongue);
  await shift(attune, tongue, "01", [3, 2, "after"], [1, 2, "after"]);
  await attune.until("2026-12-01T08:05");
  await attune.phone("r1").taps(tongue.say.settle.ownWords);
  await attune.until("2026-12-01T08:06");
  return attune;
}

let events = 0;
/** An act as a platform delivers it; with the event of an earlier one, it is that one again. */
async function does(attune: Flow, over: object, id = "r1", event = `elsewhere-${++events}`) {
  const sender = { platform: "memory", account: id, address: id as Address };
  const response = await attune.running.bot.receive({ event, sender, ...over } as Inbound);
  await attune.beat();
  return { event, response };
}
const says = (attune: Flow, text: string, id?: string) => does(attune, { type: "said", text }, id);

/** Everything that anybody ever said was settled, oldest first; what was taken back is null. */
async function said({ store }: Flow): Promise<readonly (string | null)[]> {
  const all = await Promise.all(["r1", "a1"].map((id) => store.export(personId(id))));
  return all
    .flatMap(({ replies }) => replies)
    .filter(({ item }) => item.startsWith("settled-"))
    .toSorted((a, b) => a.at - b.at)
    .map(({ value }) => value);
}

describe.each(TONGUES)("the line that two settled on, in $locale", (tongue) => {
  const { say } = tongue;
  const { settle } = say;
  const stands = (attune: Flow) =>
    ["r1", "a1"].map(
      (id) =>
        attune
          .phone(id)
          .chat()
          .findLast((text) => text.includes(settle.label(say.strategy.help.label))) ?? "",
    );

  it("is kept once, where its message is delivered again, also after it was taken back", async () => {
    await using attune = await opened(tongue);

    const { event } = await says(attune, LINE);
    await does(attune, { type: "said", text: LINE }, "r1", event);
    await says(attune, "undo");
    await does(attune, { type: "said", text: LINE }, "r1", event);

    expect(await said(attune)).toEqual([LINE, null]);
  });

  it("is kept once, where its field is sent twice in a row", async () => {
    await using attune = await opened(tongue);
    const { ref, card } = attune.cloud
      .chat("r1" as Address)
      .findLast((one) => one.card.blocks.some(({ type }) => type === "input"))!;
    const input = card.blocks.find((block) => block.type === "input")!;
    const sending = {
      type: "submitted",
      act: input.submit.act,
      message: ref,
      values: { [input.name]: LINE },
    };
    const edits = () =>
      attune.cloud.deliveries.filter(({ type, to }) => type === "edited" && to === "a1").length;
    const before = edits();

    await Promise.all([does(attune, sending), does(attune, sending)]);

    expect(new Set(await said(attune))).toEqual(new Set([LINE]));
    expect(edits() - before).toBeLessThanOrEqual(2);
    expect(stands(attune).every((text) => text.includes(LINE))).toBe(true);
  });

  it("follows its message, edited hours later and then deleted, and what stood before stands again", async () => {
    await using attune = await opened(tongue);
    const { event } = await says(attune, "we swap at noon");
    await attune.until("2026-12-01T13:00");

    await does(attune, { type: "edited", said: event, text: LINE });
    const edited = stands(attune);
    await does(attune, { type: "deleted", said: event });

    expect(edited.every((text) => text.includes(LINE) && !text.includes("noon"))).toBe(true);
    expect(stands(attune).join("\n")).not.toContain(LINE);
    expect((await said(attune)).at(-1)).toBeNull();
  });

  it("is cleared where its message is edited into a courtesy or a patient, which is kept nowhere", async () => {
    await using attune = await opened(tongue);
    const { event } = await says(attune, LINE);

    const refused = await does(attune, { type: "edited", said: event, text: "the 56M in bed 4" });

    expect(refused.response).toMatchObject({ kind: "refused", reason: "identifier" });
    expect((await said(attune)).at(-1)).toBeNull();
    expect(stands(attune).join("\n")).not.toContain("56M");
  });

  it("is refused once the debrief has closed, and goes nowhere else", async () => {
    await using attune = await opened(tongue);
    await attune.until("2026-12-02T16:50");
    const chat = attune.cloud.chat("r1" as Address);
    const goal = chat.find(
      ({ card }) =>
        JSON.stringify(card).includes(settle.ownWords) || JSON.stringify(card).includes("settled-help"),
    )!;
    await attune.until("2026-12-02T17:01");

    await does(attune, { type: "said", text: LINE, under: goal.ref });
    await says(attune, LINE);

    expect(await said(attune)).toEqual([]);
    expect(attune.phone("a1").chat().join("\n")).not.toContain(LINE);
  });

  it("is not lost where the partner settles while it is typed: the last word stands, on both cards", async () => {
    await using attune = await opened(tongue);
    const { ref, card } = attune.cloud
      .chat("r1" as Address)
      .findLast((one) => one.card.blocks.some(({ type }) => type === "input"))!;
    const input = card.blocks.find((block) => block.type === "input")!;
    await attune.phone("a1").taps(settle.apart);
    await attune.until("2026-12-01T08:07");

    await attune.phone("r1").submits(ref, input.submit.act, { [input.name]: LINE });

    expect(await said(attune)).toEqual(["apart", LINE]);
    expect(stands(attune).every((text) => text.includes(LINE))).toBe(true);
  });

  it("is the later of two that are typed at the same moment, and both read the same", async () => {
    await using attune = await opened(tongue);
    await attune.phone("a1").taps(settle.ownWords);
    await attune.until("2026-12-01T08:07");

    await Promise.all([says(attune, LINE), says(attune, "we swap at noon", "a1")]);
    await attune.until("2026-12-01T08:08");

    const [mine, theirs] = stands(attune).map((text) => text.includes(LINE));
    expect(mine).toBe(theirs);
    expect(new Set(await said(attune))).toEqual(new Set([LINE, "we swap at noon"]));
  });

  it("is still waited for after a command, a picture, nothing at all, and far too many words", async () => {
    await using attune = await opened(tongue);

    await says(attune, "help");
    await does(attune, { type: "said", text: "", hasFile: true });
    await says(attune, "​ ");
    const long = await says(attune, "x".repeat(141));
    const none = await said(attune);
    await says(attune, LINE);

    expect(long.response).toMatchObject({ kind: "refused", reason: "too-long" });
    expect(none).toEqual([]);
    expect(await said(attune)).toEqual([LINE]);
  });

  it("is waited for in another language, and by a process that has just started", async () => {
    await using attune = await opened(tongue);
    await says(attune, tongue.locale === "en" ? "language ja" : "language en");
    await attune.reopens(programOf({ locale: tongue.locale }), together(["r1", "a1"], ["01", "02"]));

    await says(attune, LINE);

    expect(await said(attune)).toEqual([LINE]);
  });

  it("leaves every copy of a card, once whoever wrote it is erased: also one that a refused answer has put there", async () => {
    await using attune = await partners(tongue, ["r1", "a1", "a2"]);
    await wants(attune, tongue, "01", [3, 2, "after"]);
    for (const id of ["a1", "a2"]) await plans(attune, tongue, [1, 2, "after"], id);
    await attune.phone("a1").taps(settle.ownWords);
    await attune.phone("a1").says(LINE);
    await attune.until("2026-12-02T17:01");
    const told = attune.cloud
      .chat("r1" as Address)
      .find(({ card }) => plain(card).includes(say.reveal.told(tongue.who("a2"))))!;
    const asked = await attune.store.nudgesOf(personId("r1"), instant(0), attune.clock.now());
    const { id } = asked.find(({ kind }) => kind === "shift-goal")!;
    const late = act({ verb: "answer", nudge: id, item: "settled-help", about: personId("a1"), value: "3" });
    const refused = await attune.phone("r1").presses(told.ref, late);
    const read = attune.phone("r1").chat().join("\n");

    await attune.store.erase(personId("a1"), attune.clock.now(), "a1");
    await attune.until("2026-12-02T17:03");

    expect(refused).toMatchObject({ kind: "refused", reason: "expired" });
    expect(read).toContain(LINE);
    expect(attune.phone("r1").chat().join("\n")).not.toContain(LINE);
  });

  it("is not what somebody types who has stopped, or whose partner was erased", async () => {
    await using attune = await opened(tongue);
    await attune.store.erase(personId("a1"), attune.clock.now(), "a1");
    await attune.until("2026-12-01T08:07");

    await says(attune, LINE);

    expect(await said(attune)).toEqual([]);
  });
});
