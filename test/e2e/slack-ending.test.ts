import { describe, expect, it } from "vitest";
import type { BotResponse } from "#src/ports/inbound.ts";
import { eventOf } from "#test/support/slack/member.ts";
import type { Mode } from "#test/support/slack/joined.ts";
import { accountOf, office } from "#test/support/slack/office.ts";
import { channelOf } from "#test/support/slack/workspace.ts";

const USER = accountOf("r1");
const said = (event: string) =>
  eventOf(event, {
    type: "message",
    channel: channelOf(USER),
    channel_type: "im",
    user: USER,
    text: "help",
    ts: `${event.length}.1`,
  });

describe.each<Mode>(["socket", "http"])("a server that closes, by %s", (mode) => {
  it("acknowledges what it took before, and nothing that comes afterwards", async () => {
    await using slack = await office({ mode });
    const kept = Promise.withResolvers<BotResponse>();
    let taken = 0;
    slack.trouble = () => {
      taken += 1;
      return kept.promise;
    };

    const before = slack.slack.deliverOnce("events_api", said("EvBefore"));
    await slack.eventually(() => taken === 1, "the first event is taken");
    const stopped = slack.platform.stop();
    const after = slack.slack.deliverOnce("events_api", said("EvAfterwards"));
    await new Promise((resolve) => setTimeout(resolve, 300));
    kept.resolve({ kind: "none" });
    await stopped;

    expect((await before).acknowledged).toBe(true);
    expect((await after).acknowledged).toBe(false);
    expect(taken).toBe(1);
  });
});
