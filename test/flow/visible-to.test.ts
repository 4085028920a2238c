import { describe, expect, it } from "vitest";
import { personId } from "#src/domain/person.ts";
import { flow, type Flow } from "#test/support/attune.ts";
import { programOf, rosterOf } from "#test/support/programs.ts";
import { taps, together } from "#test/support/together.ts";
import { takePart, TONGUES, type Tongue } from "#test/support/tongues.ts";

const PEOPLE = ["r1", "a1", "a2"];
const LINE = "zqline alone";
const DAY = "2026-12-01T08:00 2026-12-01T17:00";
const without = (id: string) => rosterOf(PEOPLE.filter((one) => one !== id).map((one) => `${one} ${DAY}`));

/** What can become of an attending. In the chat of whoever has left nothing is edited any more, and they are nobody to be named. */
const ENDS: readonly (readonly [string, (attune: Flow, tongue: Tongue) => Promise<unknown>])[] = [
  ["is erased", (attune) => attune.store.erase(personId("a1"), attune.clock.now(), "a1")],
  ["has stopped", (attune) => attune.phone("a1").says("stop")],
  ["is on the shift no more", (attune) => attune.publishes(without("a1"))],
  [
    "has left",
    (attune, { locale }) => attune.reopens(programOf({ people: ["r1", "a2"], locale }), without("a1")),
  ],
];
const WHEN = [
  "before the goal",
  "after the goal",
  "after the goal and the first answer of their plan",
  "after the goal and their plan",
] as const;

// domain: Every ask prints its "visible to" line
describe.each(TONGUES)("who sees a goal, in $locale", (tongue) => {
  const { say, who, goal, locale } = tongue;
  const { help, call, feedback } = say.strategy;
  const STRATEGY = [help.answers[3], call.answers[2], feedback.answers.after];

  const gives = async (attune: Flow) => {
    await attune.phone("r1").taps(goal("history"));
    await attune.phone("r1").writes(LINE);
  };
  /** Who is named on the goal's card, once its resident looks at it anew. */
  const named = async (attune: Flow): Promise<string | undefined> => {
    await attune.phone("r1").taps(say.buttons.change);
    const lines = attune.phone("r1").reads().split("\n");
    return lines.find((line) => line.startsWith(say.visible.shared("").split(/[:：]/u)[0]!));
  };

  describe.each(ENDS)("where an attending %s", (what, end) => {
    it.each(WHEN)("names those who read it, or will: %s", async (when) => {
      await using attune = await flow({
        program: programOf({ people: PEOPLE, locale }),
        roster: together(PEOPLE, ["01"]),
      });
      await takePart(attune, say, PEOPLE);
      await attune.until("2026-12-01T08:00");

      if (when === "before the goal") await end(attune, tongue);
      await gives(attune);
      if (when === "after the goal and the first answer of their plan")
        await taps(attune, "a1", STRATEGY.slice(0, 1));
      if (when === "after the goal and their plan") await taps(attune, "a1", STRATEGY);
      if (when !== "before the goal") await end(attune, tongue);
      await attune.until("2026-12-01T08:03");

      const stands = attune.phone("r1").chat().join("\n");
      // Whoever is on the shift stands first, then who has answered and is on it no more.
      const readers = ["a2", "a1"].filter((id) => attune.phone(id).chat().join().includes(LINE));
      const others = what === "has left" ? ["a2"] : readers;
      expect(readers).toContain("a2");
      expect(await named(attune)).toBe(say.visible.shared(who(...others)));
      // On the card as it stands, too.
      expect(stands.includes(who("a1", "a2")) && !others.includes("a1")).toBe(false);
    });
  });

  it("is whoever takes the shift over, on the card of a goal that was answered, before they read it", async () => {
    await using attune = await flow({
      program: programOf({ people: PEOPLE, locale }),
      roster: together(["r1", "a1"], ["01"]),
    });
    await takePart(attune, say, PEOPLE);
    await attune.until("2026-12-01T07:45");
    await gives(attune);
    await taps(attune, "r1", STRATEGY);

    await attune.publishes(together(["r1", "a2"], ["01"]));
    await attune.until("2026-12-01T07:50");

    const card = attune.phone("r1").reads();
    expect(card).toContain(say.goal.with(who("a2")));
    expect(card).toContain(say.goal.waiting(who("a2")));
    expect(card).not.toContain(who("a1"));
    expect(attune.phone("a2").chat().join("\n")).not.toContain(LINE);
    await attune.until("2026-12-01T08:00");
    expect(attune.phone("a2").chat().join("\n")).toContain(LINE);
  });

  it("is nobody else, once the one attending who read it is erased", async () => {
    await using attune = await flow({
      program: programOf({ people: ["r1", "a1"], locale }),
      roster: together(["r1", "a1"], ["01"]),
    });
    await takePart(attune, say, ["r1", "a1"]);
    await attune.until("2026-12-01T08:00");
    await gives(attune);
    await attune.store.erase(personId("a1"), attune.clock.now(), "a1");
    await attune.until("2026-12-01T08:03");

    const chat = attune.phone("r1").chat().join("\n");

    expect(chat).not.toContain(who("a1"));
    expect(await named(attune)).toBe(say.visible.goalNobody);
  });
});
