import { describe, expect, it } from "vitest";
import { flow, type Flow } from "#test/support/attune.ts";
import { programOf } from "#test/support/programs.ts";
import { taps, together } from "#test/support/together.ts";
import { takePart, TONGUES, type Tongue } from "#test/support/tongues.ts";

const PEOPLE = ["r1", "r2", "a1"];
const LINE = "a central line on my own";
const NOTE = "the second one was yours";
const NEXT = "start with the echo";

/** A week in which all have answered everything and written to each other, and its digest. */
async function aWeek(tongue: Tongue): Promise<Flow> {
  const { locale, say, goal } = tongue;
  const { help, call, feedback } = say.strategy;
  const strategy = [help.answers[3], call.answers[2], feedback.answers.end];
  const attune = await flow({
    program: programOf({ people: PEOPLE, locale }),
    roster: together(PEOPLE, ["01"]),
  });
  await takePart(attune, say, PEOPLE);
  await attune.until("2026-12-01T07:45");
  for (const id of ["r1", "r2"]) {
    await taps(attune, id, [goal("procedures")]);
    await attune.phone(id).writes(id === "r1" ? LINE : "another line");
    await taps(attune, id, strategy);
  }
  await attune.until("2026-12-01T08:00");
  await taps(attune, "a1", [say.plan.scopes.all, ...strategy]);
  await attune.until("2026-12-01T17:00");
  const looksBack = [say.debrief.outcomes.yes, say.debrief.feedbacks.yes, help.answers[2]];
  for (const id of ["r1", "r2", "a1"]) {
    await taps(
      attune,
      id,
      id === "a1" ? [say.plan.scopes.all, ...looksBack, say.debrief.whomAll] : looksBack,
    );
    await attune.phone(id).writes(id === "r1" ? NOTE : "another note");
  }
  await attune.until("2026-12-07T09:00");
  for (const id of ["r1", "a1", "a1"]) {
    const [, , , , agree] = Object.values(say.agreement);
    await taps(attune, id, [agree!, agree!, agree!]);
    await attune.phone(id).writes(id === "r1" ? NEXT : "another try");
  }
  await attune.until("2026-12-08T09:00");
  return attune;
}

// domain: A person can have everything of theirs exported
describe.each(TONGUES)("once somebody has everything of theirs erased, in $locale", (tongue) => {
  const { say, who } = tongue;

  it("nothing that they told stands in anybody else's chat", async () => {
    await using attune = await aWeek(tongue);
    const others = () => ["r2", "a1"].flatMap((id) => attune.phone(id).chat()).join("\n");
    const before = others();

    await attune.phone("r1").says(tongue.locale === "en" ? "erase me" : "データを消去");
    await attune.phone("r1").taps(say.commands.eraseYes);
    await attune.beat();

    for (const words of [LINE, NOTE, NEXT]) {
      expect(before).toContain(words);
      expect(others()).not.toContain(words);
    }
    expect(before).toContain(`${who("r1")}: ${say.strategy.help.answers[3]}`);
    expect(others()).not.toContain(`${who("r1")}: `);
  });

  it("what the others told each other is left as it was", async () => {
    await using attune = await aWeek(tongue);

    await attune.phone("r1").says("erase me");
    await attune.phone("r1").taps(say.commands.eraseYes);
    await attune.beat();

    const attending = attune.phone("a1").chat().join("\n");
    expect(attending).toContain("another line");
    expect(attending).toContain(`${who("r2")}: ${say.strategy.help.answers[3]}`);
    expect(attune.phone("r2").chat().join("\n")).toContain(`${who("a1")}: ${say.strategy.help.answers[3]}`);
  });

  it("an attending's plans and lines leave their residents' chats", async () => {
    await using attune = await aWeek(tongue);
    const theirs = () => ["r1", "r2"].flatMap((id) => attune.phone(id).chat()).join("\n");
    const before = theirs();

    await attune.phone("a1").says("erase me");
    await attune.phone("a1").taps(say.commands.eraseYes);
    await attune.beat();

    expect(before).toContain("another note");
    expect(theirs()).not.toContain(`“another note”\n${say.debrief.noteFrom(who("a1"))}`);
    expect(theirs()).not.toContain(`${who("a1")}: `);
    expect(theirs()).not.toContain(say.debrief.noteFrom(who("a1")));
  });
});
