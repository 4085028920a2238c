import { describe, expect, it } from "vitest";
import { renderCard as inSlack } from "#adapters/slack/render.ts";
import { renderCard as inTeams } from "#adapters/teams/render.ts";
import type { Address } from "#src/domain/person.ts";
import { flow, type Flow } from "#test/support/attune.ts";
import { programOf } from "#test/support/programs.ts";
import { taps, together } from "#test/support/together.ts";
import { takePart, TONGUES, type Tongue } from "#test/support/tongues.ts";

const RESIDENTS = ["r1", "r2", "r3", "r4"];
const PEOPLE = [...RESIDENTS, "a1"];
const LINE = "x".repeat(140);

/** What a platform leaves out of somebody's messages. */
const leftOut = ({ cloud }: Flow): readonly string[] =>
  PEOPLE.flatMap((id) =>
    cloud
      .chat(id as Address)
      .flatMap(({ card }) =>
        [inSlack(card), inTeams(card)].flatMap(({ losses }) =>
          losses.filter(({ inWords }) => inWords !== true).map(({ what }) => `${id}: ${what}`),
        ),
      ),
  );

/** Each of the four has a goal with a line, and differs from what the attending plans for all of them. */
async function planned(attune: Flow, { say, goal }: Tongue, day: string): Promise<void> {
  const { help, call, feedback } = say.strategy;
  await attune.until(`2026-12-${day}T07:45`);
  for (const id of RESIDENTS) {
    await attune.phone(id).taps(goal("procedures"));
    await attune.phone(id).writes(LINE);
    await taps(attune, id, [help.answers[4], call.answers[4], feedback.answers.moment]);
  }
  const plan = [say.plan.scopes.all, help.answers[1], call.answers[1], feedback.answers.end];
  await taps(attune, "a1", plan);
}

describe.each(TONGUES)("an attending of four residents, in $locale", (tongue) => {
  const { say, who } = tongue;
  const settling = (id: string) => say.settle.with(who(id));

  it("reads both answers of each, and can say what they settled on with each: no platform leaves any out", async () => {
    await using attune = await flow({
      program: programOf({ people: PEOPLE, locale: tongue.locale }),
      roster: together(PEOPLE, ["01", "02"]),
    });
    await takePart(attune, say, PEOPLE);

    for (const day of ["01", "02"]) {
      await planned(attune, tongue, day);

      const card = attune.phone("a1").reads();
      for (const id of RESIDENTS) {
        expect(card).toContain(`${who(id)}: ${say.strategy.help.answers[4]}`);
        expect(card).toContain(`[${settling(id)}]`);
      }
      expect(leftOut(attune)).toEqual([]);
    }
  });

  // domain: A message that is over says so and takes no answers, but for the settlement.
  it("can say it on the card that is over, too, and in the look back", async () => {
    await using attune = await flow({
      program: programOf({ people: PEOPLE, locale: tongue.locale }),
      roster: together(PEOPLE, ["01"]),
    });
    await takePart(attune, say, PEOPLE);
    await planned(attune, tongue, "01");
    await attune.until("2026-12-01T17:00");
    const over = attune.phone("a1").chat()[1]!;

    const { outcomes, feedbacks } = say.debrief;
    await taps(attune, "a1", [settling("r4"), say.settle.apart]);
    const lookingBack = [say.plan.scopes.all, outcomes.yes, feedbacks.yes, say.strategy.help.answers[1]];
    await taps(attune, "a1", [...lookingBack, say.debrief.whomNobody]);

    expect(over).toContain(say.closed.expired);
    for (const id of RESIDENTS) expect(over).toContain(`[${settling(id)}]`);
    expect(over).not.toContain(say.buttons.counter);
    expect(attune.phone("r4").chat().join("\n")).toContain(say.settle.apart);
    const back = attune.phone("a1").newest();
    // With r4 there is still when to check in.
    for (const id of RESIDENTS) expect(back).toContain(`[${settling(id)}]`);
    expect(leftOut(attune)).toEqual([]);
  });
});
