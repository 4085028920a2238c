import { describe, expect, it } from "vitest";
import { personId } from "#src/domain/person.ts";
import { flow, type Flow } from "#test/support/attune.ts";
import { partners, plans, shift, wants } from "#test/support/answered-shifts.ts";
import { programOf } from "#test/support/programs.ts";
import { taps, together } from "#test/support/together.ts";
import { takePart, TONGUES } from "#test/support/tongues.ts";

const ENDED = "2026-12-08T09:00";

describe.each(TONGUES)("my rotation, in $locale", (tongue) => {
  const { say, goal, who } = tongue;
  const { help } = say.strategy;
  const command = tongue.locale === "en" ? "my rotation" : "私のローテーション";
  const day = (number: number) => (tongue.locale === "en" ? `Dec ${number}` : `12月${number}日`);
  const looksBack = (attune: Flow, id: string, outcome: "yes" | "partly", happened: 1 | 2 | 3 | 4) =>
    taps(attune, id, [say.debrief.outcomes[outcome], say.debrief.feedbacks.yes, help.answers[happened]]);
  const page = async (attune: Flow, id = "r1") => {
    await attune.phone(id).says(command);
    return attune.phone(id).newest();
  };

  /** Two days: they differ on the first, settle and look back, and the attending writes a line. The second has a goal alone. */
  async function lived(): Promise<Flow> {
    const people = ["r1", "a1"];
    const program = programOf({ people, locale: tongue.locale, to: "2026-12-06" });
    const attune = await flow({ program, roster: together(people, ["01", "02"]) });
    await takePart(attune, say, people);
    await shift(attune, tongue, "01", [4, 2, "after"], [2, 2, "after"]);
    await attune.phone("r1").taps(help.answers[3]);
    await attune.until("2026-12-01T17:00");
    await looksBack(attune, "r1", "partly", 3);
    await attune.phone("r1").taps(say.buttons.skip);
    await looksBack(attune, "a1", "partly", 3);
    await attune.phone("a1").writes("Your plan was clear");
    await wants(attune, tongue, "02", [3, 2, "after"]);
    return attune;
  }

  // domain: My rotation has goals by week with what came of them
  it("has the goals by week with what came of them, help over the shifts, feedback and the partners' lines", async () => {
    await using attune = await lived();
    await attune.until("2026-12-03T07:00");

    const text = await page(attune);

    const { rotation, digest, labelled } = say;
    expect(text).toContain(
      [
        `• ${digest.goalWith(goal("procedures"), digest.outcomes.partly)}`,
        `• ${digest.goalWith(goal("procedures"), digest.noOutcome)}`,
      ].join("\n"),
    );
    expect(text).toContain(
      [
        rotation.help,
        `${day(1)}: ${[
          `${rotation.wanted}: ${help.short[4]}`,
          `${rotation.settled}: ${help.short[3]}`,
          `${rotation.happened}: ${help.short[3]}`,
        ].join(" · ")}`,
        `${day(2)}: ${rotation.wanted}: ${help.short[3]}`,
      ].join("\n"),
    );
    expect(text).toContain(
      `${rotation.feedback}: ${labelled(say.debrief.feedbacks.yes, rotation.shifts(1))}`,
    );
    expect(text).toContain(`${rotation.lines}\n${day(1)} · ${who("a1")}: Your plan was clear`);
    expect(text).toContain(rotation.visible);
  });

  it("has a goal that changed, also before it is said to which", async () => {
    await using attune = await partners(tongue);
    await wants(attune, tongue, "01", [4, 2, "after"]);
    await attune.until("2026-12-01T17:00");
    const { digest, labelled } = say;
    await attune.phone("r1").taps(say.debrief.outcomes.changed);
    const before = await page(attune);

    await attune.phone("r1").taps(goal("tests"));

    const { changed } = digest.outcomes;
    expect(before).toContain(`• ${digest.goalWith(goal("procedures"), changed)}`);
    expect(await page(attune)).toContain(
      `• ${digest.goalWith(goal("procedures"), labelled(changed, goal("tests")))}`,
    );
  });

  it("names the rotation to readers of the program's language, and to others by its days", async () => {
    await using attune = await lived();
    await attune.until("2026-12-03T07:00");
    const own = await page(attune);

    await attune.phone("r1").says(tongue.locale === "en" ? "日本語" : "English");
    await attune.phone("r1").says(tongue.locale === "en" ? "私のローテーション" : "my rotation");

    const other = attune.phone("r1").newest();
    expect([own, other].map((text) => text.split("\n")[1]!.includes(" · "))).toEqual([true, false]);
    expect(other.split("\n")[1]).toMatch(/\d/u);
  });

  // domain: My rotation has no target, no average of others, no arrow
  it("has nothing that a reader could take for a mark", async () => {
    await using attune = await lived();
    await attune.until(ENDED);

    expect(await page(attune)).not.toMatch(/[←-⇿▲▼✓✗%]|average|target|better|worse|平均|目標値|評価|達成率/u);
  });

  // domain: My rotation comes as a message when the rotation ends
  it("comes by itself when the rotation has ended, and stands behind the command from then on", async () => {
    await using attune = await lived();

    await attune.until(ENDED);

    const told = attune
      .phone("r1")
      .chat()
      .filter((text) => text.startsWith(`# ${say.rotation.title}`));
    expect(told).toEqual([expect.stringContaining("Your plan was clear")]);
    expect(attune.phone("a1").chat().join("\n")).not.toContain(say.rotation.title);
    expect(await page(attune)).toBe(told[0]);
  });

  it("says of a shift that is still to come what its goal is, and nothing of a debrief", async () => {
    await using attune = await partners(tongue);
    await wants(attune, tongue, "01", [4, 2, "after"]);

    const text = await page(attune);

    expect(text).toContain(`• ${goal("procedures")}\n`);
    expect(text).not.toContain(say.digest.noOutcome);
    // Of a single line the title says what it is.
    const title = say.labelled(say.rotation.help, say.rotation.wanted);
    expect(text).toContain(`${title}\n${day(1)}: ${help.short[4]}`);
  });

  // domain: My rotation stands behind a command and in home at any time
  it("opens from home by its button", async () => {
    await using attune = await lived();
    await attune.phone("r1").says(tongue.locale === "en" ? "home" : "ホーム");

    await attune.phone("r1").taps(say.rotation.open);

    expect(attune.phone("r1").newest()).toContain(`# ${say.rotation.title}`);
  });

  // domain: My rotation is visible to that resident alone
  it("is no page of an attending's, and shows nothing that its resident may not see", async () => {
    await using attune = await partners(tongue);
    await wants(attune, tongue, "01", [4, 2, "after"]);
    await plans(attune, tongue, [2, 2, "after"]);

    expect(await page(attune, "a1")).toContain(say.rotation.notResident);
    // What the attending plans is no part of it, also where both have answered.
    expect(await page(attune)).not.toContain(help.short[2]);
  });

  // domain: My rotation has a resident's own answers about asking for help
  it("has the answers about asking for help, one by one, for their writer alone", async () => {
    await using attune = await lived();
    await attune.until("2026-12-07T09:00");
    for (const [id, trust] of [
      ["r1", 2],
      ["a1", 5],
    ] as const)
      await taps(attune, id, [say.agreement[4], say.agreement[4], say.agreement[trust], say.buttons.skip]);

    const text = await page(attune);

    // Their own answer is all there is: nothing of what the attending answered stands beside it.
    const answers = [`${day(7)} ${who("a1")}: ${say.agreement[2]}`];
    expect(text).toContain([say.rotation.trust, ...answers, say.rotation.visible].join("\n"));
  });

  // domain: One optional line "one thing to try next time"
  it("has what was said in a check-in that only one of the two has answered: one's own answer, or the attending's wish", async () => {
    const people = ["r1", "a1"];
    const program = programOf({ people, locale: tongue.locale });
    await using attune = await flow({ program, roster: together(people, ["01", "08"]) });
    await takePart(attune, say, people);
    const agree = say.agreement[4];
    await attune.until("2026-12-07T09:00");
    await taps(attune, "r1", [agree, agree, say.agreement[2], say.buttons.skip]);
    await attune.until("2026-12-14T09:00");
    await taps(attune, "a1", [agree, agree, agree]);
    await attune.phone("a1").writes("your plan before mine");

    const text = await page(attune);

    expect(text).toContain(`${say.rotation.trust}\n${day(7)} ${who("a1")}: ${say.agreement[2]}`);
    expect(text).toContain(`${day(14)} · ${who("a1")}: your plan before mine`);
    expect(text).not.toContain(agree);
  });

  it("has no check-in about the week before a rotation that begins on a Monday, or about the week after it", async () => {
    const people = ["r1", "a1"];
    const month = (days: readonly [string, string]) =>
      programOf({ people, locale: tongue.locale, from: days[0], to: days[1] });
    const roster = together(people, ["01", "08"]);
    await using attune = await flow({ program: month(["2026-12-01", "2026-12-31"]), roster });
    await takePart(attune, say, people);
    for (const [monday, trust] of [
      ["2026-12-07T09:00", 2],
      ["2026-12-14T09:00", 5],
    ] as const) {
      await attune.until(monday);
      await taps(attune, "r1", [say.agreement[4], say.agreement[4], say.agreement[trust], say.buttons.skip]);
    }

    await attune.reopens(month(["2026-12-07", "2026-12-31"]), roster);
    const second = await page(attune);
    await attune.reopens(month(["2026-12-01", "2026-12-06"]), roster);
    const first = await page(attune);

    expect(
      [second, first].map((text) => ([2, 5] as const).map((trust) => text.includes(say.agreement[trust]))),
    ).toEqual([
      [false, true],
      [true, false],
    ]);
  });

  it("loses what a partner wrote once that partner is erased", async () => {
    await using attune = await lived();
    await attune.until(ENDED);

    await attune.store.erase(personId("a1"), attune.clock.now(), "chat");
    await attune.beat();

    const all = attune.phone("r1").chat().join("\n");
    expect(all).toContain(`# ${say.rotation.title}`);
    expect(all).not.toContain("Your plan was clear");
    expect(await page(attune)).not.toContain("Your plan was clear");
  });

  it("says so before the first rotation, and where nothing was answered", async () => {
    const people = ["r1", "a1"];
    const program = programOf({ people, locale: tongue.locale, from: "2026-12-02" });
    await using attune = await flow({ program, roster: together(people, ["02"]) });
    await takePart(attune, say, people);

    expect(await page(attune)).toContain(say.rotation.notYet);
    await attune.until("2026-12-02T18:00");
    expect(await page(attune)).toContain(say.rotation.noGoals);
  });
});
