import { describe, expect, it } from "vitest";
import { flow, type Flow } from "#test/support/attune.ts";
import { programOf } from "#test/support/programs.ts";
import { taps, together } from "#test/support/together.ts";
import { takePart, TONGUES, type Tongue } from "#test/support/tongues.ts";

const LINE = "say that I am scared of sepsis";

/** How an attending comes to a shift whose resident has answered alone. */
const JOINS: readonly (readonly [
  string,
  (attune: Flow) => Promise<void>,
  (attune: Flow) => Promise<void>,
])[] = [
  [
    "whom the roster adds",
    async (attune) => attune.publishes(together(["r1"], ["01", "02"])),
    async (attune) => attune.publishes(together(["r1", "a1"], ["01", "02"])),
  ],
  [
    "who had stopped",
    async (attune) => void (await attune.phone("a1").says("stop")),
    async (attune) => void (await attune.phone("a1").says("resume")),
  ],
];

describe.each(TONGUES)("what was answered while nobody shared the shift, in $locale", (tongue: Tongue) => {
  const { locale, say, goal } = tongue;
  const { help, call, feedback } = say.strategy;
  const WISHES = [help.answers[1], call.answers[1], feedback.answers.end];
  const PLANS = [help.answers[4], call.answers[4], feedback.answers.after];
  const chat = (attune: Flow, id: string) => attune.phone(id).chat().join("\n");

  /** The resident has a goal and wishes of their own, and then an attending joins the shift. */
  async function joined([, leave, join]: (typeof JOINS)[number]): Promise<Flow> {
    const attune = await flow({
      program: programOf({ locale }),
      roster: together(["r1", "a1"], ["01", "02"]),
    });
    await takePart(attune, say, ["r1", "a1"]);
    await leave(attune);
    await attune.until("2026-12-01T07:45");
    await attune.phone("r1").taps(goal("tests"));
    await attune.phone("r1").writes(LINE);
    await taps(attune, "r1", WISHES);
    await attune.until("2026-12-01T08:10");
    await join(attune);
    await attune.until("2026-12-01T08:15");
    return attune;
  }

  describe.each(JOINS)("before an attending %s", (...way) => {
    // domain: Every ask prints its "visible to" line
    // domain: What was answered while no attending shared the shift
    it("stays the resident's own, as their card says, also once the attending has answered", async () => {
      await using attune = await joined(way);
      await taps(attune, "a1", PLANS);
      await attune.until("2026-12-01T08:20");

      const card = attune.phone("r1").reads();

      expect(card.split("\n")).toContain(say.visible.goalPrivate);
      expect(card).toContain(say.buttons.share);
      expect(card).toContain(LINE);
      expect(card).not.toContain(help.answers[4]);
      for (const theirs of [LINE, goal("tests"), help.answers[1] + "\n"])
        expect(chat(attune, "a1")).not.toContain(theirs);
    });

    // domain: The resident may share only the category
    it("is kept private on wish, and nothing of it stands beside the attending's", async () => {
      await using attune = await joined(way);
      await taps(attune, "r1", [say.buttons.share, say.goal.shares.private]);
      await taps(attune, "a1", PLANS);
      await attune.until("2026-12-01T17:05");

      expect(chat(attune, "r1")).not.toContain(help.answers[4] + "\n");
      for (const theirs of [LINE, goal("tests"), say.debrief.title])
        expect(chat(attune, "a1")).not.toContain(theirs);
    });

    it("is shared as far as the resident then says, and both answers stand side by side", async () => {
      await using attune = await joined(way);
      await taps(attune, "a1", PLANS);

      await taps(attune, "r1", [say.buttons.share, say.goal.shares.full]);
      await attune.until("2026-12-01T08:25");

      for (const seen of [LINE, help.answers[1]]) expect(chat(attune, "a1")).toContain(seen);
      expect(chat(attune, "r1")).toContain(help.answers[4]);
    });

    it("goes to nobody by being taken up again on the next shift", async () => {
      await using attune = await joined(way);
      await attune.until("2026-12-02T07:50");

      await attune.phone("r1").taps(say.goal.same);
      await attune.until("2026-12-02T08:05");

      expect(attune.phone("r1").reads()).toContain(LINE);
      for (const theirs of [LINE, goal("tests")]) expect(chat(attune, "a1")).not.toContain(theirs);
    });
  });
});
