import { describe, expect, it } from "vitest";
import { memoryCloud, memoryMessenger } from "#adapters/memory/messenger.ts";
import { DEFAULT_GOALS } from "#src/domain/goals.ts";
import { personId, type Address } from "#src/domain/person.ts";
import { plain } from "#src/card/plain.ts";
import { tapsOf } from "#src/card/act.ts";
import { en } from "#src/words/en.ts";
import { programOf, someone } from "#test/support/programs.ts";
import { eventOf } from "#test/support/slack/member.ts";
import { accountOf, atGoal, office, slackProgram } from "#test/support/slack/office.ts";

const GOAL = DEFAULT_GOALS.find(({ id }) => id === "tests")!.label.en;

/** The people of a program whose accounts nobody wrote into people.csv. */
const byEmail = () => ({
  ...slackProgram(["r1", "a1"]),
  people: ["r1", "a1"].map((id) => someone(id, { accounts: {}, email: `${id}@example.org` })),
});

describe("the home tab", () => {
  it("shows what is open, and takes the answers in a modal without leaving it", async () => {
    await using slack = await atGoal();
    const resident = slack.member("r1");
    await resident.opensHome();
    expect(resident.home()).toContain(en.home.title);

    await resident.tapsAtHome(en.home.answer);
    expect(resident.modal()).toContain(en.goal.question);
    await resident.tapsInModal(GOAL);
    expect(resident.modal()).toContain("2/4");
    await resident.tapsInModal("Write");
    await resident.submits("one clean airway");
    expect(resident.modal()).toContain("2/4");
    await slack.beat();

    expect(resident.chat()).toHaveLength(1);
    expect(resident.reads()).toContain("one clean airway");
    expect(resident.reads()).toContain("2/4");
  });

  it("says the same as ever after an act elsewhere", async () => {
    await using slack = await atGoal();
    const resident = slack.member("r1");
    await resident.opensHome();
    const before = resident.home();

    await resident.commands("pause until 2027-01-04");

    expect(resident.home()).not.toBe(before);
    expect(resident.home()).toContain(en.home.paused("").trim().split(" ")[0]!);
  });

  it("shows somebody unknown no more than a polite word", async () => {
    await using slack = await atGoal();
    slack.slack.workspace.add({ id: "UX9", email: "stranger@example.org" });
    const stranger = slack.member("x9");

    await stranger.opensHome();
    await stranger.says("hello, what is this?");
    await stranger.commands("my data");

    expect(stranger.home()).toBe(en.refused.unknown);
    expect(stranger.chat().every((text) => text === en.refused.unknown)).toBe(true);
  });
});

describe("commands and the shortcut", () => {
  it("answers a command where it was given, to its reader alone, and one answer takes another's place", async () => {
    await using slack = await atGoal();
    const resident = slack.member("r1");

    await resident.commands("help", "C0EMERGENCY");
    const help = resident.reads();
    await resident.taps(en.buttons.home);
    await resident.taps(en.buttons.myData);

    expect(help).toContain("[Home]");
    expect(resident.reads()).toContain(en.commands.data.title);
    expect(resident.messages().map(({ ephemeral }) => ephemeral === true)).toEqual([false, true]);
  });

  it("answers a typed command in the same way, and keeps it in no chat", async () => {
    await using slack = await atGoal();
    const resident = slack.member("r1");

    for (const words of ["help", "my data", "who sees what", "pause"]) await resident.says(words);

    const kept = resident.messages().filter(({ ephemeral }) => ephemeral !== true);
    expect(kept).toHaveLength(1);
    expect(resident.reads()).toContain(en.commands.pauseTitle);
  });

  it("keeps the answers that are given from such a card, and shows them where the question stands", async () => {
    await using slack = await atGoal();
    const resident = slack.member("r1");
    await resident.taps(GOAL);
    await resident.says("home");

    await resident.taps(en.home.answer);
    await resident.taps("Write");
    await resident.submits("one clean airway");

    const [question = "", aside = ""] = resident.chat();
    for (const text of [question, aside]) {
      expect(text).toContain("one clean airway");
      expect(text).toContain("2/4");
    }
    expect(resident.messages()).toHaveLength(2);
    expect(slack.slack.calls.filter(({ answer }) => answer !== "ok")).toEqual([]);
  });

  it("leaves a question that was asked for by a command in the direct message", async () => {
    await using slack = await atGoal();
    const resident = slack.member("r1");

    await resident.commands("goal", "C0EMERGENCY");

    expect(resident.messages().map(({ ephemeral }) => ephemeral === true)).toEqual([false, false, true]);
    expect(resident.reads()).toContain("your messages with Attune");
  });

  it("takes no command for an answer, and no answer for a command", async () => {
    await using slack = await atGoal();
    const resident = slack.member("r1");
    await resident.taps(GOAL);

    await resident.commands("intubate once");

    expect(resident.reads()).toBe(en.refused.notUnderstood);
    expect(await slack.store.repliesOf(personId("r1"), 0 as never, Infinity as never)).toHaveLength(1);
  });

  it("opens the goal of the next shift by the global shortcut", async () => {
    await using slack = await atGoal();
    const resident = slack.member("r1");

    await resident.shortcut("set-goal");

    expect(resident.modal()).toContain(en.goal.question);
  });

  it("writes where a modal comes too late", async () => {
    await using slack = await atGoal();
    const { workspace } = slack.slack;
    const trigger = workspace.trigger.bind(workspace);
    workspace.trigger = (user) => {
      const id = trigger(user);
      workspace.triggers.get(id)!.at -= 4_000;
      return id;
    };

    await slack.member("r1").shortcut("set-goal");

    expect(slack.member("r1").chat()).toHaveLength(2);
    expect(slack.member("r1").reads()).toContain(en.goal.question);
  });
});

describe("typed words", () => {
  it("answer the open question", async () => {
    await using slack = await atGoal();
    const resident = slack.member("r1");
    await resident.taps(GOAL);

    await resident.says("ask early & listen <before> acting *today*");

    // The question moves on in its own place, and what was kept is echoed.
    const [question = "", echo = ""] = resident.chat();
    expect(question).toContain("2/4");
    expect(echo).toContain("ask early & listen <before> acting *today*");
    expect(echo).toContain(en.buttons.undo);
  });

  it.each([
    ["<mailto:ken@example.org|ken@example.org>", en.identifiers.email],
    ["call <tel:090-1234-5678|090-1234-5678>", en.identifiers.phone],
  ])("are checked as they were typed, not as Slack links them: %s", async (text, what) => {
    await using slack = await atGoal();
    const resident = slack.member("r1");
    await resident.taps(GOAL);

    await slack.slack.deliver(
      "events_api",
      eventOf("Ev1", { type: "message", channel: "DR1", channel_type: "im", user: "UR1", text, ts: "1.1" }),
    );
    await slack.eventually(() => resident.chat().length > 1, "an answer");

    expect(resident.reads()).toBe(en.refused.identifier("email").replace(en.identifiers.email, what));
  });

  it("are typed where it says who will see them, and that no patient has a place in them", async () => {
    await using slack = await atGoal();
    const resident = slack.member("r1");
    await resident.taps(GOAL);

    await resident.taps("Write");

    expect(resident.modal()).toContain(en.visible.shared("Dr. a1"));
    expect(resident.modal()).toContain(en.noPatients);
  });

  it("are kept in the dialog when they are refused, with the reason", async () => {
    await using slack = await atGoal();
    const resident = slack.member("r1");
    await resident.taps(GOAL);
    await resident.taps("Write");

    const { answer } = await resident.submits("the 72F in bed 12");

    expect(answer).toMatchObject({ response_action: "errors" });
    expect(JSON.stringify(answer)).toContain("Nothing was stored");
    expect(resident.modal()).toContain("____");
  });
});

describe("who is who", () => {
  it("finds people by their e-mail, and keeps nothing of it before they agree", async () => {
    await using slack = await office({ program: byEmail() });
    await slack.until("2026-12-01T07:45");
    const before = await slack.store.identities(personId("r1"));

    await slack.member("r1").taps(en.consent.agree);

    expect(before).toEqual([]);
    expect(slack.member("r1").reads()).toContain(en.goal.question);
    expect(await slack.store.identities(personId("r1"))).toEqual([
      { platform: "slack", account: "UR1", address: "UR1/DR1" },
    ]);
  });

  it("notices an account that was deactivated, and tells why a nudge failed", async () => {
    await using slack = await office({ program: byEmail() });
    slack.slack.workspace.add({ id: "UR1", email: "r1@example.org", deleted: true });
    await slack.slack.deliver(
      "events_api",
      eventOf("Ev1", {
        type: "user_change",
        user: { id: "UR1", deleted: true, profile: { email: "r1@example.org" } },
      }),
    );

    await slack.until("2026-12-01T07:45");

    const [nudge] = await slack.store.nudgesOf(personId("r1"), 0 as never, Infinity as never);
    expect(nudge).toMatchObject({ state: "failed", reason: "no-address" });
  });

  it("follows an e-mail that moves to another account", async () => {
    await using slack = await office({ program: byEmail() });
    slack.slack.workspace.add({ id: "UNEW", email: "r1@example.org" });
    slack.slack.workspace.add({ id: "UR1", email: "old@example.org" });
    const changed = (id: string, email: string) =>
      slack.slack.deliver(
        "events_api",
        eventOf(`Ev${id}`, { type: "user_change", user: { id, profile: { email } } }),
      );
    await changed("UR1", "old@example.org");
    await changed("UNEW", "r1@example.org");

    await slack.until("2026-12-01T07:45");

    expect(slack.member("new").chat()).toHaveLength(1);
    expect(slack.member("r1").chat()).toEqual([]);
  });

  it("uses neither time zone nor language of the profile: the program's count", async () => {
    await using slack = await office({ program: slackProgram(["r1", "a1"], "ja") });
    slack.slack.workspace.add({ id: "UR1", email: "r1@example.org", locale: "en-US" });

    await slack.until("2026-12-01T07:45");

    expect(slack.member("r1").reads()).toMatch(/[\u3040-\u30ff]/u);
  });
});

it("lets a pair be split: one in Slack, the other on another platform, over the same store", async () => {
  const cloud = memoryCloud();
  let now = () => 0 as never;
  const program = {
    ...programOf(),
    people: [someone("r1", { accounts: { slack: accountOf("r1") } }), someone("a1")],
  };
  await using slack = await office({ program, others: [memoryMessenger({ now: () => now(), cloud })] });
  now = () => slack.clock.now() as never;
  const resident = slack.member("r1");
  await slack.until("2026-12-01T07:45");
  await resident.taps(en.consent.agree);
  await resident.taps(GOAL);
  await resident.taps(en.buttons.skip);
  for (const label of [
    en.strategy.help.answers[3],
    en.strategy.call.answers[2],
    en.strategy.feedback.answers.after,
  ])
    await resident.taps(label);

  const to = "a1" as Address;
  const taps = async (label: string, event: string) => {
    const { card, ref } = cloud.chat(to).at(-1)!;
    const act = tapsOf(card).find(({ tap }) => tap.label === label)!.tap.act;
    const sender = { platform: "memory", account: "a1", address: to };
    const reply = await slack.running.bot.receive({ type: "pressed", event, sender, act, message: ref });
    if (reply.kind === "card") cloud.edit(ref, reply.card, slack.clock.now());
    await slack.beat();
  };
  await taps(en.consent.agree, "m1");
  await taps(en.strategy.help.answers[1], "m2");
  await taps(en.strategy.call.answers[2], "m3");
  await taps(en.strategy.feedback.answers.after, "m4");

  for (const text of [resident.reads(), plain(cloud.chat(to).at(-1)!.card)]) {
    expect(text).toContain(en.strategy.help.answers[3]);
    expect(text).toContain(en.strategy.help.answers[1]);
  }
});

it("remembers where to write, wherever a person acts from", async () => {
  await using slack = await atGoal();
  const resident = slack.member("r1");

  await resident.commands("help");
  await resident.opensHome();

  expect(await slack.store.identities(personId("r1"))).toEqual([
    { platform: "slack", account: "UR1", address: "UR1/DR1" },
  ]);
});
