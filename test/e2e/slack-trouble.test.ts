import { describe, expect, it } from "vitest";
import { DEFAULT_GOALS } from "#src/domain/goals.ts";
import { personId } from "#src/domain/person.ts";
import type { BotResponse } from "#src/ports/inbound.ts";
import { AttuneError } from "#src/errors.ts";
import { en } from "#src/words/en.ts";
import { eventOf, tapOf } from "#test/support/slack/member.ts";
import type { Mode } from "#test/support/slack/joined.ts";
import { atGoal, office, type Office } from "#test/support/slack/office.ts";
import { tappables } from "#test/support/slack/words.ts";

const GOAL = DEFAULT_GOALS.find(({ id }) => id === "tests")!.label.en;
const NOT_SAVED = async (): Promise<BotResponse> => ({
  kind: "refused",
  reason: "not-saved",
  text: en.refused.notSaved,
});

/** The tap on a label of the newest message, as Slack tells it. */
function tapOn(slack: Office, label: string) {
  const message = slack.member("r1").messages().at(-1)!;
  const tap = tappables(message.blocks).find((one) => one.label.endsWith(label))!;
  return tapOf(slack.slack, "UR1", message, {
    type: tap.element["type"],
    action_id: tap.element["action_id"],
    action_ts: "17.1",
    ...(tap.option === undefined ? { value: tap.element["value"] } : { selected_option: tap.option }),
  });
}

describe.each<Mode>(["socket", "http"])("what cannot be saved, by %s", (mode) => {
  it("is said where the person is when they tapped, and the message stays as it stood", async () => {
    await using slack = await atGoal({ mode });
    const resident = slack.member("r1");
    const before = resident.reads();
    slack.trouble = NOT_SAVED;

    const { acknowledged } = await resident.taps(GOAL);

    expect(acknowledged).toBe(true);
    expect(resident.chat()).toEqual([before, en.refused.notSaved]);
    expect(resident.messages().at(-1)?.ephemeral).toBe(true);
    slack.trouble = undefined;
    await resident.taps(GOAL);
    expect(resident.chat()[0]).toContain("2/4");
  });

  it("keeps what was typed in the dialog, to be sent again", async () => {
    await using slack = await atGoal({ mode });
    const resident = slack.member("r1");
    await resident.taps(GOAL);
    await resident.taps("Write");
    slack.trouble = NOT_SAVED;

    const failed = await resident.submits("one clean airway");
    slack.trouble = undefined;
    const taken = await resident.submits("one clean airway");

    expect(failed.answer).toMatchObject({ response_action: "errors" });
    expect(JSON.stringify(failed.answer)).toContain(en.refused.notSaved);
    expect(taken.answer).toEqual({});
    expect(resident.reads()).toContain("one clean airway");
  });

  it("is not acknowledged when it was typed into the chat, and is kept when Slack comes again", async () => {
    await using slack = await atGoal({ mode, slack: { patience: 300 } });
    const resident = slack.member("r1");
    await resident.taps(GOAL);
    let failures = 0;
    slack.trouble = async () => {
      if (++failures === 2) slack.trouble = undefined;
      throw new AttuneError("store", "The disk is full.");
    };

    const { acknowledged } = await resident.says("one clean airway");

    expect(acknowledged).toBe(true);
    expect(failures).toBe(2);
    expect(resident.chat()).toHaveLength(2);
    expect(resident.reads()).toContain("one clean airway");
  });

  it("is told once Slack gives up", async () => {
    await using slack = await atGoal({ mode, slack: { patience: 300 } });
    slack.trouble = NOT_SAVED;

    await slack.member("r1").says("one clean airway");

    expect(slack.member("r1").chat().slice(1)).toEqual([en.refused.notSaved]);
  });
});

describe.each<Mode>(["socket", "http"])("what comes twice, by %s", (mode) => {
  it("is handled once: a doubled tap at the same moment, and a late one", async () => {
    await using slack = await atGoal({ mode });
    const resident = slack.member("r1");
    const tap = tapOn(slack, GOAL);

    const both = await Promise.all([
      slack.slack.deliver("interactive", tap),
      slack.slack.deliver("interactive", tap),
    ]);
    await slack.eventually(() => resident.reads().includes("2/4"), "the next question");
    const late = await slack.slack.deliver("interactive", tap);

    expect([...both, late].map(({ acknowledged }) => acknowledged)).toEqual([true, true, true]);
    expect(slack.received.filter(({ event }) => event.includes("17.1"))).toHaveLength(1);
    expect(resident.chat()).toHaveLength(1);
  });

  it("is handled once: an event that Slack delivers again and out of order", async () => {
    await using slack = await atGoal({ mode });
    const event = (id: string, text: string) =>
      eventOf(id, { type: "message", channel: "DR1", channel_type: "im", user: "UR1", text, ts: `1.${id}` });

    await slack.slack.deliverOnce("events_api", event("Ev2", "language ja"));
    await slack.slack.deliverOnce("events_api", event("Ev1", "help"));
    await slack.slack.deliverOnce("events_api", event("Ev2", "language ja"), 1);
    await slack.slack.deliverOnce("events_api", event("Ev1", "help"), 2);

    expect(slack.received.filter(({ type }) => type === "said")).toHaveLength(2);
  });
});

describe("somebody who cannot be reached", () => {
  it.each([{ blocked: true }, { deleted: true }])(
    "is a failed nudge with its reason, not an endless retry: %j",
    async (why) => {
      await using slack = await office();
      slack.slack.workspace.add({ id: "UR1", ...why });

      await slack.until("2026-12-01T09:00");

      const nudges = await slack.store.nudgesOf(personId("r1"), 0 as never, Infinity as never);
      const failed = nudges.filter(({ state }) => state === "failed");
      const tries = slack.slack.calls.filter(
        ({ method, args }) => method === "chat.postMessage" && args["channel"] === "UR1",
      );
      expect(failed).toMatchObject([{ kind: "consent", reason: "unreachable" }]);
      expect(tries).toHaveLength(failed.length);
    },
  );

  it("is asked as soon as a lost scope is given back", async () => {
    await using slack = await office();
    slack.slack.workspace.scopes.delete("chat:write");
    await slack.until("2026-12-01T07:46");

    slack.slack.workspace.scopes.add("chat:write");
    await slack.until("2026-12-01T07:50");

    expect(slack.member("r1").chat()).toHaveLength(1);
  });
});

describe("the socket", () => {
  it.each(["asked", "cut"] as const)(
    "is opened again when it is %s to close, and what is said meanwhile arrives",
    async (how) => {
      await using slack = await atGoal();

      slack.slack.disconnect(how);
      const opened = () =>
        slack.slack.calls.filter(({ method }) => method === "apps.connections.open").length;
      await slack.eventually(() => opened() === 2, "another socket");
      await slack.eventually(
        () => slack.platform.trouble() === undefined && slack.slack.sockets() === 1,
        "a new socket",
      );
      await slack.member("r1").taps(GOAL);

      expect(slack.member("r1").reads()).toContain("2/4");
    },
  );

  it("is tried again for as long as Slack is out of reach, and nothing planned is missed", async () => {
    await using slack = await office();
    slack.slack.closed = true;
    slack.slack.disconnect("cut");
    await slack.eventually(() => slack.platform.trouble() !== undefined, "a lost socket");

    await slack.until("2026-12-01T07:45");
    slack.slack.closed = false;
    await slack.eventually(() => slack.platform.trouble() === undefined, "a new socket");

    expect(slack.member("r1").chat()).toHaveLength(1);
    await slack.member("r1").taps(en.consent.agree);
    expect(slack.member("r1").reads()).toContain(en.goal.question);
  });
});
