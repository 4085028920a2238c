import { describe, expect, it } from "vitest";
import { passingKey } from "#db/keys/keys.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import type { Store } from "#src/ports/store.ts";
import { partners, plans, wants } from "#test/support/answered-shifts.ts";
import { flow, sentTo, type Flow } from "#test/support/attune.ts";
import { local, programOf, rosterOf } from "#test/support/programs.ts";
import { taps, together } from "#test/support/together.ts";
import { takePart, TONGUES } from "#test/support/tongues.ts";

const [tongue] = TONGUES;
const { say, who, goal } = tongue!;
const { directions, starters } = say.reveal;
const { help, call, feedback } = say.strategy;
const FAR = [1, 2, "after"] as const;
const NEAR = [3, 2, "after"] as const;

/** The messages of this kind that somebody has got. */
const told = (attune: Flow, id: string, by: string): number =>
  attune
    .phone(id)
    .chat()
    .filter((text) => text.startsWith(say.reveal.told(who(by)))).length;

describe.each(TONGUES)("whoever answered first, in $locale", (spoken) => {
  // domain: Whoever answered first is told
  it("is told by one short new message, with the direction and the starter", async () => {
    await using attune = await partners(spoken);
    await wants(attune, spoken, "01");
    const before = sentTo(attune, "r1");

    await plans(attune, spoken, FAR);

    expect(sentTo(attune, "r1")).toBe(before + 1);
    const text = attune.phone("r1").newest();
    expect(text).toContain(spoken.say.reveal.told(spoken.who("a1")));
    expect(text).toContain(spoken.say.reveal.directions.help.more);
    expect(text).toContain(spoken.say.reveal.starters.help.more);
    expect(attune.cloud.chat("r1" as never).at(-1)!.card.notification).toBe(spoken.say.reveal.bothWithGap);
  });
});

describe("the message that both have answered", () => {
  it("goes to the attending where the attending was first", async () => {
    await using attune = await partners(tongue!);
    await attune.until("2026-12-01T08:00");
    await plans(attune, tongue!, FAR);
    const before = sentTo(attune, "r1");

    await taps(attune, "r1", [goal("procedures"), say.buttons.skip]);
    await taps(attune, "r1", [help.answers[3], call.answers[2], feedback.answers.after]);

    expect(attune.phone("a1").newest()).toContain(say.reveal.told(who("r1")));
    expect(sentTo(attune, "r1")).toBe(before);
  });

  // domain: Else the card changes in place, silently
  it("does not come where there is nothing to talk about: the card changes in place", async () => {
    await using attune = await partners(tongue!);
    await wants(attune, tongue!, "01");
    const before = sentTo(attune, "r1");

    await plans(attune, tongue!, NEAR);

    expect(sentTo(attune, "r1")).toBe(before);
    expect(attune.phone("r1").reads()).toContain(say.reveal.same);
  });

  // domain: Whoever answered first is told
  // domain: No message comes mid-shift
  it.each([
    ["2026-12-01T08:30", 1],
    ["2026-12-01T08:30:00.001", 0],
    ["2026-12-01T08:31", 0],
  ])("comes until 30 minutes into the shift: at %s, %i", async (at, count) => {
    await using attune = await partners(tongue!);
    await wants(attune, tongue!, "01");
    await attune.until(at);

    await plans(attune, tongue!, FAR);

    const all = await attune.store.nudgesDuring(local("2026-12-01T00:00"), local("2026-12-02T00:00"));
    expect(all.filter(({ kind }) => kind === "shift-reveal")).toHaveLength(count);
    expect(told(attune, "r1", "a1")).toBe(count);
    expect(attune.phone("r1").chat().join("\n")).toContain(starters.help.more);
  });

  // domain: Whoever answered first is told
  it.each([
    [2, 1],
    [1, 0],
  ])("comes within the messages of a day, %i of them: %i after the goal's", async (messagesPerDay, count) => {
    const people = ["r1", "a1"];
    const program = programOf({ people, policy: { messagesPerDay } });
    await using attune = await flow({ program, roster: together(people, ["01"]) });
    await takePart(attune, say, people);
    await wants(attune, tongue!, "01");

    await plans(attune, tongue!, FAR);

    expect(told(attune, "r1", "a1")).toBe(count);
    expect(attune.phone("r1").chat().join("\n")).toContain(starters.help.more);
  });

  // domain: The budget of messages
  it("comes within the messages of seven days, reminders counted", async () => {
    const people = ["r1", "a1"];
    const atSecond = async (messagesPerWeek: number) => {
      const program = programOf({ people, policy: { messagesPerWeek } });
      const attune = await flow({ program, roster: together(people, ["01", "07"]) });
      await takePart(attune, say, people);
      await wants(attune, tongue!, "01");
      await wants(attune, tongue!, "07");
      const before = sentTo(attune, "r1");
      await plans(attune, tongue!, FAR);
      return { attune, before, told: told(attune, "r1", "a1") };
    };
    const free = await atSecond(100);
    const last = await atSecond(free.before + 1);
    const full = await atSecond(free.before);

    const chats = [free, last, full].map(({ attune }) => attune.phone("r1").chat().join("\n"));

    // The goal of each shift, a look back, and its reminder.
    expect(free.before).toBeGreaterThanOrEqual(4);
    expect([free, last, full].map((one) => one.told)).toEqual([1, 1, 0]);
    for (const chat of chats) expect(chat).toContain(starters.help.more);
    for (const { attune } of [free, last, full]) await attune[Symbol.asyncDispose]();
  });

  describe("of an attending with two entries beside the shift", () => {
    const ENTRIES = [
      "r1 2026-12-01T08:00 2026-12-01T17:00",
      "a1 2026-12-01T08:00 2026-12-01T12:00",
      "a1 2026-12-01T13:00 2026-12-01T17:00",
    ];
    const halves = async (): Promise<Flow> => {
      const attune = await flow({ roster: rosterOf(ENTRIES) });
      await takePart(attune, say, ["r1", "a1"]);
      return attune;
    };

    it("does not come once the first of them has run for a while", async () => {
      await using attune = await halves();
      await wants(attune, tongue!, "01");
      await attune.until("2026-12-01T09:00");

      await plans(attune, tongue!, FAR);

      expect(told(attune, "r1", "a1")).toBe(0);
      expect(attune.phone("r1").chat().join("\n")).toContain(starters.help.more);
    });

    it("opens the plan that was answered", async () => {
      await using attune = await halves();
      await attune.until("2026-12-01T08:00");
      await plans(attune, tongue!, FAR);
      await attune.until("2026-12-01T08:05");
      await taps(attune, "r1", [goal("procedures"), say.buttons.skip]);
      await taps(attune, "r1", [help.answers[3], call.answers[2], feedback.answers.after]);

      await attune.phone("a1").taps(say.reveal.open);

      expect(attune.phone("a1").newest()).toContain("08:00–12:00");
    });
  });

  // domain: "Patient safety first" is a mismatch
  it("comes for “patient safety first” against a resident who wanted to lead", async () => {
    await using attune = await partners(tongue!);
    await wants(attune, tongue!, "01");

    await attune.phone("a1").taps(say.buttons.safety);

    expect(told(attune, "r1", "a1")).toBe(1);
    expect(attune.phone("r1").newest()).toContain(directions.safety.safety);
  });

  it("never goes to somebody who has paused", async () => {
    await using attune = await partners(tongue!);
    await wants(attune, tongue!, "01");
    await attune.phone("r1").says("pause until 2027-01-08");

    await plans(attune, tongue!, FAR);
    await attune.until("2026-12-01T08:25");

    expect(told(attune, "r1", "a1")).toBe(0);
  });

  // domain: Both answers stand in words, side by side
  it("tells of each partner by themselves, and once", async () => {
    await using attune = await partners(tongue!, ["r1", "a1", "a2"]);
    await wants(attune, tongue!, "01");
    await plans(attune, tongue!, FAR);
    await plans(attune, tongue!, [4, 2, "after"], "a2");
    await attune.until("2026-12-01T08:29");

    expect(told(attune, "r1", "a1")).toBe(1);
    // One step apart is normal.
    expect(told(attune, "r1", "a2")).toBe(0);
  });

  it("opens both answers where it stands, and what is said later is shown there too", async () => {
    await using attune = await partners(tongue!);
    await wants(attune, tongue!, "01");
    await plans(attune, tongue!, FAR);

    await attune.phone("r1").taps(say.reveal.open);
    const opened = attune.phone("r1").newest();
    await attune.phone("a1").taps(say.settle.apart);

    expect(opened).toContain(`${who("a1")}: ${help.answers[1]}`);
    expect(attune.phone("r1").newest()).toContain(say.settle.label(help.label));
    const cards = attune
      .phone("r1")
      .chat()
      .filter((text) => text.includes(starters.help.more));
    expect(cards).toHaveLength(1);
  });

  it.each([
    ["r1", "a1"],
    ["a1", "r1"],
  ])(
    "goes to whoever was kept first where both answer at the same moment: %s before %s",
    async (first, second) => {
      await using db = openSqlite({ file: ":memory:", keys: passingKey() });
      const kept = db.store("test");
      const [looked, isKept] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      let isMeeting = false;
      const record: Store["record"] = async (recording) => {
        if (isMeeting && recording.person === second && recording.replies.length > 0) {
          looked.resolve();
          await isKept.promise;
        }
        return kept.record(recording);
      };
      await using attune = await flow({ roster: together(["r1", "a1"], ["01"]), store: { ...kept, record } });
      await takePart(attune, say, ["r1", "a1"]);
      await attune.until("2026-12-01T08:00");
      await taps(attune, "r1", [goal("procedures"), say.buttons.skip, help.answers[3], call.answers[2]]);
      await taps(attune, "a1", [help.answers[1], call.answers[2]]);
      isMeeting = true;

      const later = attune.phone(second).taps(feedback.answers.after);
      await looked.promise;
      await attune.phone(first).taps(feedback.answers.after);
      isKept.resolve();
      await later;

      expect(told(attune, first, second)).toBe(1);
      expect(told(attune, second, first)).toBe(0);
      for (const id of [first, second]) expect(attune.phone(id).reads()).toContain(starters.help.more);
    },
  );

  describe("to somebody whose duty begins later", () => {
    /** The attending, on duty since 06:00, has answered after the resident, whose duty begins at 08:00. */
    async function beforeTheDuty(): Promise<Flow> {
      const roster = rosterOf([
        "a1 2026-12-01T06:00 2026-12-01T17:00",
        "r1 2026-12-01T08:00 2026-12-01T17:00",
      ]);
      const attune = await flow({ roster });
      await takePart(attune, say, ["r1", "a1"]);
      await attune.until("2026-12-01T06:30");
      await attune.phone("r1").says("goal");
      await taps(attune, "r1", [goal("procedures"), say.buttons.skip]);
      await taps(attune, "r1", [help.answers[3], call.answers[2], feedback.answers.after]);
      await plans(attune, tongue!, FAR);
      expect(told(attune, "r1", "a1")).toBe(0);
      return attune;
    }

    it("waits until that is near", async () => {
      await using attune = await beforeTheDuty();

      await attune.until("2026-12-01T07:44");
      expect(told(attune, "r1", "a1")).toBe(0);
      await attune.until("2026-12-01T07:45");

      expect(told(attune, "r1", "a1")).toBe(1);
    });

    it("outlasts a new plan and a restart, and comes once", async () => {
      await using attune = await beforeTheDuty();
      await attune.phone("r1").says("language ja");
      const roster = rosterOf([
        "a1 2026-12-01T06:00 2026-12-01T17:00",
        "r1 2026-12-01T08:00 2026-12-01T17:00",
        "r1 2026-12-04T08:00 2026-12-04T17:00",
      ]);
      await attune.reopens(programOf(), roster);

      const before = sentTo(attune, "r1");
      await attune.until("2026-12-01T08:20");

      expect(sentTo(attune, "r1")).toBe(before + 1);
    });

    it("does not come where the two have settled meanwhile", async () => {
      await using attune = await beforeTheDuty();
      await attune.phone("a1").taps(say.settle.apart);

      await attune.until("2026-12-01T08:20");

      expect(told(attune, "r1", "a1")).toBe(0);
    });

    it("does not come of somebody who has left since, and is not tried again", async () => {
      await using attune = await beforeTheDuty();
      const roster = rosterOf([
        "a1 2026-12-01T06:00 2026-12-01T17:00",
        "r1 2026-12-01T08:00 2026-12-01T17:00",
      ]);
      await attune.reopens(programOf({ people: ["r1"] }), roster);

      await attune.until("2026-12-01T08:20");

      expect(told(attune, "r1", "a1")).toBe(0);
      const all = await attune.store.nudgesDuring(local("2026-12-01T00:00"), local("2026-12-02T00:00"));
      expect(all.filter(({ kind }) => kind === "shift-reveal").map(({ state }) => state)).toEqual([
        "withdrawn",
      ]);
    });

    it("does not come to somebody who has stopped", async () => {
      await using attune = await beforeTheDuty();
      await attune.phone("r1").says("stop");

      await attune.until("2026-12-01T08:20");

      expect(told(attune, "r1", "a1")).toBe(0);
    });
  });
});
