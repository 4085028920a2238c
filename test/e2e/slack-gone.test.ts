import { describe, expect, it } from "vitest";
import { DEFAULT_GOALS } from "#src/domain/goals.ts";
import { en } from "#src/words/en.ts";
import { office, type Office } from "#test/support/slack/office.ts";
import { channelOf } from "#test/support/slack/workspace.ts";

const GOAL = DEFAULT_GOALS.find(({ id }) => id === "tests")!.label.en;
const { help, call, feedback } = en.strategy;

/** The resident has answered, and the attending is asked. */
async function halfAnswered(): Promise<Office> {
  const slack = await office();
  await slack.until("2026-12-01T07:45");
  const resident = slack.member("r1");
  await resident.taps(en.consent.agree);
  for (const label of [GOAL, en.buttons.skip, help.answers[3], call.answers[2], feedback.answers.after])
    await resident.taps(label);
  await slack.member("a1").taps(en.consent.agree);
  // Later than the short message that both have answered.
  await slack.until("2026-12-01T08:31");
  return slack;
}

async function plans(slack: Office): Promise<void> {
  for (const label of [help.answers[1], call.answers[2], feedback.answers.after])
    await slack.member("a1").taps(label);
}

const posts = ({ slack }: Office): number =>
  slack.calls.filter(({ method }) => method === "chat.postMessage").length;

describe("a message that is gone from Slack", () => {
  it("is posted anew once, under a key by which it can be found, and is edited from then on", async () => {
    await using slack = await halfAnswered();
    const resident = slack.member("r1");
    for (const { ts } of resident.messages()) slack.slack.workspace.remove(`${channelOf("UR1")}/${ts}`);
    const before = posts(slack);

    await plans(slack);
    const anew = resident.chat();
    await slack.member("a1").taps(en.settle.apart);

    expect(anew).toEqual([expect.stringContaining(en.reveal.starters.help.more)]);
    expect(resident.messages()[0]?.metadata).toMatchObject({
      event_payload: { key: expect.stringMatching(/again$/u) },
    });
    expect(resident.chat()).toEqual([expect.stringContaining(en.settle.label(en.strategy.help.label))]);
    expect(posts(slack)).toBe(before + 1);
  });

  it.each(["cant_update_message", "edit_window_closed", "message_not_found"])(
    "is posted anew once too where Slack lets nobody edit it any more: %s",
    async (error) => {
      await using slack = await halfAnswered();
      const before = posts(slack);
      slack.slack.workspace.refusesEdits = error;

      await plans(slack);
      await slack.member("a1").taps(en.settle.apart);

      expect(posts(slack)).toBe(before + 1);
      expect(slack.member("r1").reads()).toContain(en.reveal.starters.help.more);
    },
  );

  it("is not posted anew where Slack only refuses what it should show", async () => {
    await using slack = await halfAnswered();
    const before = posts(slack);
    slack.slack.workspace.refusesEdits = "invalid_blocks";

    await plans(slack);

    expect(posts(slack)).toBe(before);
  });
});
