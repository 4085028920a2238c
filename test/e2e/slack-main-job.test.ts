import { describe, expect, it } from "vitest";
import { en } from "#src/words/en.ts";
import { ja } from "#src/words/ja.ts";
import { DEFAULT_GOALS } from "#src/domain/goals.ts";
import type { Mode } from "#test/support/slack/joined.ts";
import { office, slackProgram, type Office } from "#test/support/slack/office.ts";

const goal = (locale: "en" | "ja") => DEFAULT_GOALS.find(({ id }) => id === "tests")!.label[locale];
const WORDS = { en, ja };

/** Both have agreed, the resident has set a goal, and both have answered: two steps apart in help. */
async function bothAnswer(slack: Office, locale: "en" | "ja" = "en"): Promise<void> {
  const words = WORDS[locale];
  const resident = slack.member("r1");
  const attending = slack.member("a1");
  await slack.until("2026-12-01T07:45");
  await resident.taps(words.consent.agree);
  await resident.taps(goal(locale));
  await resident.taps(words.buttons.skip);
  for (const label of [
    words.strategy.help.answers[3],
    words.strategy.call.answers[2],
    words.strategy.feedback.answers.after,
  ])
    await resident.taps(label);
  await attending.taps(words.consent.agree);
  for (const label of [
    words.strategy.help.answers[1],
    words.strategy.call.answers[2],
    words.strategy.feedback.answers.after,
  ])
    await attending.taps(label);
}

describe.each<Mode>(["socket", "http"])("the main job in Slack, by %s", (mode) => {
  it("goes from a goal to two answers side by side, a talk and the debrief", async () => {
    await using slack = await office({ mode });
    const resident = slack.member("r1");
    const attending = slack.member("a1");

    await bothAnswer(slack);
    // It takes the place of the card further up.
    await resident.taps(en.reveal.open);

    for (const one of [resident, attending]) {
      expect(one.chat()).toHaveLength(2);
      expect(one.reads()).toContain(en.strategy.help.answers[3]);
      expect(one.reads()).toContain(en.strategy.help.answers[1]);
      expect(one.reads()).toContain(en.reveal.starters.help.more);
    }

    await attending.taps(en.settle.apart);
    expect(resident.reads()).toContain("Settled: Help");

    await slack.until("2026-12-01T17:00");
    await resident.taps(en.debrief.outcomes.partly);
    await resident.taps(en.debrief.feedbacks.yes);
    await resident.taps(en.strategy.help.answers[3]);
    await resident.taps("Write");
    await resident.submits("Thank you for letting me try");
    await attending.taps(en.debrief.outcomes.yes);
    await attending.taps(en.debrief.feedbacks["not-yet"]);
    await attending.taps(en.strategy.help.answers[3]);
    await attending.taps(en.buttons.skip);
    expect(attending.reads()).toContain("Thank you for letting me try");
    expect(slack.slack.calls.filter(({ answer }) => answer !== "ok")).toEqual([]);
  });

  it("is in Japanese for a Japanese user, every word of it", async () => {
    await using slack = await office({ mode, program: slackProgram(["r1", "a1"], "ja") });
    const resident = slack.member("r1");

    await bothAnswer(slack, "ja");
    await resident.opensHome();
    await resident.commands("ヘルプ");

    const said = [...resident.chat(), resident.home(), slack.member("a1").reads()].join("\n");
    const names = /Name \w+|Switch to English|Test Hospital|Attune|English|PC\d|MK\d|ICS|SBP|PROF|Dr\./gu;
    expect(said.replaceAll(names, "")).not.toMatch(/[A-Za-z]{3,}/u);
    for (const message of resident.messages()) expect(message.text).not.toMatch(/[A-Za-z]{7,}/u);
  });
});
