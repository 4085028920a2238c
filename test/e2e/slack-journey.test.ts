import { describe, expect, it } from "vitest";
import { DEFAULT_GOALS } from "#src/domain/goals.ts";
import { widthOf } from "#src/card/width.ts";
import { en } from "#src/words/en.ts";
import { ja } from "#src/words/ja.ts";
import { office, slackProgram, type Office } from "#test/support/slack/office.ts";
import type { Json } from "#test/support/slack/json.ts";
import { problemIn, problemInView } from "#test/support/slack/validate.ts";
import { tappables } from "#test/support/slack/words.ts";
import { together } from "#test/support/together.ts";

const SPEECH = {
  en: {
    say: en,
    write: "Write",
    commands: ["help", "who sees what", "my data", "pause", "language", "roster"],
  },
  ja: {
    say: ja,
    write: "入力する",
    commands: ["ヘルプ", "見える範囲", "マイデータ", "休止", "言語", "勤務表"],
  },
} as const;
type Speech = (typeof SPEECH)[keyof typeof SPEECH];

/** Everything that Attune has shown in Slack: messages and views, as their blocks, from its calls and from what stands there now. */
function payloadsOf({
  slack,
}: Office): readonly { readonly surface: "message" | "home" | "modal"; readonly blocks: unknown }[] {
  const views = slack.calls.flatMap(({ args }) => {
    const view = args["view"] as Json | undefined;
    return view === undefined
      ? []
      : [{ surface: view["type"] as "home" | "modal", blocks: view["blocks"], view }];
  });
  const messages = [
    ...slack.calls.flatMap(({ args }) => (args["blocks"] === undefined ? [] : [args["blocks"]])),
    ...[...slack.workspace.channels.values()].flat().map(({ blocks }) => blocks),
  ].map((blocks) => ({ surface: "message" as const, blocks }));
  expect(views.flatMap(({ view }) => problemInView(view) ?? [])).toEqual([]);
  return [...views, ...messages];
}

/** Both go through a shift, the week after it, commands and the end. */
async function journey(slack: Office, { say, write, commands }: Speech, locale: "en" | "ja"): Promise<void> {
  const [resident, attending, coordinator] = ["r1", "a1", "c1"].map((id) => slack.member(id)) as [
    ReturnType<Office["member"]>,
    ReturnType<Office["member"]>,
    ReturnType<Office["member"]>,
  ];
  const { help, call, feedback } = say.strategy;
  const goal = DEFAULT_GOALS.find(({ id }) => id === "tests")!.label[locale];
  const taps = async (one: typeof resident, ...labels: readonly string[]) => {
    for (const label of labels) await one.taps(label);
  };

  await slack.until("2026-12-01T07:45");
  await resident.opensHome();
  await resident.tapsAtHome(say.consent.agree);
  await taps(resident, goal, write);
  await resident.submits(locale === "en" ? "one central line" : "中心静脈路を一つ");
  await taps(resident, help.answers[3], call.answers[2], feedback.answers.after);
  await taps(attending, say.consent.agree, help.answers[1], call.answers[2], feedback.answers.after);
  await taps(attending, say.settle.apart);
  await slack.until("2026-12-01T17:00");
  for (const one of [resident, attending])
    await taps(
      one,
      say.debrief.outcomes.partly,
      say.debrief.feedbacks.yes,
      help.answers[2],
      say.buttons.skip,
    );
  await slack.until("2026-12-02T08:00");
  await taps(attending, say.buttons.safety);
  await slack.until("2026-12-07T09:30");
  for (const one of [resident, attending])
    await taps(one, say.agreement[4], say.agreement[2], say.agreement[4], say.buttons.skip);
  await coordinator.opensHome();
  await coordinator.tapsAtHome(say.consent.agree);
  await slack.until("2026-12-08T10:00");
  for (const one of [resident, attending, coordinator]) {
    await one.opensHome();
    for (const words of commands) await one.says(words);
    await one.commands(commands[0], "C0EMERGENCY");
  }
  await resident.says(locale === "en" ? "stop" : "停止");
  await resident.opensHome();
  await resident.tapsAtHome(say.home.resume);
  await resident.says(locale === "en" ? "language ja" : "言語 英語");
  await attending.says(locale === "en" ? "erase me" : "データを消去");
  await attending.taps(say.commands.eraseYes);
  await slack.beat();
}

describe.each(["en", "ja"] as const)("the whole journey on Slack, in %s", (locale) => {
  it("is within Block Kit's documented limits, and a phone cuts no button of it", async () => {
    await using slack = await office({
      program: slackProgram(["r1", "a1", "c1"], locale),
      roster: together(["r1", "a1"], ["01", "02", "09"]),
    });

    await journey(slack, SPEECH[locale], locale);

    const payloads = payloadsOf(slack);
    const buttons = payloads
      .flatMap(({ blocks }) => tappables(blocks))
      .filter(({ element }) => element["type"] === "button");
    expect(payloads.length).toBeGreaterThan(40);
    expect(payloads.flatMap(({ blocks, surface }) => problemIn(blocks, surface) ?? [])).toEqual([]);
    expect(buttons.filter(({ label }) => widthOf(label) > 28).map(({ label }) => label)).toEqual([]);
    expect(slack.slack.workspace.unshown).toEqual([]);
    expect(slack.slack.calls.filter(({ answer }) => answer !== "ok")).toEqual([]);
  }, 120_000);
});
