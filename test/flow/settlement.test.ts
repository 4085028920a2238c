import { describe, expect, it } from "vitest";
import { isAsk } from "#src/domain/nudge.ts";
import { personId, type Address } from "#src/domain/person.ts";
import { later, type Instant } from "#src/domain/time.ts";
import { act } from "#src/card/act.ts";
import type { Act } from "#src/card/card.ts";
import { partners, plans, shift, wants } from "#test/support/answered-shifts.ts";
import type { Flow } from "#test/support/attune.ts";
import { press } from "#test/support/turns.ts";
import { TONGUES } from "#test/support/tongues.ts";

const R1 = personId("r1");
const home = async (attune: Flow, id: string): Promise<string> => {
  await attune.phone(id).says("home");
  return attune.phone(id).reads();
};

// domain: A mismatch is open → settled
describe.each(TONGUES)("a difference, in $locale", (tongue) => {
  const { say, who } = tongue;
  const { help } = say.strategy;
  const OPEN = say.home.differenceWith(who("a1"), help.label);
  const TALKED = say.digest.settled(help.label);

  it.each(["r1", "a1"])("is settled when either says so (%s), and both see it", async (speaker) => {
    await using attune = await partners(tongue);
    await shift(attune, tongue, "01", [3, 2, "after"], [1, 2, "after"]);
    const before = await home(attune, "r1");

    await attune.phone(speaker).taps(say.settle.apart);

    expect(before).toContain(OPEN);
    for (const id of ["r1", "a1"]) {
      const reveals = attune
        .phone(id)
        .chat()
        .find((text) => text.includes(say.settle.label(say.strategy.help.label)));
      expect(reveals).toContain(say.reveal.starters.help.more);
      expect(attune.phone(id).chat().join("\n")).not.toContain(`( ) ${say.settle.apart}`);
    }
    expect(await home(attune, "r1")).toContain(TALKED);
    expect(await home(attune, "r1")).not.toContain(OPEN);
  });

  it("is closed by the next shift on which both answer alike, settled or not", async () => {
    await using attune = await partners(tongue);
    await shift(attune, tongue, "01", [3, 2, "after"], [1, 2, "after"]);

    await shift(attune, tongue, "02", [3, 2, "after"], [3, 2, "after"]);

    const text = await home(attune, "r1");
    expect(text).toContain(`${say.home.differences}\n${say.home.noDifferences}`);
    expect(text).not.toContain(TALKED);
  });

  it("that shows again after it was settled is open again", async () => {
    await using attune = await partners(tongue);
    await shift(attune, tongue, "01", [3, 2, "after"], [1, 2, "after"]);
    await attune.phone("a1").taps(say.settle.apart);

    await shift(attune, tongue, "02", [4, 2, "after"], [2, 2, "after"]);

    expect(attune.phone("r1").reads()).toContain(`( ) ${say.settle.apart}`);
    expect(await home(attune, "r1")).toContain(OPEN);
  });

  it("lapses with the rotation", async () => {
    await using attune = await partners(tongue, ["r1", "a1"], "2026-12-02");
    await shift(attune, tongue, "01", [3, 2, "after"], [1, 2, "after"]);
    await attune.until("2026-12-02T23:59");
    const before = await home(attune, "a1");

    await attune.until("2026-12-03T00:01");

    expect(before).toContain(say.home.differenceWith(who("r1"), help.label));
    expect(await home(attune, "a1")).not.toContain(say.home.differenceWith(who("r1"), help.label));
  });
});

describe.each(TONGUES)("what two settle on, in $locale", (tongue) => {
  const { say, who } = tongue;
  const { help, call } = say.strategy;
  const { settle } = say;
  const asks = (item: string) => settle.question(item);
  /** The newest card with answers side by side, as somebody reads it. */
  const revealOf = (attune: Flow, id: string) =>
    attune
      .phone(id)
      .chat()
      .findLast((text) => text.startsWith("# ") && text.includes(say.reveal.starters.help.more))!;
  const settled = (name: string, on: string, time = "07:45") =>
    `${settle.label(help.label)}: ${settle.said(on, name, tongue.clock(time))} [${say.buttons.change}]`;
  /** On a card of the day before. */
  const onWednesday = (time: string) => `${tongue.locale === "en" ? "Wed, Dec 2" : "12月2日（水）"} ${time}`;
  const OPEN = say.home.differenceWith(who("a1"), help.label);
  /** The resident's tap on a card of the first shift's goal, whatever stands on it by then. */
  async function lateTap(attune: Flow, value: string, at: string) {
    await attune.until(at);
    const asked = await attune.store.nudgesOf(R1, 0 as Instant, attune.clock.now());
    const { id } = asked.find(({ kind }) => kind === "shift-goal")!;
    const { ref } = attune.cloud.chat("r1" as Address)[1]!;
    const tap = act({ verb: "answer", nudge: id, item: "settled-help", about: personId("a1"), value });
    return attune.phone("r1").presses(ref, tap);
  }
  const apart = async () => {
    const attune = await partners(tongue);
    await shift(attune, tongue, "01", [3, 2, "after"], [1, 2, "after"]);
    return attune;
  };

  // domain: What can be settled on
  it.each([
    ["what does not stand between the two", "settled-call", "2"],
    ["an answer that there is not", "settled-help", "9"],
    ["nothing at all", "settled-help", undefined],
  ] as const)("is not %s, by a button that says so", async (_, item, value) => {
    await using attune = await apart();
    const { ref } = attune.cloud.chat("r1" as Address)[0]!;
    const asked = await attune.store.nudgesOf(R1, 0 as Instant, later(attune.clock.now(), 1));
    const { id: nudge } = asked.find(({ kind }) => kind === "shift-goal")!;
    const about = personId("a1");
    const tap = { nudge, item, about };

    const reply = await attune
      .phone("r1")
      .presses(ref, act(value === undefined ? { verb: "skip", ...tap } : { verb: "answer", ...tap, value }));

    expect(reply).toMatchObject({ kind: "refused", reason: "not-understood" });
    expect(revealOf(attune, "a1")).toContain(asks(help.label));
  });

  // domain: Where it is a mismatch, the direction
  it("is asked of both: either answer, the step between, each as they were, a line", async () => {
    await using attune = await apart();

    for (const [id, partner] of [
      ["r1", "a1"],
      ["a1", "r1"],
    ] as const)
      expect(revealOf(attune, id)).toContain(
        [
          asks(help.label),
          ...[help.answers[3], help.answers[1], help.answers[2], settle.apart, settle.ownWords].map(
            (label) => `( ) ${label}`,
          ),
          say.visible.shared(who(partner)),
        ].join("\n"),
      );
  });

  // domain: Either of the two says what they settled on, by one tap
  it("is said by one tap; the other reads it at once, with the name and the time, and may correct it", async () => {
    await using attune = await apart();

    await attune.phone("a1").taps(help.answers[2]);
    const read = revealOf(attune, "r1");
    await attune.until("2026-12-01T09:20");
    await press(attune, "r1", (tap) => tap.verb === "ask" && tap.item === "settled-help");
    await attune.phone("r1").taps(help.answers[3]);

    expect(read).toContain(settled(who("a1"), help.answers[2]));
    expect(read).not.toContain(asks(help.label));
    expect(revealOf(attune, "r1")).toContain(settled(say.you, help.answers[3], "09:20"));
    expect(revealOf(attune, "a1")).toContain(settled(who("r1"), help.answers[3], "09:20"));
    expect(revealOf(attune, "a1")).not.toContain(settled(say.you, help.answers[2]));
  });

  // domain: A command is understood as people write it
  it.each([
    ["by its label", (labels: readonly string[]) => labels[3]!, settle.apart],
    ["by its number, as shown", () => "1", help.answers[3]],
  ])("is the choice that is typed %s", async (_, typed, on) => {
    await using attune = await apart();

    await attune.phone("r1").says(typed([help.answers[3], help.answers[1], help.answers[2], settle.apart]));

    expect(revealOf(attune, "a1")).toContain(settled(who("r1"), on));
    await attune.phone("r1").says("1");
    expect(revealOf(attune, "a1")).toContain(settled(who("r1"), on));
  });

  // domain: What can be settled on
  it("can be a line of their own, if it names no patient, and can be taken back", async () => {
    await using attune = await apart();

    await attune.phone("r1").taps(settle.ownWords);
    const refused = await attune.phone("r1").writes("first the 56M in bed 4");
    await attune.phone("r1").writes("I lead the second case");
    const kept = attune.phone("r1").reads();
    const read = revealOf(attune, "a1");
    await attune.phone("r1").taps(say.buttons.undo);

    expect(refused).toMatchObject({ kind: "refused", reason: "identifier" });
    expect(kept).toContain(say.typed.kept(who("a1"), say.home.kinds["shift-goal"], "I lead the second case"));
    expect(read).toContain(settled(who("r1"), say.settle.written("I lead the second case")));
    expect(revealOf(attune, "a1")).not.toContain("I lead the second case");
    expect(revealOf(attune, "a1")).toContain(asks(help.label));
  });

  it.each(["3", "apart", "yes"])(
    "keeps a line as it is written, also “%s”, which no choice is called",
    async (line) => {
      await using attune = await apart();

      await attune.phone("r1").taps(settle.ownWords);
      await attune.phone("r1").writes(line);
      await attune.phone("r1").says("my data");

      expect(revealOf(attune, "a1")).toContain(settled(who("r1"), say.settle.written(line)));
      expect(attune.phone("r1").reads()).toContain(
        `${say.commands.data.about(settle.label(help.label), who("a1"))}: ${line}`,
      );
    },
  );

  it("is again the choice that a line had taken the place of, once that is taken back", async () => {
    await using attune = await apart();
    await attune.phone("r1").taps(help.answers[2]);
    await press(attune, "r1", (tap) => tap.verb === "ask" && tap.item === "settled-help");
    await attune.phone("r1").writes("I lead the second case");

    await attune.phone("r1").taps(say.buttons.undo);

    expect(attune.phone("r1").chat().join("\n")).toContain(say.typed.undoneTo(help.answers[2]));
    for (const [id, name] of [
      ["r1", say.you],
      ["a1", who("r1")],
    ] as const)
      expect(attune.phone(id).chat().join("\n")).toContain(settled(name, help.answers[2]));
  });

  // domain: Where it is a mismatch, the direction
  it("is asked of the weightiest difference first, and then of the next", async () => {
    await using attune = await partners(tongue);
    await shift(attune, tongue, "01", [4, 1, "after"], [1, 3, "after"]);
    const first = attune.phone("r1").reads();

    await attune.phone("r1").taps(settle.apart);

    expect(first).toContain(asks(call.label));
    expect(first).not.toContain(asks(help.label));
    expect(attune.phone("r1").reads()).toContain(asks(help.label));
    expect(attune.phone("a1").reads()).toContain(asks(help.label));
  });

  // domain: "Patient safety first" is named before all else
  it("follows safety first, too, which is named before all else and has a starter of its own", async () => {
    await using attune = await partners(tongue);
    await wants(attune, tongue, "01", [4, 2, "after"]);
    await attune.phone("a1").taps(say.buttons.safety);

    for (const id of ["r1", "a1"]) {
      expect(attune.phone(id).reads()).toContain(say.reveal.directions.safety.safety);
      expect(attune.phone(id).reads()).toContain(say.reveal.starters.safety.safety);
      expect(attune.phone(id).reads()).toContain(asks(settle.safety));
    }
    await attune.phone("a1").taps(help.answers[4]);
    expect(attune.phone("r1").reads()).toContain(
      `${settle.label(settle.safety)}: ${settle.said(help.answers[4], who("a1"), tongue.clock("07:45"))}`,
    );
  });

  // domain: A settlement can be said until the debrief closes
  // domain: A message that is over says so
  it("can still be said when the ask is over, from its card, from home and from the debrief, until that closes", async () => {
    await using attune = await apart();
    await attune.until("2026-12-01T17:01");
    const told = await home(attune, "r1");
    await attune.phone("r1").taps(settle.with(who("a1")));
    const opened = attune.phone("r1").reads();
    await attune.phone("a1").taps(help.answers[2]);
    const corrected = await lateTap(attune, "1", "2026-12-02T16:59");
    const refused = await lateTap(attune, "3", "2026-12-02T17:00");

    expect(told).toContain(OPEN);
    expect(opened).toContain(asks(help.label));
    expect(corrected.kind).toBe("card");
    expect(refused).toMatchObject({ kind: "refused", reason: "expired", text: settle.closed });
    expect(revealOf(attune, "a1")).toContain(settle.said(help.answers[1], who("r1"), onWednesday("16:59")));
  });

  // domain: The debrief asks for the help that actually happened
  it.each([
    ["r1", "a1"],
    ["a1", "r1"],
  ])("can be said of what both have read, after %s has stopped, by %s", async (gone, speaker) => {
    await using attune = await partners(tongue);
    await shift(attune, tongue, "01", [4, 2, "end"], [1, 2, "after"]);
    await attune.phone(gone).says("stop");

    const reply = await attune.phone(speaker).taps(say.settle.apart);

    expect(reply).toMatchObject({ kind: "card" });
    const card = attune
      .phone(speaker)
      .chat()
      .findLast((text) => text.includes(say.settle.label(say.strategy.help.label)));
    expect(card).toContain(say.settle.apart);
    expect(card).toContain(say.strategy.help.answers[4]);
    expect(card).toContain(say.strategy.help.answers[1]);
  });

  it("stands in the debrief beside the question which help there was, in place of what was wanted and planned", async () => {
    await using attune = await apart();
    await attune.phone("a1").taps(help.answers[2]);
    await attune.until("2026-12-01T17:00");

    for (const [id, name] of [
      ["r1", who("a1")],
      ["a1", say.you],
    ] as const) {
      await attune.phone(id).taps(say.debrief.outcomes.yes);
      await attune.phone(id).taps(say.debrief.feedbacks.yes);
      expect(attune.phone(id).reads()).toContain(
        `${settle.label(help.label)}: ${settle.said(help.answers[2], name, tongue.clock("07:45"))}`,
      );
      expect(attune.phone(id).reads()).not.toContain(say.debrief.planned(who("a1")));
    }
  });

  it("stands in the debrief under the name of whom it is with, where there are several", async () => {
    await using attune = await partners(tongue, ["r1", "a1", "a2"]);
    await wants(attune, tongue, "01", [3, 2, "after"]);
    for (const id of ["a1", "a2"]) {
      await plans(attune, tongue, [1, 2, "after"], id);
      await attune.phone(id).taps(help.answers[2]);
    }
    await attune.until("2026-12-01T17:00");
    const rows = (text: string) =>
      ["a1", "a2"].map((id) => text.includes(`${settle.label(help.label)} · ${who(id)}: `));

    await attune.phone("r1").taps(say.debrief.outcomes.yes);
    await attune.phone("r1").taps(say.debrief.feedbacks.yes);
    const asked = attune.phone("r1").reads();
    await attune.phone("r1").taps(help.answers[2]);
    await attune.phone("r1").taps(say.debrief.whomNobody);

    expect(rows(asked)).toEqual([true, true]);
    expect(rows(attune.phone("r1").reads())).toEqual([true, true]);
  });

  // domain: pair: the two partners, after both
  it("is for these two alone: another attending of the shift reads nothing of it", async () => {
    await using attune = await partners(tongue, ["r1", "a1", "a2"]);
    await wants(attune, tongue, "01", [3, 2, "after"]);
    await plans(attune, tongue, [1, 2, "after"]);
    await plans(attune, tongue, [1, 2, "after"], "a2");

    await attune.phone("a1").taps(settle.ownWords);
    await attune.phone("a1").writes("we swap at noon");

    expect(attune.phone("r1").reads()).toContain("we swap at noon");
    expect(attune.phone("a2").chat().join("\n")).not.toContain("we swap at noon");
    expect(attune.phone("a2").reads()).toContain(asks(help.label));
  });

  it("stays in the record of whoever said it when the other is erased, and goes with whoever said it", async () => {
    await using attune = await apart();
    await attune.phone("a1").taps(help.answers[2]);
    await press(attune, "r1", (tap) => tap.verb === "ask" && tap.item === "settled-help");
    await attune.phone("r1").taps(help.answers[3]);

    await attune.store.erase(R1, attune.clock.now(), "r1");
    await attune.until("2026-12-01T07:50");

    const kept = (await attune.store.export(personId("a1"))).replies;
    expect(kept.filter(({ item }) => item === "settled-help").map(({ value }) => value)).toEqual(["2"]);
    expect((await attune.store.export(R1)).replies).toEqual([]);
    expect(attune.phone("a1").chat().join("\n")).not.toContain(settle.label(help.label));
  });

  it("is what an old button asks for that said that they had talked", async () => {
    await using attune = await apart();
    const [card] = attune.cloud.chat("a1" as Address).toReversed();
    await attune.until("2026-12-01T09:00");
    const ask = (await attune.store.nudgesOf(personId("a1"), 0 as Instant, attune.clock.now())).find(isAsk);

    const reply = await attune.phone("a1").presses(card!.ref, `talked/${ask!.id}/r1` as Act);

    expect(reply).toMatchObject({ kind: "card", replace: true });
    expect(revealOf(attune, "a1")).toContain(asks(help.label));
  });
});
