import { describe, expect, it } from "vitest";
import { plain } from "#src/card/plain.ts";
import { flow, type Flow } from "#test/support/attune.ts";
import { programOf } from "#test/support/programs.ts";
import { taps, together } from "#test/support/together.ts";
import { takePart, TONGUES, type Tongue } from "#test/support/tongues.ts";

/** Both take part, and the resident has set a goal with all its answers. */
async function goalIsSet(tongue: Tongue, people = ["r1", "a1"]): Promise<Flow> {
  const { locale, say, goal } = tongue;
  const attune = await flow({ program: programOf({ locale, people }), roster: together(people, ["01"]) });
  await takePart(attune, say, people);
  await attune.until("2026-12-01T07:45");
  await taps(attune, "r1", [goal("procedures"), say.buttons.skip, ...planOf(tongue, 3)]);
  return attune;
}

const planOf = ({ say }: Tongue, help: 1 | 3): readonly string[] => [
  say.strategy.help.answers[help],
  say.strategy.call.answers[2],
  say.strategy.feedback.answers.after,
];

const lockScreen = (attune: Flow, id: string): string =>
  attune.cloud.chat(id as never).at(-1)!.card.notification;

describe.each(TONGUES)("a card whose answers not all the same people see, in $locale", (tongue) => {
  const { say, who } = tongue;

  // domain: Every ask prints its "visible to" line
  it("says for each answer who sees it: a private goal is its own, and help, call and feedback are the pair's", async () => {
    await using attune = await goalIsSet(tongue);
    await taps(attune, "r1", [say.buttons.share, say.goal.shares.private]);

    const text = attune.phone("r1").reads();

    expect(text).toContain(`\n${say.seenOf(say.visible.goalPrivate, say.seenLabel(say.goal.label))}\n`);
    expect(text).toContain(`\n${say.seenOf(say.visible.pair(who("a1")), say.seenRest)}\n`);
  });

  it("names you both once both have answered", async () => {
    await using attune = await goalIsSet(tongue);
    await attune.until("2026-12-01T08:00");
    await taps(attune, "a1", planOf(tongue, 1));

    expect(attune.phone("r1").reads()).toContain(say.seenOf(say.visible.both(who("a1")), say.seenRest));
    expect(attune.phone("a1").reads()).toContain(`\n${say.visible.both(who("r1"))}\n`);
  });
});

describe.each(TONGUES)("what a lock screen says, in $locale", (tongue) => {
  const { say } = tongue;

  it("is the question, then that it is answered, then that both answers are in, and never an answer", async () => {
    await using attune = await goalIsSet(tongue);
    const answered = lockScreen(attune, "r1");
    await attune.until("2026-12-01T08:00");
    const asked = lockScreen(attune, "a1");
    await taps(attune, "a1", planOf(tongue, 1));

    expect([answered, asked]).toEqual([say.goal.saved, say.plan.notification]);
    expect(lockScreen(attune, "r1")).toBe(say.reveal.bothWithGap);
    expect(lockScreen(attune, "a1")).toBe(say.reveal.bothWithGap);
  });

  it("speaks of no minute together where the answers are alike", async () => {
    await using attune = await goalIsSet(tongue);
    await attune.until("2026-12-01T08:00");
    await taps(attune, "a1", planOf(tongue, 3));

    expect(lockScreen(attune, "r1")).toBe(say.reveal.both);
  });

  it("speaks of it where one of two attendings answered otherwise", async () => {
    await using attune = await goalIsSet(tongue, ["r1", "a1", "a2"]);
    await attune.until("2026-12-01T08:00");
    await taps(attune, "a1", planOf(tongue, 1));
    await taps(attune, "a2", planOf(tongue, 3));

    const goal = attune.cloud.chat("r1" as never).find(({ card }) => plain(card).includes(say.goal.title));
    expect(goal?.card.notification).toBe(say.reveal.bothWithGap);
  });

  it("says that a question has closed", async () => {
    await using attune = await goalIsSet(tongue);
    await attune.until("2026-12-01T20:00");

    const notifications = attune.cloud.chat("a1" as never).map(({ card }) => card.notification);
    expect(notifications).toContain(say.closed.nothing);
    expect(notifications).not.toContain(say.plan.notification);
  });
});
