import { describe, expect, it } from "vitest";
import { DEFAULT_GOALS } from "#src/domain/goals.ts";
import { personId } from "#src/domain/person.ts";
import { en } from "#src/words/en.ts";
import { tapOf } from "#test/support/slack/member.ts";
import { accountOf, office, slackProgram, type Office } from "#test/support/slack/office.ts";
import { tappables } from "#test/support/slack/words.ts";
import { together } from "#test/support/together.ts";

const GOAL = DEFAULT_GOALS.find(({ id }) => id === "tests")!.label.en;
const R1 = personId("r1");

/** The first goal is due, and its consent card stands in r1's direct message. */
async function atConsent(): Promise<Office> {
  const slack = await office({ roster: together(["r1", "a1"], ["01", "03"]) });
  await slack.until("2026-12-01T07:45");
  await slack.member("r1").opensHome();
  return slack;
}

describe("agreeing at home", () => {
  it("releases the question that waits, there and in the direct message", async () => {
    await using slack = await atConsent();
    const resident = slack.member("r1");

    await resident.tapsAtHome(en.consent.agree);

    expect(resident.modal()).toContain(en.consent.agreed.resident);
    await slack.eventually(() => resident.reads().includes(en.goal.question), "the goal is asked");
    expect(resident.chat()).toHaveLength(2);
    expect(resident.chat().join("\n")).not.toContain(en.consent.decline);
    expect(resident.home()).toContain("with Dr. a1");
  });

  it("is not undone by the “No” of an old card", async () => {
    await using slack = await atConsent();
    const resident = slack.member("r1");
    const [old] = structuredClone(resident.messages());
    const no = tappables(old!.blocks).find(({ label }) => label === en.consent.decline)!;
    await resident.tapsAtHome(en.consent.agree);

    await slack.slack.deliver(
      "interactive",
      tapOf(slack.slack, accountOf("r1"), old!, {
        type: "button",
        action_id: no.element["action_id"],
        block_id: no.block,
        action_ts: "1.000001",
        value: no.element["value"],
      }),
    );
    await slack.eventually(() => resident.chat().join().includes(en.consent.already), "what stands is said");

    expect((await slack.store.standing(R1)).consent).toBe("given");
    expect(resident.reads()).toContain(en.goal.question);
  });

  it("is a way back after a stop that came before it", async () => {
    await using slack = await atConsent();
    const resident = slack.member("r1");
    await resident.says("stop");

    await resident.tapsAtHome(en.consent.agree);

    expect(await slack.store.standing(R1)).toMatchObject({ consent: "given", stopped: false });
  });

  it("releases a question that was held while the consent was open", async () => {
    await using slack = await atConsent();
    await slack.until("2026-12-03T07:46");
    const resident = slack.member("r1");
    const before = resident.chat().length;
    await resident.opensHome();

    await resident.tapsAtHome(en.consent.agree);
    await slack.beat();

    expect(before).toBe(1);
    expect(resident.reads()).toContain(en.goal.question);
  });
});

describe("whoever takes no part", () => {
  it("starts at home after they declined, and reads their shifts there meanwhile", async () => {
    await using slack = await atConsent();
    const resident = slack.member("r1");
    await resident.taps(en.consent.decline);
    await resident.opensHome();
    const declined = resident.home();

    await resident.tapsAtHome(en.home.start);

    expect(declined).toContain(en.home.declined);
    expect(declined).toContain("Thu, Dec 3: 08:00–17:00, with Dr. a1");
    expect(declined).not.toContain(en.home.setGoal);
    expect(resident.home()).not.toContain(en.home.declined);
    expect(resident.reads()).toContain(en.goal.question);
  });

  it("starts at home after they stopped", async () => {
    await using slack = await atConsent();
    const resident = slack.member("r1");
    await resident.taps(en.consent.agree);
    await resident.says("stop");
    await resident.opensHome();
    const stopped = resident.home();

    await resident.tapsAtHome(en.home.resume);

    expect(stopped).toContain(en.home.stopped);
    expect((await slack.store.standing(R1)).stopped).toBe(false);
    expect(resident.home()).not.toContain(en.home.stopped);
  });
});

it("changes today's goal at home, in a modal, and the direct message follows", async () => {
  await using slack = await atConsent();
  const resident = slack.member("r1");
  await resident.taps(en.consent.agree);
  await resident.taps(GOAL);
  await resident.opensHome();

  await resident.tapsAtHome(en.buttons.change);
  await resident.tapsInModal("Treatment and drugs");
  await slack.beat();

  expect(resident.home()).toContain("Treatment and drugs");
  expect(resident.reads()).toContain("Treatment and drugs");
});

it("lets both partners of a pair be named in every open ask", async () => {
  await using slack = await office({
    program: slackProgram(["r1", "r2", "a1"]),
    roster: together(["r1", "r2", "a1"], ["01"]),
  });
  await slack.until("2026-12-01T08:00");
  await slack.member("a1").taps(en.consent.agree);
  await slack.member("a1").opensHome();

  expect(slack.member("a1").home()).toContain("with Dr. r1 and Dr. r2");
});

describe("erasing in Slack", () => {
  it("takes out all that Attune wrote in the direct message, and leaves what the person typed", async () => {
    await using slack = await atConsent();
    const resident = slack.member("r1");
    await resident.taps(en.consent.agree);
    await resident.taps(GOAL);
    await resident.says("one central line");
    const before = resident.chat().join("\n");
    await resident.says("erase me");

    await resident.taps(en.commands.eraseYes);
    for (let beats = 0; beats < 3; beats++) await slack.beat();

    const kept = slack.slack.workspace.channels.get("DR1")!.filter(({ ephemeral }) => ephemeral !== true);
    expect(before).toContain(en.typed.kept("Dr. a1", en.home.kinds["shift-goal"], "one central line"));
    expect(kept.map(({ from, text }) => `${from} ${text}`)).toEqual(["UR1 one central line", "UR1 erase me"]);
  });
});
