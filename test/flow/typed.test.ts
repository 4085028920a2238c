import { describe, expect, it } from "vitest";
import { tapsOf } from "#src/card/act.ts";
import type { Card } from "#src/card/card.ts";
import { plain } from "#src/card/plain.ts";
import type { BotResponse, Inbound } from "#src/ports/inbound.ts";
import type { MessageRef } from "#src/ports/messenger.ts";
import { personId, type Address } from "#src/domain/person.ts";
import { partners, shift } from "#test/support/answered-shifts.ts";
import { flow, type Flow } from "#test/support/attune.ts";
import { duty, programOf } from "#test/support/programs.ts";
import { together } from "#test/support/together.ts";
import { takePart, TONGUES, type Tongue } from "#test/support/tongues.ts";

/** The resident is asked for a line in their own words. */
async function atTheLine({ locale, say, goal }: Tongue): Promise<Flow> {
  const attune = await flow({ program: programOf({ locale }), roster: together(["r1", "a1"], ["01", "02"]) });
  await takePart(attune, say, ["r1", "a1"]);
  await attune.until("2026-12-01T07:45");
  await attune.phone("r1").taps(goal("procedures"));
  return attune;
}

/** The lines in people's own words that are in force or were. */
const lines = async ({ store }: Flow, id: string): Promise<readonly (string | null)[]> =>
  (await store.export(personId(id))).replies.filter(({ text }) => text).map(({ value }) => value);

let events = 0;

/** What only some platforms tell: replies, edits, deletions, files. */
const does = async (attune: Flow, id: string, over: Partial<Inbound> & Pick<Inbound, "type">) => {
  const sender = { platform: "memory", account: id, address: id as Address };
  const inbound = { event: `typed-${++events}`, sender, ...over } as Inbound;
  const response = await attune.running.bot.receive(inbound);
  await attune.beat();
  return { event: inbound.event, response, text: textOf(response) };
};

const textOf = (response: BotResponse): string =>
  response.kind === "card" ? plain(response.card) : response.kind === "refused" ? response.text : "";

const says = (attune: Flow, id: string, text: string, over: object = {}) =>
  does(attune, id, { type: "said", text, ...over });

/** Both have a debrief open whose lines wait, and the resident's next goal is asked. */
async function nextMorning(tongue: Tongue): Promise<Flow> {
  const { say } = tongue;
  const attune = await atTheLine(tongue);
  await attune.phone("r1").says("one central line");
  await attune.until("2026-12-01T17:05");
  await attune.phone("r1").taps(say.debrief.outcomes.partly);
  await attune.phone("r1").taps(say.debrief.feedbacks.yes);
  await attune.phone("r1").taps(say.strategy.help.answers[2]);
  await attune.until("2026-12-02T07:50");
  return attune;
}

describe.each(TONGUES)("typed text, in $locale", (tongue) => {
  const { say, who } = tongue;

  // domain: What was kept is always echoed
  it("is echoed with where it went, and can be taken back", async () => {
    await using attune = await atTheLine(tongue);
    const r1 = attune.phone("r1");

    const reply = await r1.says("one central line");
    expect(reply).toMatchObject({ kind: "card", replace: false });
    expect(r1.reads()).toContain(say.typed.kept(who("a1"), say.home.kinds["shift-goal"], "one central line"));
    await r1.taps(say.buttons.undo);

    expect(r1.reads()).toContain(say.typed.undone);
    expect((await lines(attune, "r1")).at(-1)).toBeNull();
  });

  // domain: What was kept is always echoed
  it("is echoed in the card that it was written into, too", async () => {
    await using attune = await atTheLine(tongue);

    await attune.phone("r1").writes("one central line");

    const card = attune.phone("r1").reads();
    expect(card).toContain(`# ${say.goal.title}`);
    expect(card).toContain(say.typed.kept(who("a1"), say.home.kinds["shift-goal"], "one central line"));
    expect(card).toContain(say.buttons.undo);
    expect(card).toContain(say.strategy.help.resident);
  });

  // domain: What was kept is always echoed
  it("is not taken back after ten minutes, nor once the partner has answered", async () => {
    await using attune = await atTheLine(tongue);
    await attune.phone("r1").says("one central line");
    await attune.until("2026-12-01T07:54");
    const inTime = await says(attune, "r1", "undo");
    expect(inTime.text).toContain(say.typed.undone);
    await attune.until("2026-12-01T17:05");
    await attune.phone("r1").taps(say.debrief.outcomes.partly);
    await attune.phone("r1").taps(say.debrief.feedbacks.yes);
    await attune.phone("r1").taps(say.strategy.help.answers[2]);
    await attune.phone("r1").says("call me earlier");

    await attune.until("2026-12-01T17:15");
    expect((await says(attune, "r1", "undo")).text).toContain(say.typed.undoLate);
    await attune.phone("r1").taps(say.buttons.undo);

    expect(attune.phone("r1").reads()).toContain(say.typed.undoLate);
    expect((await lines(attune, "r1")).at(-1)).toBe("call me earlier");
  });

  // domain: Free text goes only where
  it("goes to the newest open ask or nowhere, never to an older one", async () => {
    await using attune = await nextMorning(tongue);
    const before = await lines(attune, "r1");

    const { text } = await says(attune, "r1", "call me earlier");

    expect(text).toContain(say.typed.choose);
    expect(text).toContain(say.goal.question);
    expect(await lines(attune, "r1")).toEqual(before);
  });

  // domain: Free text goes only where
  it.each([
    ["somebody else's message", (attune: Flow) => attune.cloud.chat("a1" as Address).at(-1)!.ref],
    ["an answer of Attune's", (attune: Flow) => attune.cloud.chat("r1" as Address)[0]!.ref],
    ["a message that is gone", () => "gone" as MessageRef],
  ])("goes to no ask but the newest open one where it is typed under %s", async (_, under) => {
    await using attune = await nextMorning(tongue);
    const before = [await lines(attune, "r1"), await lines(attune, "a1")];

    const { text } = await says(attune, "r1", "call me earlier", { under: under(attune) });

    expect(text).toContain(say.typed.choose);
    expect(text).toContain(say.goal.question);
    expect([await lines(attune, "r1"), await lines(attune, "a1")]).toEqual(before);
  });

  // domain: Free text goes only where
  it("goes to the goal that its writer has chosen last, not to what was asked in the same moment", async () => {
    const program = programOf({ locale: tongue.locale });
    const { assignments, absences } = together(["r1", "a1"], ["01", "08"]);
    // In the rest after a night nobody is asked about the week.
    const night = duty("r1 2026-12-06T20:00 2026-12-07T08:00");
    await using attune = await flow({ program, roster: { assignments: [...assignments, night], absences } });
    await takePart(attune, say, ["r1", "a1"]);
    await attune.until("2026-12-08T07:45");
    const { help, call, feedback } = say.strategy;
    const wants = [help.answers[3], call.answers[2], feedback.answers.end];
    for (const label of [tongue.goal("procedures"), say.buttons.skip, ...wants])
      await attune.phone("r1").taps(label);
    await attune.until("2026-12-08T08:00");
    const asked = attune.phone("r1").reads();
    await attune.phone("r1").taps(say.buttons.change);
    await attune.phone("r1").taps(tongue.goal("tests"));

    const { text } = await says(attune, "r1", "read two ECGs");

    expect(asked).toContain(say.checkIn.goal);
    expect(text).toContain(say.typed.kept(who("a1"), say.home.kinds["shift-goal"], "read two ECGs"));
  });

  // domain: Free text goes only where
  it("takes the place of no line that was given, under its ask, once all is answered", async () => {
    await using attune = await atTheLine(tongue);
    await attune.phone("r1").says("one central line");
    const { help, call, feedback } = say.strategy;
    for (const label of [help.answers[3], call.answers[2], feedback.answers.end])
      await attune.phone("r1").taps(label);
    const goal = attune.cloud
      .chat("r1" as Address)
      .find(({ card }) => plain(card).startsWith(`# ${say.goal.title}`))!;

    await says(attune, "r1", "something else", { under: goal.ref });

    expect(await lines(attune, "r1")).toEqual(["one central line"]);
  });

  // domain: Free text goes only where
  it("goes to the ask that it was typed under", async () => {
    await using attune = await nextMorning(tongue);
    const debrief = attune.cloud
      .chat("r1" as Address)
      .findLast(({ card }) => plain(card).includes(say.debrief.note(who("a1"))))!;

    const { text } = await says(attune, "r1", "call me earlier", { under: debrief.ref });

    expect(text).toContain(say.typed.kept(who("a1"), say.home.kinds["shift-debrief"], "call me earlier"));
    expect((await lines(attune, "r1")).at(-1)).toBe("call me earlier");
  });

  // domain: Typed after the end
  it("is answered with when the question closed, typed under it or after the last one", async () => {
    await using attune = await atTheLine(tongue);
    await attune.until("2026-12-01T17:00");
    // Its reminder took the place of the first copy.
    const [goal, debrief] = attune.cloud.chat("r1" as Address).slice(-2);
    expect(plain(debrief!.card)).toContain(say.debrief.title);

    const under = await says(attune, "r1", "one central line", { under: goal!.ref });

    const [before = "", after = ""] = say.typed.closedAt("…").split("…");
    expect(under.text.startsWith(before) && under.text.endsWith(after)).toBe(true);
    expect(await lines(attune, "r1")).toEqual([]);
  });

  // domain: Typed after the end
  it("is answered with when the last one closed where no question is open, and days later with what there is", async () => {
    await using attune = await atTheLine(tongue);

    await attune.until("2026-12-03T09:00");
    const lately = await says(attune, "r1", "one central line");
    await attune.until("2026-12-06T09:00");
    const later = await says(attune, "r1", "one central line");

    const wednesday = tongue.locale === "ja" ? "12月2日（水）" : "Wed, Dec 2";
    expect(lately.text).toBe(say.typed.closedOn(`${wednesday} ${tongue.clock("17:00")}`));
    expect(later.text).toContain(say.commands.unknownText);
    expect(await lines(attune, "r1")).toEqual([]);
  });

  // domain: A button's label typed is the button
  it("is the choice where its label or its number is typed", async () => {
    await using attune = await atTheLine(tongue);
    await says(attune, "r1", "skip");

    const second = await says(attune, "r1", "2");
    const third = await says(attune, "r1", `“${say.strategy.call.answers[4]}”`);

    expect(second.text).toContain(say.strategy.help.answers[2]);
    expect(second.text).toContain(say.strategy.call.resident);
    expect(third.text).toContain(say.strategy.feedback.resident);
    const { replies } = await attune.store.export(personId("r1"));
    expect(replies.map(({ item, value }) => [item, value])).toContainEqual(["call", "4"]);
  });

  // domain: A button's label typed is the button
  it("is no choice where its number is further than the list goes, at any question", async () => {
    await using attune = await flow({
      program: programOf({ locale: tongue.locale }),
      roster: together(["r1", "a1"], ["01"]),
    });
    await takePart(attune, say, ["r1", "a1"]);
    await attune.until("2026-12-01T07:45");
    const r1 = attune.phone("r1");
    const { help, call, feedback } = say.strategy;
    const answers = [help.answers[2], call.answers[2], feedback.answers.after];
    const stored = async () => (await attune.store.export(personId("r1"))).replies.length;
    const question = () =>
      attune.cloud
        .chat("r1" as Address)
        .flatMap(({ card }) => card.blocks.filter(({ type }) => type === "question"));

    for (const answer of [tongue.goal("procedures"), say.buttons.skip, ...answers]) {
      const before = await stored();
      const open = question().at(-1);
      const length = open?.type === "question" ? open.choices.length : 0;
      for (let number = length + 1; number < 20; number += 1)
        if (answer !== say.buttons.skip) await says(attune, "r1", String(number));

      expect([answer, await stored()]).toEqual([answer, before]);
      await r1.taps(answer);
      expect(await stored()).toBeGreaterThan(before);
    }
  });

  it("asks which day was meant where a date can be read in two ways, and offers both", async () => {
    await using attune = await atTheLine(tongue);

    await attune.phone("r1").says("pause until 1/12");
    const choices = attune.cloud
      .chat("r1" as Address)
      .at(-1)!
      .card.blocks.find(({ type }) => type === "question");

    const acts = JSON.stringify(choices);
    expect(acts).toContain("2027-01-12");
    expect(acts).toContain("2027-12-01");
    expect((await attune.store.standing(personId("r1"))).pausedUntil).toBeUndefined();
  });

  it("puts a question off until a time of day, by a length in any form", async () => {
    await using attune = await atTheLine(tongue);
    const at = (text: string) => text.match(/\d{1,2}:\d{2}/u)?.[0];

    const until = await says(attune, "r1", "until 9:30");
    const length = await says(attune, "r1", "snooze 1.5 hours");

    expect(at(until.text)).toBe(tongue.clock("09:30"));
    expect(at(length.text)).toBe(tongue.clock("09:15"));
  });

  it("puts a question off until the next such hour there is, in the evening too", async () => {
    await using attune = await partners(tongue);
    await shift(attune, tongue, "01", [3, 2, "after"], [3, 2, "after"]);
    await attune.until("2026-12-01T20:00");
    const at = (text: string) => text.match(/\d{1,2}:\d{2}/u)?.[0];

    for (const [typed, told] of [
      ["9:05", "21:05"],
      ["9:59", "21:59"],
      ["8:00", "08:00"],
      ["7:30", "07:30"],
    ] as const)
      expect(at((await says(attune, "r1", `until ${typed}`)).text)).toBe(tongue.clock(told));
  });

  // domain: What was kept is always echoed
  it("that can be taken back no more leaves the question where it stands", async () => {
    await using attune = await atTheLine(tongue);
    const r1 = attune.phone("r1");
    await r1.writes("one central line");
    await attune.until("2026-12-01T07:56");

    await r1.taps(say.buttons.undo);

    const ask = attune.cloud.chat("r1" as Address).map(({ card }) => plain(card))[1]!;
    expect(ask).toContain(say.typed.undoLate);
    expect(ask).toContain("one central line");
    expect(ask).toContain(say.strategy.help.resident);
  });

  // domain: A courtesy ("thanks"), "skip"
  it("is never stored as a line when it is a courtesy, a command or a button", async () => {
    await using attune = await atTheLine(tongue);
    const typed = [
      "thanks",
      "👍",
      "ありがとうございます",
      say.buttons.send,
      "“help”",
      "*snooze 45 mins*",
      say.settle.apart,
      say.agreement[4],
      say.strategy.call.answers[2],
      say.debrief.outcomes["no-chance"],
      "We talked about it",
    ];

    for (const text of typed) await says(attune, "r1", text);

    expect(await lines(attune, "r1")).toEqual([]);
    await says(attune, "r1", "なし");
    expect(await lines(attune, "r1")).toEqual([null]);
  });

  // domain: A courtesy ("thanks"), "skip"
  it.each([
    ["hello", "hello"],
    ["お疲れ様です", "hello"],
    ["thanks a lot", "thanks"],
    ["了解です、ありがとうございます", "thanks"],
    ["ok", "other"],
    ["すみません", "other"],
    ["👍", "other"],
  ])("answers “%s” as what it is", async (text, kind) => {
    await using attune = await atTheLine(tongue);

    const told = (await says(attune, "r1", text)).text.split("\n");

    const { courtesy, hello, nothingKept } = say.typed;
    const texts = { hello: hello(who("r1")), thanks: courtesy, other: nothingKept };
    for (const [is, sentence] of Object.entries(texts)) expect(told.includes(sentence)).toBe(is === kind);
    // Whoever says hello sees what waits for them, and what can be done.
    const seen = [say.home.open, say.buttons.help].map((label) => told.some((line) => line.includes(label)));
    expect(seen).toEqual([kind === "hello", kind === "hello"]);
  });

  // domain: A message that its writer edits or deletes
  it("follows its message's edit and deletion until a partner has answered", async () => {
    await using attune = await atTheLine(tongue);
    const { event: said } = await says(attune, "r1", "one central line");

    const edited = await does(attune, "r1", { type: "edited", said, text: "one arterial line" });
    expect(edited.text).toContain("one arterial line");
    expect((await lines(attune, "r1")).at(-1)).toBe("one arterial line");
    await attune.until("2026-12-01T07:47");
    await does(attune, "r1", { type: "edited", said, text: "two arterial lines" });
    expect((await lines(attune, "r1")).at(-1)).toBe("two arterial lines");
    const again = await does(attune, "r1", { type: "edited", said, text: "two arterial lines" });
    expect(again.response.kind).toBe("none");
    await does(attune, "r1", { type: "edited", said, text: "*skip*" });
    expect((await lines(attune, "r1")).at(-1)).toBeNull();
  });

  // domain: What was kept is always echoed
  it("is not taken back by the button of what stood there before", async () => {
    await using attune = await atTheLine(tongue);
    const { event: said, response } = await says(attune, "r1", "one central line");
    const { tap } = tapsOf((response as { card: Card }).card).find(
      (one) => one.tap.label === say.buttons.undo,
    )!;
    await attune.until("2026-12-01T07:46");
    await does(attune, "r1", { type: "edited", said, text: "two central lines" });

    const { text } = await does(attune, "r1", { type: "pressed", act: tap.act });

    expect(text).toContain(say.typed.undoNothing);
    expect((await lines(attune, "r1")).at(-1)).toBe("two central lines");
  });

  // domain: A message that its writer edits or deletes
  it("was a choice, and stands whatever becomes of its message", async () => {
    await using attune = await atTheLine(tongue);
    await says(attune, "r1", "skip");
    await attune.until("2026-12-01T07:46");
    const { event: said } = await says(attune, "r1", "2");

    const edited = await does(attune, "r1", { type: "edited", said, text: "one central line" });
    const deleted = await does(attune, "r1", { type: "deleted", said });

    expect(edited.text).toBe(say.typed.nothingKept);
    expect(deleted.response.kind).toBe("none");
    expect(attune.phone("r1").chat().join("\n")).toContain(say.strategy.help.answers[2]);
    expect((await lines(attune, "r1")).at(-1)).toBeNull();
  });

  // domain: A message that its writer edits or deletes
  it("is left alone, and is taken back no more, once nobody of its shift is left to read it", async () => {
    await using attune = await atTheLine(tongue);
    await attune.phone("r1").says("one central line");
    await attune.until("2026-12-01T08:00");
    await attune.phone("a1").taps(say.buttons.counter);
    await attune.phone("a1").taps(tongue.goal("leading"));
    const { event: said, text: kept } = await says(attune, "a1", "we have many of these");
    await attune.publishes(together(["a1"], ["01", "02"]));

    const undone = await says(attune, "a1", "undo");
    const edited = await does(attune, "a1", { type: "edited", said, text: "we have seen many of these" });
    const deleted = await does(attune, "a1", { type: "deleted", said });

    expect(kept).toContain("we have many of these");
    expect(undone.text).toBe(say.typed.undoNothing);
    expect(edited.text).toBe(say.typed.nothingKept);
    expect(deleted.response.kind).toBe("none");
    expect(await lines(attune, "a1")).toEqual(["we have many of these"]);
  });

  it("is a button where one is called so, and asks which is meant where several are", async () => {
    await using attune = await atTheLine(tongue);
    await attune.phone("r1").says("one central line");
    await attune.phone("r1").taps(say.strategy.help.answers[2]);

    const { text } = await says(attune, "r1", say.buttons.change);

    expect(text).toContain(say.typed.several(say.buttons.change));
  });

  // domain: A courtesy
  it.each([
    ["under an ask that is over", "procedures", "2026-12-01T17:05"],
    ["at a line that is needed", "other", "2026-12-01T07:46"],
  ])("leaves nothing out by “skip” %s", async (_, id, at) => {
    await using attune = await atTheLine(tongue);
    if (id === "other") {
      await attune.phone("r1").taps(say.buttons.change);
      await attune.phone("r1").taps(tongue.goal(id));
    }
    await attune.until(at);
    const goal = attune.cloud
      .chat("r1" as Address)
      .find(({ card }) => plain(card).startsWith(`# ${say.goal.title}`))!;

    const { text } = await says(attune, "r1", "skip", { under: goal.ref });

    expect(text).toContain(say.typed.nothingKept);
    expect(await lines(attune, "r1")).toEqual([]);
  });

  // domain: A message that its writer edits or deletes
  it("is cleared when its message is deleted", async () => {
    await using attune = await atTheLine(tongue);
    const { event: said } = await says(attune, "r1", "one central line");

    const deleted = await does(attune, "r1", { type: "deleted", said });

    expect(deleted.text).toContain(say.typed.undone);
    expect((await lines(attune, "r1")).at(-1)).toBeNull();
  });

  // domain: A message that its writer edits or deletes
  it("stands once a partner has answered, whatever becomes of its message", async () => {
    await using attune = await atTheLine(tongue);
    const { event: said } = await says(attune, "r1", "one central line");
    await attune.until("2026-12-01T08:05");
    await attune.phone("a1").taps(say.strategy.help.answers[2]);

    const edited = await does(attune, "r1", { type: "edited", said, text: "nothing at all yet" });
    const deleted = await does(attune, "r1", { type: "deleted", said });

    expect(edited.text).toContain(say.typed.locked);
    expect(deleted.text).toContain(say.typed.locked);
    expect((await lines(attune, "r1")).at(-1)).toBe("one central line");
  });

  // domain: A message that its writer edits or deletes
  it("stands once its question has closed, whatever becomes of its message", async () => {
    await using attune = await atTheLine(tongue);
    const { event: said } = await says(attune, "r1", "one central line");
    await attune.until("2026-12-01T17:05");

    const edited = await does(attune, "r1", { type: "edited", said, text: "nothing at all yet" });

    expect(edited.text).toContain(say.typed.locked);
    expect((await lines(attune, "r1")).at(-1)).toBe("one central line");
  });

  // domain: A picture, file or voice clip
  it("is read alone where a file comes with it, and a file alone gets one sentence", async () => {
    await using attune = await atTheLine(tongue);

    const alone = await says(attune, "r1", "", { hasFile: true });
    expect(alone.text).toBe(say.typed.onlyText);
    const both = await says(attune, "r1", "one central line", { hasFile: true });

    expect(both.text).toContain(say.typed.onlyText);
    expect(await lines(attune, "r1")).toEqual(["one central line"]);
  });
});
